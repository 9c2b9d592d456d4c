"""What an editor hands over to be brought in, and what they say when they have seen what it would do."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from stories.admin.publish_form import WallTimeField
from stories.admin.zone_select import ZoneSelect, zone_choices
from stories.importing.formats import Format
from stories.importing.read import LARGEST_BYTES
from stories.importing.story import LONGEST_HEADLINE
from stories.models import Article, Incoming, WatchedFeed
from stories.models.as_seen import LineFormField, LinesFormField
from stories.models.words import IntakeMode
from stories.watching.explain import say
from stories.watching.limits import allowed_private
from stories.web.errors import AddressRefused
from stories.web.guard import check_url

_SOME_PUBLIC_ADDRESS = "1.1.1.1"


class BringForm(forms.Form):
    """What every way of bringing stories in has."""

    zone = forms.ChoiceField(label=_("Times without a zone are in"), widget=ZoneSelect)
    story = forms.CharField(
        label=_("It is a later text of"),
        required=False,
        max_length=300,
        widget=UnfoldAdminTextInputWidget(attrs={"placeholder": _("found by itself")}),
        help_text=_("The address of a story here, if you know it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = zone_choices()  # type: ignore[attr-defined]
        self.initial.setdefault("zone", settings.TIME_ZONE)

    def clean_story(self) -> Article | None:
        said = self.cleaned_data["story"].strip().rstrip("/")
        if not said:
            return None
        slug = urlsplit(said).path.rpartition("/")[2]
        article = Article.objects.filter(slug=slug).first()
        if article is None:
            raise forms.ValidationError(
                gettext("There is no story with the address “%(slug)s” here.") % {"slug": slug}
            )
        return article


class PasteForm(BringForm):
    text = forms.CharField(
        label=_("The text of the story"),
        max_length=LARGEST_BYTES,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_(
            "Headline first. The dek, the byline, notes to readers and quoted passages are recognised."
        ),
        error_messages={"required": _("Paste the text of a story.")},
    )
    form = forms.ChoiceField(
        label=_("It is"),
        required=False,
        choices=[
            ("", _("recognised by itself")),
            (Format.TEXT.value, _("plain text")),
            (Format.MARKDOWN.value, "Markdown"),
            (Format.HTML.value, "HTML"),
        ],
        widget=UnfoldAdminSelectWidget,
    )


class UploadForm(BringForm):
    file = forms.FileField(
        label=_("A file of text, Markdown or HTML, or a ZIP of many"),
        help_text=_(
            "Every file in a ZIP is read, and you see what each would become before any is taken in."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.md,.markdown,.html,.htm,.zip,text/*"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


class AddressForm(BringForm):
    address = forms.URLField(
        label=_("The story’s address"),
        max_length=2_000,
        assume_scheme="https",
        widget=UnfoldAdminTextInputWidget(attrs={"placeholder": "https://", "inputmode": "url"}),
        error_messages={"required": _("Give the address of a story.")},
    )

    def clean_address(self) -> str:
        address = self.cleaned_data["address"]
        try:
            # The name is looked up by the worker that reads it.
            check_url(address, resolver=lambda _name: [_SOME_PUBLIC_ADDRESS], allowed=allowed_private())
        except AddressRefused as refusal:
            raise forms.ValidationError(say(refusal.message)) from refusal
        return address


class ArchiveForm(AddressForm):
    """The address is the story’s own: the archive’s is a setting."""

    field_order = ("address", "zone", "story")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].help_text = gettext(
            "Every capture that the web archive has of it is read. Each one with a different text becomes a "
            "version dated to its capture, once you have seen and chosen it."
        )


class FeedForm(AddressForm):
    """A feed is watched once an editor has seen what it would bring in."""

    field_order = ("address", "zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["story"]
        self.fields["address"].label = gettext("The feed’s address (RSS or Atom)")
        self.fields["address"].help_text = gettext(
            "For the newsroom’s own feed. You see what is in it now, and choose what its stories become; "
            "from then on each new entry is a story, and each changed one a later text."
        )

    def clean_address(self) -> str:
        address = super().clean_address()
        if WatchedFeed.objects.filter(address=address, is_active=True).exists():
            raise forms.ValidationError(gettext("This feed is watched already."))
        return address


class StoryForm(forms.Form):
    """One story, as it will be taken in."""

    headline = LineFormField(max_length=LONGEST_HEADLINE, widget=UnfoldAdminTextareaWidget(attrs={"rows": 1}))
    dek = LinesFormField(
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text=_("If this is the story’s first sentence, empty it: it goes back into the body."),
    )
    byline = LineFormField(required=False, max_length=200, widget=UnfoldAdminTextInputWidget)
    at = WallTimeField(label=_("Readers saw this text since"), required=False)
    zone = forms.ChoiceField(label=_("Zone"), widget=ZoneSelect)
    because = LinesFormField(
        label=_("Why it is recorded only now"),
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("On the record readers are told that it is back-dated, and why."),
    )
    is_new = forms.BooleanField(label=_("It is another story: make a new one"), required=False)

    def __init__(self, data: Any = None, *, incoming: Incoming) -> None:
        story, shown_at = incoming.story or {}, incoming.stated_at
        zone = incoming.stated_zone or incoming.intake.zone
        initial = {
            **{name: story.get(name, "") for name in ("headline", "dek", "byline")},
            "at": localtime(shown_at, ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if shown_at else None,
            "zone": zone,
            "because": gettext("It was published elsewhere before."),
        }
        super().__init__(data, initial=initial)
        choices = zone_choices()
        known = {value for value, _ in choices}
        self.fields["zone"].choices = choices if zone in known else [(zone, zone), *choices]  # type: ignore[attr-defined]

    def moment(self) -> datetime | None:
        wall = self.cleaned_data["at"]
        return wall.replace(tzinfo=ZoneInfo(self.cleaned_data["zone"])) if wall else None


def read_mode(posted: Any) -> str:
    """As a draft, unless it was said otherwise."""
    return IntakeMode.RECORDED if posted.get("mode") == IntakeMode.RECORDED else IntakeMode.DRAFT
