"""What the machine or a service has written, to be looked at and never touched here."""

from typing import Any

from django.http import HttpRequest
from unfold.admin import ModelAdmin

from stories.admin.audited import AuditedMixin
from stories.admin.long_lists import LongList
from stories.admin.saved_filters import SavedFilters


class ReadOnlyAdmin(LongList, AuditedMixin, SavedFilters, ModelAdmin):
    list_per_page = 50
    list_filter_submit = True
    actions: Any = None

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Those of the model: no form is made for what nobody fills in."""
        return self.fields or [
            field.name for field in self.opts.fields if field.editable and not field.primary_key
        ]

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
