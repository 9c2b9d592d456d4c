"""What a save changed, field by field, as differences by words."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from simple_history.template_utils import HistoricalRecordContextHelper

from stories.admin.diffs import excerpt
from stories.models.told_times import to_the_second

#: By the key of a row of history, who is in its lists, such as a story's reporters: the list's name, and a key.
Lists = Mapping[int, Collection[tuple[str, int]]]


def changes_between(record: Any, before: Any, lists: Lists | None = None) -> list[dict[str, Any]]:
    """`field` and `changes` for each field in which the row of history differs from the one before.

    Where `lists` tells that those of the two are alike, the library need not ask for each.
    """
    are_alike = lists is not None and lists.get(record.pk) == lists.get(before.pk)
    unasked = [field.name for field in record._history_m2m_fields] if are_alike else None
    delta = record.diff_against(before, excluded_fields=unasked, foreign_keys_are_objs=True)
    model = record.instance_type
    return _FullText(model, record).context_for_delta_changes(delta)


def lists_of(model: Any, keys: Collection[int]) -> Lists:
    """The lists of these rows of history, with one query for each list that the model has."""
    found = defaultdict[int, set[tuple[str, int]]](set)
    for field in model._history_m2m_fields:
        rows = getattr(model, field.name).filter(history__in=keys)
        for key, member in rows.values_list("history", field.m2m_reverse_field_name()):
            found[key].add((field.name, member))
    return found


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
