"""The feeds whose entries are brought in by themselves."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from stories.admin.bulk_actions import BulkActions
from stories.admin.columns import ago
from stories.admin.saved_filters import SavedFilters
from stories.admin.site import site
from stories.models import WatchedFeed


@admin.register(WatchedFeed, site=site)
class WatchedFeedAdmin(BulkActions, SavedFilters, ModelAdmin):
    """An editor stops a feed or changes its pace; a new one is added where one sees what it would bring in."""

    list_display = ("title", "address", "mode", "is_active", "last_look", "next_look", "message")
    list_filter = ("is_active", "mode")
    search_fields = ("title", "address")
    ordering = ("title", "pk")
    fields = (
        "title",
        "address",
        "is_active",
        "mode",
        "interval_seconds",
        "last_look",
        "next_look",
        "message",
    )
    readonly_fields = ("address", "last_look", "next_look", "message")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect(f"{reverse('admin:stories_intake_add')}?way=feed")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: WatchedFeed, form: Any, change: bool) -> None:
        if {"is_active", "interval_seconds"} & set(form.changed_data) and obj.is_active:
            obj.due_at = timezone.now()
        super().save_model(request, obj, form, change)

    @display(description=_("last check"), ordering="checked_at")
    def last_look(self, feed: WatchedFeed) -> Any:
        return ago(feed.checked_at, now=timezone.now())

    @display(description=_("next check"), ordering="due_at")
    def next_look(self, feed: WatchedFeed) -> Any:
        return ago(feed.due_at if feed.is_active else None, now=timezone.now())
