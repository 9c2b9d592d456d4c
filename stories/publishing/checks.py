"""What an operator is told when the newsroom starts: whether the record is guarded, and whether it may be signed."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections

from stories.models import Leaf
from stories.models.triggers import missing_triggers
from stories.publishing.checkpoints import RecordContradicted, refuse_contradicted


def check_record(databases: Sequence[str] | None = None, **_options: Any) -> list[checks.CheckMessage]:
    """Run by `migrate` and by `check --database default`."""
    if "default" not in (databases or ()) or not _is_there():
        return []
    return [*_guard(), *_contradiction()]


def _is_there() -> bool:
    connection = connections["default"]
    with connection.cursor() as cursor:
        return Leaf._meta.db_table in connection.introspection.table_names(cursor)


def _guard() -> list[checks.CheckMessage]:
    if not (missing := missing_triggers()):
        return []
    hint = "“manage.py migrate” lays them again; “manage.py verify_record” tells what was changed meanwhile."
    return [
        checks.Warning(
            f"The database does not guard the record: {', '.join(missing)}.", hint, id="stories.W001"
        )
    ]


def _contradiction() -> list[checks.CheckMessage]:
    try:
        refuse_contradicted()
    except RecordContradicted as contradicted:
        return [checks.Warning(str(contradicted), contradicted.remedy, id="stories.W002")]
    return []
