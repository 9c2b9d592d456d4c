"""What a save changed, field by field, as differences by words."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from simple_history.template_utils import HistoricalRecordContextHelper

from stories.admin.diffs import excerpt
from stories.models.told_times import to_the_second


def changes_between(record: Any, before: Any) -> list[dict[str, Any]]:
    """`field` and `changes` for each field in which the row of history differs from the one before."""
    delta = record.diff_against(before, foreign_keys_are_objs=True)
    model = record.instance_type
    return _FullText(model, record).context_for_delta_changes(delta)


class _FullText(HistoricalRecordContextHelper):
    """Each change with the whole of both texts, as a difference by words."""

    def context_for_delta_changes(self, delta: Any) -> list[dict[str, Any]]:
        return [self._entry(change) for change in delta.changes]

    def _entry(self, change: Any) -> dict[str, Any]:
        field = self.model._meta.get_field(change.field)
        old, new = (
            self._text(field, self.prepare_delta_change_value(change, value))
            for value in (change.old, change.new)
        )
        return {"field": field.verbose_name, "changes": excerpt(old, new)}

    @staticmethod
    def _text(field: Any, value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(str(item) for item in value)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, datetime):
            return to_the_second(value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return "" if value is None else str(value)
