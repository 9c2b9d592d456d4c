"""The quoted passages of all stories, proposed ones first in line to be attached."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter
from unfold.decorators import display

from stories.admin.attention import look_again
from stories.admin.claim_picker import ClaimPicker, bring_claim
from stories.admin.columns import VERDICT_LABELS
from stories.admin.evidence import EvidenceMixin
from stories.admin.glance.filters import StandsFilter
from stories.admin.quote_check import quote_check, tell_of_quotes
from stories.admin.quote_field import checked_while_typed
from stories.admin.site import site
from stories.admin.tracked import TrackedAdmin
from stories.admin.verdicts import standing_word
from stories.models import Citation, Claim
from stories.models.words import VerdictWord
from stories.watching.evidence import evidence_for_citation

#: What a check depends on: where the passage is looked for, and its words.
WATCHED_FIELDS = frozenset({"source", "exact", "prefix", "suffix"})


class ProposedFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("proposed", gettext("proposed: to be attached")), ("attached", gettext("attached"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        proposed = Q(source__isnull=True) | Q(claim__isnull=True)
        chosen = {"proposed": proposed, "attached": ~proposed}.get(self.value() or "")
        return queryset.filter(chosen) if chosen is not None else queryset


@admin.register(Citation, site=site)
class CitationAdmin(EvidenceMixin, TrackedAdmin):
    evidence_for = staticmethod(evidence_for_citation)
    actions_detail = ("export_evidence",)
    quick_filters = (
        (_("To be attached"), {"state": "proposed"}),
        (_("Live and no longer as quoted"), {"stands": "failing"}),
    )
    ordering = ("-pk",)
    list_display = ("passage", "article", "source", "state", "verdict")
    list_filter = (
        ProposedFilter,
        StandsFilter,
        ["article", AutocompleteSelectFilter],
        ["source", AutocompleteSelectFilter],
        ("created_at", RangeDateTimeFilter),
    )
    list_select_related = ("article", "source")
    search_fields = ("exact", "article__headline", "source__title", "source__url")
    autocomplete_fields = ("article", "source")
    fields = (
        "article",
        "exact",
        "source",
        "claim",
        ("prefix", "suffix"),
        "is_watched",
        "change_reason",
        "seen",
    )

    class Media:
        js = ("stories/quote_check.js",)

    def get_urls(self) -> list[Any]:
        check = self.admin_site.admin_view(quote_check)
        return [path("quote-check/", check, name="stories_citation_quote_check"), *super().get_urls()]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return checked_while_typed(field) if db_field.name == "exact" else field

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        return super().get_queryset(request).annotate(standing_word=standing_word())

    def get_readonly_fields(self, request: HttpRequest, obj: Citation | None = None) -> tuple[str, ...]:
        return ("article",) if obj else ()

    def get_exclude(self, request: HttpRequest, obj: Citation | None = None) -> tuple[str, ...]:
        # Whose claims may be chosen is known only once the story is.
        return () if obj else ("claim",)

    def get_fields(self, request: HttpRequest, obj: Citation | None = None) -> Any:
        if obj:
            return self.fields
        return ("article", "exact", "source", ("prefix", "suffix"), "change_reason", "seen")

    def get_form(
        self, request: HttpRequest, obj: Citation | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if obj and "claim" in form.base_fields:
            form.base_fields["claim"].queryset = Claim.objects.filter(article=obj.article_id)
            form.base_fields["claim"].widget = ClaimPicker(
                form.base_fields["claim"].widget, article_id=obj.article_id
            )
        return form

    def save_model(self, request: HttpRequest, obj: Citation, form: Any, change: bool) -> None:
        bring_claim(form, reason=form.cleaned_data.get("change_reason", ""))
        super().save_model(request, obj, form, change)
        if WATCHED_FIELDS & set(form.changed_data):
            tell_of_quotes(request, [obj])
            look_again([obj.source])

    @display(description=_("passage"), ordering="exact")
    def passage(self, citation: Citation) -> str:
        return str(citation)

    @display(description=_("state"), label={"proposed": "warning", "attached": "success"})
    def state(self, citation: Citation) -> tuple[str, str]:
        if citation.is_proposed:
            return "proposed", gettext("proposed")
        return "attached", gettext("attached")

    @display(description=_("on its page"), label=VERDICT_LABELS)
    def verdict(self, citation: Any) -> Any:
        word = citation.standing_word
        if word:
            return word, str(VerdictWord(word).label)
        is_read = citation.is_watched and citation.source and citation.source.is_watchable
        return gettext("not checked yet") if is_read else gettext("not watched")
