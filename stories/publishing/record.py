"""The proof of the public record: every version against its digest, its chain, its columns and its updates.

A record that was written anew as a whole, or whose last versions were cut off together with their updates,
is not found out by this alone: for that the digests must be kept somewhere else too.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from django.db.models import Q

from stories.models import Article
from stories.publishing.canonical import canonical_json, digest
from stories.publishing.rows import (
    BATCH,
    UpdateRow,
    VersionRow,
    damaged_text_is_readable,
    update_rows,
    updates_of_lost_versions,
    version_rows,
)

__all__ = ["Flaw", "canonical_json", "digest", "verify_record"]

Frozen = Mapping[str, Any]

#: Columns that have another name in the content.
_COLUMNS = {"minor": "is_minor", "text_before_recorded": "is_text_before_recorded"}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that does not agree: two places say different things, or a row is gone."""

    article: str
    version: int | None
    what: str
    kind: Literal["altered", "missing"]


def verify_record(
    articles: Iterable[Article] | None = None, *, on_progress: Callable[[int], None] | None = None
) -> list[Flaw]:
    """Recompute the record of these articles, or of all, and return what does not agree.

    The list is empty where the record is sound. Versions are read in batches, however many there are;
    `on_progress` is told the size of each.
    """
    chosen = Q() if articles is None else Q(article__in=[article.pk for article in articles])
    with damaged_text_is_readable():
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
    return flaws


def _flaws_of_versions(chosen: Q, on_progress: Callable[[int], None] | None) -> Iterator[Flaw]:
    rows = version_rows(chosen)
    before: VersionRow | None = None
    while batch := list(islice(rows, BATCH)):
        contents = [_read(version) for version in batch]
        updates = _updates_near(batch, contents)
        for version, frozen in zip(batch, contents, strict=True):
            yield from _flaws_of_digest(version)
            yield from _flaws_of_chain(version, before)
            if frozen is not None:
                yield from _flaws_of_columns(version, frozen)
                yield from _flaws_of_updates(version, frozen, updates)
            before = version
        if on_progress:
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


def _flaws_of_digest(version: VersionRow) -> Iterator[Flaw]:
    try:
        is_right = isinstance(version.content, str) and digest(version.content) == version.digest
    except UnicodeEncodeError:
        is_right = False
    if not is_right:
        yield _altered(version, "the content and the digest do not belong together")


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
    held = [entry["id"] for frozen in contents if frozen for entry in _entries(frozen)]
    chosen = Q(version__in=[version.pk for version in batch]) | Q(pk__in=held)
    return {row.pk: row for row in update_rows(chosen)}


def _flaws_of_updates(
    version: VersionRow, frozen: Frozen, updates: Mapping[int, UpdateRow]
) -> Iterator[Flaw]:
    entries = _entries(frozen)
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


def _flaws_of_update(version: VersionRow, entry: Frozen, row: UpdateRow) -> Iterator[Flaw]:
    for name, value in row.columns.items():
        if entry.get(name) != value:
            yield _altered(version, f"{_COLUMNS.get(name, name)} of update {row.pk} and the content disagree")
    if row.version_id != version.pk:
        yield _altered(version, f"version of update {row.pk} names another")
    if row.article_id != version.article_id:
        yield _altered(version, f"article of update {row.pk} names another")


def _entries(frozen: Frozen) -> list[Frozen]:
    entries = frozen.get("updates")
    if not isinstance(entries, list):
        return []
    return [entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("id"), int)]


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
