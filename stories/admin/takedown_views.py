"""To take versions of a story down: what, by what authority, in whose name; and a second look before it is done."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from stories.admin.kept_text import tell_saved
from stories.models import Article, User, Version
from stories.models.as_seen import LineFormField, LinesFormField
from stories.models.told_times import to_the_second
from stories.publishing.takedown import TakedownRefused, take_down
from stories.tasks import ask_to_renew_exports


class VersionsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, version: Any) -> str:
        return gettext("Version %(number)s: %(headline)s (%(shown_at)s)") % {
            "number": version.number,
            "headline": version.headline,
            "shown_at": to_the_second(version.shown_at),
        }


class TakedownForm(forms.Form):
    versions = VersionsField(
        Version.objects.none(),
        label=_("Which versions"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one version.")},
    )
    authority = LineFormField(
        label=_("By the authority of"),
        error_messages={"required": _("Say what demands it.")},
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Such as a court with its reference, or a law. Readers are told."),
    )
    in_the_name_of = LineFormField(
        label=_("In the name of"),
        error_messages={"required": _("Say who asked for it.")},
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text=_(
            "Who asked for it. Readers are told; where a name must not be said, say “a private person”."
        ),
    )
    reason = LinesFormField(
        label=_("Why"),
        error_messages={"required": _("Say why, for anyone who asks later.")},
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("For the newsroom alone, kept with your name."),
    )
    typed = forms.CharField(
        label=_("To confirm, type the story’s address"),
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, article: Article, is_confirming: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article, self.is_confirming = article, is_confirming
        field = cast(VersionsField, self.fields["versions"])
        field.queryset = article.versions.filter(takedown=None).order_by("-number")

    def clean_typed(self) -> str:
        typed = self.cleaned_data["typed"].strip()
        if self.is_confirming and typed != self.article.slug:
            raise forms.ValidationError(
                gettext("This is not the story’s address. Type %(slug)s.") % {"slug": self.article.slug}
            )
        return typed


def takedown_page(request: HttpRequest, article: Article, *, site: AdminSite) -> HttpResponse:
    is_confirming = "_confirm" in request.POST
    form = TakedownForm(request.POST or None, article=article, is_confirming=is_confirming)
    is_looking_again = request.method == "POST" and "_back" not in request.POST and form.is_valid()
    if is_looking_again and is_confirming:
        try:
            return tell_saved(request, _take_down(request, article, form))
        except TakedownRefused as refusal:
            form.add_error(None, refusal.message)
            is_looking_again = False
    said = set(form.errors) - {"typed"} if form.is_bound else {"nothing yet"}
    context = {
        **site.each_context(request),
        "title": gettext("Take down"),
        "article": article,
        "form": form,
        "is_second_look": is_looking_again or (is_confirming and not said),
        "chosen": form.cleaned_data.get("versions", ()) if form.is_bound and not said else (),
        "change_url": reverse("admin:stories_article_change", args=[article.pk]),
    }
    return TemplateResponse(request, "admin/stories/takedown.html", context)


def _take_down(request: HttpRequest, article: Article, form: TakedownForm) -> HttpResponse:
    said = form.cleaned_data
    takedowns = take_down(
        list(said["versions"]),
        authority=said["authority"],
        in_the_name_of=said["in_the_name_of"],
        reason=said["reason"],
        by=cast(User, request.user),
        now=timezone.now(),
    )
    ask_to_renew_exports()
    count = len(takedowns)
    messages.success(
        request,
        ngettext(
            "%(count)s version is taken down. The working copy may still hold the text: change it before you "
            "publish again. Copies elsewhere (old exports, the cache of a CDN) are beyond this page.",
            "%(count)s versions are taken down. The working copy may still hold the text: change it before you "
            "publish again. Copies elsewhere (old exports, the cache of a CDN) are beyond this page.",
            count,
        )
        % {"count": count},
    )
    return redirect("admin:stories_article_change", article.pk)
