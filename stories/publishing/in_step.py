"""Whether the record is in step with the last checkpoint that left the database: a few rows, however long it is."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models.functions import Coalesce

from stories.models import Leaf
from stories.publishing.checkpoints import (
    ExportOutOfReach,
    claimed_size,
    exported_note,
    is_by_another_key,
    is_signed_here,
    latest_checkpoint,
    leaf_count,
)


class Standing(NamedTuple):
    """What stands against the record, empty where nothing does; its leaves, and how many are not signed yet."""

    trouble: str
    leaves: int
    unsigned: int


def in_step(*, now: datetime, patience: timedelta) -> Standing:
    """Leaves that were published a moment ago may wait for their signature; for longer than `patience` they may not.

    After an older backup was restored the record is behind what was exported, or has gone another way since.
    """
    leaves, latest = leaf_count(), latest_checkpoint()
    unsigned = leaves - (latest.size if latest else 0)
    try:
        trouble = _trouble(leaves, unsigned, exported_note(), now=now, patience=patience)
    except ExportOutOfReach as out_of_reach:
        trouble = f"{out_of_reach} {out_of_reach.remedy}"
    if not trouble and latest and is_by_another_key(latest):
        trouble = (
            "The last checkpoint is not signed with a key of this newsroom: another key was put in place."
        )
    return Standing(trouble, leaves, max(0, unsigned))


def _trouble(leaves: int, unsigned: int, note: str | None, *, now: datetime, patience: timedelta) -> str:
    if note is not None and claimed_size(note) > leaves:
        return (
            f"The record has {leaves} leaves, and {claimed_size(note)} were signed and exported: "
            "an older backup was restored."
        )
    if note is not None and not is_signed_here(note):
        return "The last exported checkpoint is none of this database: an older backup was restored, most likely."
    if unsigned < 0:
        return f"Of {leaves - unsigned} leaves that were signed, {leaves} are there: leaves were deleted."
    if unsigned and now - _published_at(leaves - unsigned, now=now) > patience:
        return f"The last {unsigned} leaves have waited too long for their signature."
    unexported = leaves - unsigned - claimed_size(note) if note is not None else 0
    if unexported > 0 and now - _published_at(leaves - unsigned - unexported, now=now) > patience:
        return f"The last {unexported} signed leaves are not exported: RECORD_EXPORT_DIR takes no checkpoint."
    return ""


def _published_at(index: int, *, now: datetime) -> datetime:
    leaf = Leaf.objects.filter(index=index).annotate(
        at=Coalesce("version__recorded_at", "update__version__recorded_at")
    )
    return leaf.values_list("at", flat=True).first() or now
