"""Versions on their way, and what became of those that were: approved, refused, scheduled, cancelled."""

from django.contrib import admin

from stories.admin.read_only import ReadOnlyAdmin
from stories.admin.site import site
from stories.models import Publication


@admin.register(Publication, site=site)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ("headline", "state", "kind", "asker", "asked_at", "publish_at", "approver")
