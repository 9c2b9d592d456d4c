"""Versions on their way, and what became of those that were: approved, refused, scheduled, cancelled."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter
from unfold.decorators import display

from stories.admin.columns import KIND_LABELS, PUBLICATION_LABELS, ago, shown
from stories.admin.long_lists import FoundByName
from stories.admin.publication_views import publication_page
from stories.admin.read_only import ReadOnlyAdmin
from stories.admin.site import site
from stories.models import Publication


@admin.register(Publication, site=site)
class PublicationAdmin(FoundByName, ReadOnlyAdmin):
    quick_filters = (
        (_("Awaiting approval"), {"state__exact": "awaiting"}),
        (_("Proposed"), {"state__exact": "proposed"}),
        (_("Scheduled"), {"state__exact": "scheduled"}),
    )
    list_display = (
        "shown_headline",
        "shown_state",
        "shown_kind",
        "asker",
        "asked",
        "goes_out",
        "approver",
        "remark_start",
    )
    list_filter = (
        "state",
        "kind",
        "needs_approval",
        ["article", AutocompleteSelectFilter],
        ("asked_at", RangeDateTimeFilter),
    )
    ordering = ("-pk",)
    search_fields = ("article", "asked_by", "approved_by")
    found_by: ClassVar = {"article": "article", "asked_by": "person", "approved_by": "person"}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Publication]:
        return super().get_queryset(request).select_related("article").defer("content")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if object_id is None:
            # Asked for from the page of a story, and never from here.
            raise PermissionDenied
        publication = self.get_object(request, object_id)
        if publication is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, publication):
            raise PermissionDenied
        return publication_page(request, publication, site=self.admin_site)

    @display(description=_("story"), ordering="article__headline")
    def shown_headline(self, publication: Publication) -> str:
        return publication.article.headline

    @display(description=_("state"), ordering="state", label=PUBLICATION_LABELS)
    def shown_state(self, publication: Publication) -> tuple[Any, str]:
        return shown(publication, "state")

    @display(description=_("kind"), ordering="kind", label=KIND_LABELS)
    def shown_kind(self, publication: Publication) -> tuple[Any, str]:
        return shown(publication, "kind")

    @display(description=_("asked"), ordering="asked_at")
    def asked(self, publication: Publication) -> Any:
        return ago(publication.asked_at, now=timezone.now())

    @display(description=_("goes out"), ordering="publish_at")
    def goes_out(self, publication: Publication) -> Any:
        return ago(publication.publish_at, now=timezone.now())

    @display(description=_("remark"))
    def remark_start(self, publication: Publication) -> str:
        remark = publication.remark
        return remark if len(remark) <= 70 else f"{remark[:69]}…"
