"""What an editor says when publishing: kind and note, when readers saw it, which new wordings to take over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from stories.admin.source_change import SourceChange
from stories.admin.zone_select import ZoneSelect, zone_choices
from stories.models import Update
from stories.models.as_seen import LinesFormField
from stories.models.words import WITHOUT_NOTE, Precision, PublicationKind, UpdateKind
from stories.text.told import is_key, moment_of

NOW, LATER, EARLIER = "now", "later", "earlier"


class WallTimeField(forms.Field):
    """A date and time as a clock on the wall shows it; its zone is a field of its own."""

    widget = UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"})

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            wall = datetime.fromisoformat(value).replace(tzinfo=None)
        except ValueError as error:
            raise forms.ValidationError(gettext("Write it like 2026-03-02T14:30.")) from error
        if moment_of(wall) is None:
            raise forms.ValidationError(gettext("Give a year from 1000 on, with four digits."))
        return wall


class TakenField(forms.MultipleChoiceField):
    """What was offered when the panel was opened; what is still there to take is looked at when it is taken."""

    def valid_value(self, value: Any) -> bool:
        return True


def time_of_draft(draft: Update, *, now: datetime) -> dict[str, Any]:
    """How the form is filled in where a draft says to the minute when its readers saw it; else empty."""
    at, zone = draft.stated_at, draft.stated_zone
    if at is None or at >= now or draft.stated_precision != Precision.MINUTE:
        return {}
    zone = zone if zone in dict(zone_choices()) else settings.TIME_ZONE
    return {
        "when": EARLIER,
        "moment": at,
        "at": f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}",
        "zone": zone,
        "because": gettext("It was published elsewhere before."),
    }


class PublishForm(forms.Form):
    kind = forms.ChoiceField(label=_("What kind of change"), widget=UnfoldAdminRadioSelectWidget)
    note = LinesFormField(
        label=_("Note to readers"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=_("What changed, and why, in a sentence or two."),
    )
    when = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[(NOW, _("Now")), (LATER, _("At a later time")), (EARLIER, _("Readers saw it earlier"))],
        widget=UnfoldAdminRadioSelectWidget,
    )
    at = WallTimeField(label=_("Date and time"), required=False)
    zone = forms.ChoiceField(label=_("Zone"), widget=ZoneSelect)
    because = LinesFormField(
        label=_("Why it is recorded only now"),
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Readers are told that it is back-dated, when it was recorded here, and this reason."),
    )
    confirm = forms.BooleanField(
        label=_(
            "I have read this: readers will see the note in place of the story. The versions that they saw "
            "before stay at their addresses."
        ),
        required=False,
    )
    knowingly = forms.BooleanField(
        label=_("I know. Publish it with these passages as they are: readers see how each stands."),
        required=False,
    )
    take = TakenField(required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_first: bool, changes: Sequence[SourceChange], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = PublicationKind.FIRST if is_first else PublicationKind.MINOR
        self.fields["kind"].choices = [*UpdateKind.choices, (none.value, none.label)]  # type: ignore[attr-defined]
        self.fields["zone"].choices = zone_choices()  # type: ignore[attr-defined]
        keys = [(str(change.citation.pk), str(change.citation)) for change in changes if change.is_takeable]
        self.fields["take"].choices = keys  # type: ignore[attr-defined]
        self.initial.setdefault("zone", settings.TIME_ZONE)
        self.initial.setdefault("when", NOW)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wall, zone = cleaned.get("at"), cleaned.get("zone")
        if not cleaned.get("when"):
            cleaned["when"] = NOW
        if cleaned["when"] == NOW:
            cleaned["at"] = None
        elif wall and zone:
            cleaned["at"] = self._moment(wall, ZoneInfo(zone))
        elif "at" not in self.errors:
            self.add_error("at", gettext("Say when."))
        if cleaned.get("kind") == UpdateKind.RETRACTION and not cleaned.get("confirm"):
            self.add_error(
                "confirm", gettext("A retraction takes the text away from readers: tick that you know.")
            )
        return cleaned

    def _moment(self, wall: datetime, zone: ZoneInfo) -> datetime:
        moment = wall.replace(tzinfo=zone)
        # Clocks that are put forward leave an hour out; it comes back changed from a round trip.
        if moment.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != wall:
            self.add_error("at", gettext("The clocks were put forward then: there was no such time."))
        return moment

    @property
    def is_without_note(self) -> bool:
        return self._now("kind") in WITHOUT_NOTE

    @property
    def moment(self) -> datetime | None:
        """The time that was sent, or is offered."""
        return getattr(self, "cleaned_data", {}).get("at") if self.is_bound else self.initial.get("moment")

    @property
    def is_retraction(self) -> bool:
        return self._now("kind") == UpdateKind.RETRACTION

    def _now(self, name: str) -> Any:
        """The value as it stands in the form, whether it was sent or only offered."""
        return self[name].value()

    @property
    def taken(self) -> set[int]:
        return {int(key) for key in self._now("take") or [] if is_key(str(key))}
