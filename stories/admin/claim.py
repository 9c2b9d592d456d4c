"""The claims of all stories: what they say and whether they still stand."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.decorators import display

from stories.admin.columns import STANDING_LABELS, shown
from stories.admin.site import site
from stories.admin.tracked import TrackedAdmin
from stories.models import Citation, Claim


@admin.register(Claim, site=site)
class ClaimAdmin(TrackedAdmin):
    quick_filters = (
        (_("Disputed"), {"standing__exact": "disputed"}),
        (_("Withdrawn"), {"standing__exact": "withdrawn"}),
    )
    list_display = ("text", "article", "shown_standing", "citation_count")
    list_filter = ("standing", ["article", AutocompleteSelectFilter])
    list_select_related = ("article",)
    ordering = ("-pk",)
    search_fields = ("text", "article__headline")
    autocomplete_fields = ("article",)
    fields = ("article", "text", "standing", "change_reason", "seen")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        cited = Citation.objects.filter(claim=OuterRef("pk")).order_by().values("claim")
        total = Subquery(cited.annotate(total=Count("pk")).values("total"), output_field=IntegerField())
        return super().get_queryset(request).annotate(citation_total=Coalesce(total, 0))

    def get_readonly_fields(self, request: HttpRequest, obj: Claim | None = None) -> tuple[str, ...]:
        # A claim that moves to another story would take passages along that are not that story's.
        return ("article",) if obj else ()

    @display(description=_("standing"), ordering="standing", label=STANDING_LABELS)
    def shown_standing(self, claim: Claim) -> tuple[Any, str]:
        return shown(claim, "standing")

    @display(description=_("rests on"), ordering="citation_total")
    def citation_count(self, claim: Any) -> str:
        total = claim.citation_total
        return ngettext("%(count)s passage", "%(count)s passages", total) % {"count": total}
