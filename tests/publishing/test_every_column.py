"""Each column of each table of the record, changed once by whoever owns the database: found, or of no weight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from stories.models import Checkpoint, Leaf, Takedown, Update, Version
from stories.publishing.record import verify_record
from tests.fuzzing import IS_SEARCHING
from tests.publishing.test_tampering import record, signed_twice
from tests.triggers import triggers_lifted

pytestmark = pytest.mark.django_db

__all__ = ["record", "signed_twice"]

LATER = datetime(2031, 1, 1, tzinfo=UTC)
_NOT_SHOWN = "kept for the newsroom alone: readers are not shown it, and nothing is proven by it"
_BY_NOBODY = "a row's own number, which nothing names"
_ERASED = "its text and salt were deleted; readers are shown the tombstone, and these columns nowhere"
#: What neither readers nor the proof rest on, and why.
OF_NO_WEIGHT = {
    "checkpoint.id": _BY_NOBODY,
    "checkpoint.signed_at": "the note is what was signed, and tells no time",
    "takedown.actor": _NOT_SHOWN,
    "takedown.id": _BY_NOBODY,
    "takedown.reason": _NOT_SHOWN,
    "takedown.taken_down_by": _NOT_SHOWN,
    "update.caused_by": _NOT_SHOWN,
    "version.actor": _NOT_SHOWN,
    "version.published_by": _NOT_SHOWN,
    **dict.fromkeys(
        (
            f"erased update.{name}"
            for name in (
                "caused_by",
                "headline_changed",
                "is_text_before_recorded",
                "kind",
                "recorded_at",
                "stated_at",
                "stated_precision",
                "stated_zone",
            )
        ),
        _ERASED,
    ),
}


def rows(story: Any) -> Iterator[tuple[str, models.Model]]:
    """One of each kind, of what was taken down too; all of them by `make fuzz`."""
    for model in (Version, Leaf, Checkpoint, Takedown):
        chosen = model._default_manager.order_by("pk")
        for row in chosen if IS_SEARCHING else [chosen.last()]:
            yield str(model._meta.model_name), row
    for update in Update.objects.filter(version__isnull=False).order_by("version__number"):
        yield ("erased update" if update.version.tombstone else "update"), update


def others(field: models.Field, value: Any) -> list[Any]:
    """Values that the column could have instead."""
    if isinstance(field, models.ForeignKey):
        return [10**6, None] if field.null and value is not None else [10**6]
    if isinstance(field, models.BooleanField):
        return [not value]
    if isinstance(field, models.DateTimeField):
        moment = LATER if value is None else value + timedelta(seconds=1)
        return [connection.ops.adapt_datetimefield_value(moment)]
    if isinstance(field, models.IntegerField):
        return [value + 1_000]
    # Not longer: PostgreSQL leaves out spaces that are too many.
    return [f"#{value[1:]}", ""] if value else [" "]


def is_found(row: models.Model, column: str, value: Any) -> bool:
    """Whether the record is told to be altered, or the database refuses the change; which is taken back."""
    of, key = row._meta.db_table, row._meta.pk.column
    with transaction.atomic():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f'UPDATE {of} SET "{column}" = %s WHERE "{key}" = %s', [value, row.pk])
            return bool(verify_record())
        except IntegrityError:
            return True
        finally:
            transaction.set_rollback(True)


def test_each_column_that_is_changed_is_found(record: Any) -> None:
    unseen, seen = set(), 0

    with triggers_lifted():
        for name, row in rows(record):
            for field in row._meta.concrete_fields:
                for value in others(field, getattr(row, field.attname)):
                    seen += 1
                    if not is_found(row, field.column, value):
                        unseen.add(f"{name}.{field.name}")

    assert seen > 60
    assert unseen - set(OF_NO_WEIGHT) == set()
    assert verify_record() == []
