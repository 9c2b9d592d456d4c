"""The proof of the public record: every row against its version's content, every version against the log.

Where the log itself was written anew as a whole, its signed checkpoints tell: those in the database, the last one
exported, and any that somebody else has kept.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db.models import Q

from stories.models import Article
from stories.models.takedown import NOTE_TAKEN_DOWN
from stories.publishing.canonical import canonical_json
from stories.publishing.log_proof import flaws_of_log
from stories.publishing.proof.entry import THE_LOG, read_fields, updates_in
from stories.publishing.proof.flaw import Flaw
from stories.publishing.proof.leaf import plain_digest
from stories.publishing.rows import (
    BATCH,
    UpdateRow,
    VersionRow,
    damaged_text_is_readable,
    published_without_leaf,
    rows_as_they_are_read,
    update_rows,
    updates_of_lost_versions,
    version_rows,
)

__all__ = ["Flaw", "canonical_json", "verify_record"]

Frozen = Mapping[str, Any]

#: Columns that have another name in the content.
_COLUMNS = {"minor": "is_minor", "text_before_recorded": "is_text_before_recorded"}


def verify_record(
    articles: Iterable[Article] | None = None,
    *,
    notes: Sequence[str] = (),
    on_progress: Callable[[int], object] = lambda _count: None,
) -> list[Flaw]:
    """Recompute the record of these articles, or of all, and return what does not agree.

    The list is empty where the record is sound. `notes` are checkpoints that were kept elsewhere, which the log must
    agree with too. However many versions there are, they are read in batches; `on_progress` is told how many of them,
    and of all leaves of the log after them, are done since it was told last.
    """
    articles = None if articles is None else list(articles)
    chosen = Q() if articles is None else Q(article__in=[article.pk for article in articles])
    with damaged_text_is_readable(), rows_as_they_are_read():
        flaws = list(_flaws_of_versions(chosen, on_progress))
        flaws += [
            Flaw(
                _printable(row.article) or _lost(row),
                None,
                f"the version that published update {row.pk} is gone",
                "missing",
            )
            for row in updates_of_lost_versions(chosen)
        ]
        flaws += [
            Flaw(
                _printable(row.article) or _lost(row),
                None,
                f"update {row.pk} has no leaf in the log",
                "missing",
            )
            for row in published_without_leaf(chosen)
        ]
        flaws += flaws_of_log(articles, notes=notes, on_progress=on_progress)
    return _once(flaws)


def _once(flaws: Iterable[Flaw]) -> list[Flaw]:
    """What both the rows and the log tell, once; what is of a story before what is of the log."""
    return sorted(dict.fromkeys(flaws), key=lambda flaw: flaw.article == THE_LOG)


def _flaws_of_versions(chosen: Q, on_progress: Callable[[int], object]) -> Iterator[Flaw]:
    rows = version_rows(chosen)
    before: VersionRow | None = None
    while batch := list(islice(rows, BATCH)):
        contents = [_read(version) for version in batch]
        updates = _updates_near(batch, contents)
        for version, frozen in zip(batch, contents, strict=True):
            yield from _flaws_of_digest(version, frozen)
            yield from _flaws_of_chain(version, before)
            if frozen is not None:
                yield from _flaws_of_columns(version, frozen)
                yield from _flaws_of_updates(version, frozen, updates)
            before = version
        on_progress(len(batch))


def _read(version: VersionRow) -> Frozen | None:
    """The content as data; None where it is none, and then its digest cannot be right either."""
    if not isinstance(version.content, str):
        return None
    try:
        frozen = json.loads(version.content)
    except (ValueError, RecursionError):
        return None
    return frozen if isinstance(frozen, dict) else None


def _flaws_of_digest(version: VersionRow, frozen: Frozen | None) -> Iterator[Flaw]:
    if version.leaf is None:
        yield _missing(version, "it has no leaf in the log")
        return
    leaf = read_fields(version.leaf) or {}
    if not leaf.get("backfilled"):
        is_right = version.digest == leaf.get("commitment")
    elif frozen and "tombstone" in frozen:
        return  # The text that its plain digest was made from is gone.
    else:
        is_right = version.digest == _plain_digest(version.content)
    if not is_right:
        yield _altered(version, "digest is not the one of the content")


def _plain_digest(content: Any) -> str | None:
    try:
        return plain_digest(content)
    except (AttributeError, UnicodeEncodeError):
        return None


def _flaws_of_chain(version: VersionRow, before: VersionRow | None) -> Iterator[Flaw]:
    is_first = before is None or before.article_id != version.article_id
    last = 0 if is_first or before is None else before.number
    if not isinstance(version.number, int) or not isinstance(last, int):
        return  # A number that is none disagrees with its content, which is told elsewhere.
    if version.number > last + 1:
        gone = (
            "the version is gone"
            if version.number == last + 2
            else f"it and all before {version.number} are gone"
        )
        yield Flaw(_name(version), last + 1, gone, "missing")
    follows = last + 1 == version.number
    expected = "" if is_first or before is None else before.digest
    if follows and version.previous_digest != expected:
        yield _altered(version, "previous_digest is not the digest of the version before")


def _flaws_of_columns(version: VersionRow, frozen: Frozen) -> Iterator[Flaw]:
    names = ("article", "number", "previous_digest", "stated_at", "recorded_at", "minor")
    for name in names:
        if frozen.get(name) != getattr(version, name):
            yield _altered(version, f"{_COLUMNS.get(name, name)} and the content disagree")


def _updates_near(batch: Sequence[VersionRow], contents: Sequence[Frozen | None]) -> dict[int, UpdateRow]:
    """The updates that these versions hold, and those that say they are published by one of them."""
    held = [entry["id"] for frozen in contents if frozen for entry in updates_in(frozen)]
    chosen = Q(version__in=[version.pk for version in batch]) | Q(pk__in=held)
    return {row.pk: row for row in update_rows(chosen)}


def _flaws_of_updates(
    version: VersionRow, frozen: Frozen, updates: Mapping[int, UpdateRow]
) -> Iterator[Flaw]:
    if "tombstone" in frozen:
        yield from _flaws_of_updates_taken_down(version, updates)
        return
    entries = updates_in(frozen)
    for entry in entries:
        row = updates.get(entry["id"])
        if row is None:
            yield _missing(version, f"update {entry['id']}, which it published, is gone")
        else:
            yield from _flaws_of_update(version, entry, row)
    held = {entry["id"] for entry in entries}
    for row in updates.values():
        if row.version_id == version.pk and row.pk not in held:
            yield _missing(version, f"update {row.pk} names it, and it holds no such update")


def _flaws_of_updates_taken_down(version: VersionRow, updates: Mapping[int, UpdateRow]) -> Iterator[Flaw]:
    for row in updates.values():
        if row.version_id == version.pk and row.columns["note"] != NOTE_TAKEN_DOWN:
            yield _altered(version, f"note of update {row.pk} is still there, and the version was taken down")


def _flaws_of_update(version: VersionRow, entry: Frozen, row: UpdateRow) -> Iterator[Flaw]:
    for name, value in row.columns.items():
        if entry.get(name) != value:
            yield _altered(version, f"{_COLUMNS.get(name, name)} of update {row.pk} and the content disagree")
    if row.version_id != version.pk:
        yield _altered(version, f"version of update {row.pk} names another")
    if row.article_id != version.article_id:
        yield _altered(version, f"article of update {row.pk} names another")


def _name(version: VersionRow) -> str:
    return _printable(version.article) or _lost(version)


def _printable(slug: str | None) -> str:
    """A damaged address must not keep its flaws from being told."""
    return (slug or "").encode(errors="replace").decode()


def _lost(row: VersionRow | UpdateRow) -> str:
    return f"article {row.article_id}, which is gone"


def _number(version: VersionRow) -> int | None:
    return version.number if isinstance(version.number, int) else None


def _altered(version: VersionRow, what: str) -> Flaw:
    return Flaw(_name(version), _number(version), what, "altered")


def _missing(version: VersionRow, what: str) -> Flaw:
    return Flaw(_name(version), _number(version), what, "missing")
