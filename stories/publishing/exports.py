"""The record as a file, once a day: so that it can be verified, and held against, where this database is not.

docs/record.md describes the lines. An export holds what readers could read: every content, its salt and its leaf.
"""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max

from stories.models import Checkpoint, Takedown
from stories.publishing.checkpoints import leaf_count, sign_checkpoint, signing_key, verifier_keys
from stories.publishing.content import iso_utc
from stories.publishing.log_proof import log_entries
from stories.publishing.proof.entry import Entry
from stories.publishing.proof.files import EXPORT
from stories.publishing.proof.leaf import SCHEMA
from stories.publishing.rows import rows_as_they_are_read

KEPT = 7
EVERY = timedelta(days=1)
_NAME = re.compile(r"record-(\d{8}T\d{6}Z)\.jsonl\.gz")
_TIME = "%Y%m%dT%H%M%SZ"


def write_export(*, now: datetime) -> Path | None:
    """Sign the log and write all of it that is signed into `RECORD_EXPORT_DIR`; None while there is none.

    Raises RecordContradicted. The newest exports are kept, older ones deleted.
    """
    checkpoint = sign_checkpoint(now=now)
    if checkpoint is None:
        return None
    path: Path = settings.RECORD_EXPORT_DIR / f"record-{now.astimezone(UTC):{_TIME}}.jsonl.gz"
    draft = path.with_name(f".{path.name}.new")
    try:
        _write(draft, checkpoint.size, now=now)
        draft.replace(path)
    except FileNotFoundError:
        # A takedown came while it was written, and what it erased may be in it.
        return write_export(now=now)
    finally:
        # Such as on a full disk, where half an export would take the room of the next.
        draft.unlink(missing_ok=True)
    forget_stale_exports()
    for old in exports()[KEPT:]:
        old.unlink(missing_ok=True)
    return path


def _write(path: Path, size: int, *, now: datetime) -> None:
    with (
        path.open("wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as file,
        rows_as_they_are_read(),
    ):
        for line in _lines(size, now=now):
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def write_export_if_due(*, now: datetime) -> Path | None:
    """Write one where the last is a day old."""
    forget_stale_exports()
    newest = next(iter(exports()), None)
    if not leaf_count() or (newest and exported_at(newest) > now - EVERY):
        return None
    return write_export(now=now)


def renew_exports(*, now: datetime) -> None:
    """After a takedown: delete every export that still holds what was taken down, and write a new one.

    They are deleted first, and whether or not a new one can be written; so are those that are being written.
    """
    for old in [*_files(), *settings.RECORD_EXPORT_DIR.glob(".record-*.new")]:
        old.unlink(missing_ok=True)
    write_export(now=now)


def forget_stale_exports() -> None:
    """Delete what holds a text that was taken down since, where nobody could be asked to renew it."""
    for stale in set(_files()) - set(exports()):
        stale.unlink(missing_ok=True)


def exports() -> list[Path]:
    """The exports that readers may have, newest first: none that is older than the last takedown."""
    last = Takedown.objects.aggregate(at=Max("taken_down_at"))["at"]
    since = last.replace(microsecond=0) if last else None
    return [path for path in _files() if since is None or exported_at(path) >= since]


def _files() -> list[Path]:
    try:
        found = [path for path in settings.RECORD_EXPORT_DIR.iterdir() if _NAME.fullmatch(path.name)]
    except OSError:  # Not there yet, or out of reach, which whoever signs next says.
        return []
    return sorted(found, key=lambda path: path.name, reverse=True)


def exported_at(path: Path) -> datetime:
    """When an export was written, by its name."""
    match = _NAME.fullmatch(path.name)
    assert match, "only exports are asked for their time"
    return datetime.strptime(match[1], _TIME).replace(tzinfo=UTC)


def _lines(size: int, *, now: datetime) -> Iterator[dict[str, Any]]:
    notes = list(Checkpoint.objects.filter(size__lte=size).order_by("size").values_list("note", flat=True))
    yield {
        "type": "header",
        "format": EXPORT,
        "schema": SCHEMA,
        "origin": signing_key().name,
        "keys": [str(key) for key in verifier_keys(notes)],
        "exported_at": iso_utc(now),
    }
    for note in notes:
        yield {"type": "checkpoint", "note": note}
    for entry in islice(log_entries(), size):
        yield {"type": "leaf", **as_line(entry)}
    yield {"type": "end", "leaves": size, "checkpoints": len(notes)}


def as_line(entry: Entry) -> dict[str, Any]:
    """An entry as exports and bundles write it; nothing of a content whose salt is gone but its tombstone."""
    return {name: getattr(entry, name) for name in Entry.__slots__}
