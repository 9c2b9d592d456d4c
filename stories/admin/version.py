"""The published versions, to be read; nobody can change them."""

import json
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter
from unfold.decorators import action, display

from stories.admin.long_lists import FoundByName
from stories.admin.read_only import ReadOnlyAdmin
from stories.admin.revert_views import revert_page
from stories.admin.site import site
from stories.models import Publication, Version


@admin.register(Version, site=site)
class VersionAdmin(FoundByName, ReadOnlyAdmin):
    list_display = (
        "shown_headline",
        "number",
        "stated_at",
        "recorded_at",
        "minor",
        "publisher",
        "short_digest",
    )
    list_filter = (
        "is_minor",
        ["article", AutocompleteSelectFilter],
        ("recorded_at", RangeDateTimeFilter),
    )
    # Not by article, whose own order would come first, and would have every version read.
    ordering = ("-pk",)
    search_fields = ("article",)
    found_by: ClassVar = {"article": "article"}
    actions_detail = ("revert",)
    fields = (
        ("article", "number"),
        ("stated_at", "recorded_at"),
        ("publisher", "minor"),
        "how_it_came",
        "digest",
        "previous_digest",
        "signed",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("article")

    def has_revert_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("stories.publish_article")

    @action(description=_("Publish this text again…"), icon="restore", permissions=["revert"])
    def revert(self, request: HttpRequest, object_id: str) -> HttpResponse:
        version = self.get_object(request, object_id)
        if version is None:
            return redirect("admin:stories_version_changelist")
        return revert_page(request, version, site=self.admin_site)

    @display(description=_("headline"))
    def shown_headline(self, version: Version) -> str:
        # Read here, of those that are shown: a database parses every version of the pages before, too.
        return str(json.loads(version.content).get("headline", ""))

    @display(description=_("how it came about"))
    def how_it_came(self, version: Version) -> str:
        publication = Publication.objects.filter(version=version).first()
        if publication is None:
            return "–"
        told = (
            gettext("asked for by %(asker)s, approved by %(approver)s")
            if publication.approver
            else gettext("asked for by %(asker)s")
        ) % {"asker": publication.asker, "approver": publication.approver}
        return format_html('<a href="{}">{}</a>', publication.get_absolute_url(), told)

    @display(description=_("minor"), ordering="is_minor")
    def minor(self, version: Version) -> str:
        return gettext("yes") if version.is_minor else "–"

    @display(description=_("published by"), ordering="actor")
    def publisher(self, version: Version) -> str:
        return version.actor or "–"

    @display(description=_("content"))
    def signed(self, version: Version) -> str:
        """Folded: whoever wants to read the story has the version’s own page."""
        return format_html(
            '<details><summary>{}</summary><pre class="nr-json">{}</pre></details>',
            gettext("As it is signed"),
            version.content,
        )

    @display(description=_("digest"))
    def short_digest(self, version: Version) -> str:
        return version.digest[:12]
