"""What the changelog shows, kept beside each version: comparing two versions is done once, not for every reader.

Everything here is worked out from frozen versions and can be thrown away. Whoever replaces the content of a
version (a legal takedown) calls `forget_entries`, so that its words are kept nowhere.

No trigger guards these rows and no digest covers them, so each text is kept under a *seal*, which only who has the
installation's secret can make: one that somebody changed in the database is worked out anew and never shown.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from stories.models import Article, KeptEntry, Takedown, Version
from stories.publishing.comparison import Comparison, Paragraph
from stories.publishing.data import as_json, from_json
from stories.publishing.entry import Entry
from stories.publishing.notes import Note

#: Changes whenever the same versions would be told otherwise.
EDITION = "6"
#: More changed paragraphs than these are counted, and shown by the comparison's own page.
MOST_PARAGRAPHS = 12
_BATCH = 50
#: Letters of a seal: the SHA-256 in hexadecimal.
_SEAL = 64

#: A version's number and times, and what it adds to the threads.
KeptThreads = tuple[int, datetime | None, datetime, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is kept of an entry."""

    headline: str
    zone: str
    because: str
    notes: tuple[Note, ...]
    comparison: Comparison | None
    left_out: int
    is_taken_down: bool


def kept_entries(article: Article, *, offset: int = 0, limit: int) -> list[Entry]:
    """The versions of an article, newest first, as their changelog tells them; one query where all is kept."""
    versions = list(
        Version.objects.filter(article_id=article.pk)
        .defer("content")
        .select_related("kept_entry")
        .order_by("-number")[offset : offset + limit + 1]
    )
    pairs = [(version, before) for version, before in pairwise([*versions, None]) if version][:limit]
    told = _told_of(article, pairs)
    return [_entry(version, before, told[version.pk]) for version, before in pairs]


def keep_entry(version: Version, *, before: Version | None) -> None:
    """Keep what a version adds, when it is published."""
    _row(version, before, _tell(version, before)).save(force_insert=True)


def kept_threads(article: Article) -> list[KeptThreads]:
    """What each version that changed one adds to the threads, oldest first; two queries where all is kept."""
    stale = Version.objects.filter(article_id=article.pk).exclude(kept_entry__edition=EDITION)
    _keep_threads_of(article, sorted(stale.values_list("number", flat=True)))
    rows = _sealed_threads(article)
    if broken := [number for number, *_, text in rows if text is None]:
        _keep_threads_of(article, broken)
        rows = _sealed_threads(article)
    return [(number, *times, json.loads(text)) for number, *times, text in rows if text]


def forget_entries(version: Version) -> None:
    """Delete what is kept of a version and of the one that follows it, which holds its words too."""
    KeptEntry.objects.filter(
        version__article=version.article_id, version__number__in=(version.number, version.number + 1)
    ).delete()


def _sealed_threads(article: Article) -> list[tuple[Any, ...]]:
    """Number, times and threads of each version; None for threads whose seal is broken."""
    rows = (
        KeptEntry.objects.filter(version__article=article.pk)
        .order_by("version__number")
        .values_list("version", "version__number", "version__stated_at", "version__recorded_at", "threads")
    )
    return [(*found, _opened(threads, pk, "threads")) for pk, *found, threads in rows]


def _keep_threads_of(article: Article, numbers: Sequence[int]) -> None:
    for start in range(0, len(numbers), _BATCH):
        chosen = numbers[start : start + _BATCH]
        wanted = Q(number__in=[*chosen, *(number - 1 for number in chosen)])
        versions = {
            each.number: each
            for each in Version.objects.filter(wanted, article_id=article.pk).only("number", "content")
        }
        pairs = [(versions[number], versions.get(number - 1)) for number in chosen if number in versions]
        _keep(article, [_row(version, before) for version, before in pairs], read=versions.values())


def _row(version: Version, before: Version | None, told: _Told | None = None) -> KeptEntry:
    threads = _threads(version.frozen, before.frozen if before else None)
    return KeptEntry(
        version_id=version.pk,
        edition=EDITION,
        threads=_sealed(threads, version.pk, "threads"),
        told=_sealed(as_json(told), version.pk, "told") if told else "",
    )


def _keep(article: Article, rows: Iterable[KeptEntry], *, read: Iterable[Version]) -> None:
    """Keep what was worked out, unless one of the texts that were read has been taken down meanwhile."""
    as_read = {version.pk: bool(version.tombstone) for version in read}
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)
        taken_down = set(Takedown.objects.filter(version__in=as_read).values_list("version", flat=True))
        if all(is_tombstone == (pk in taken_down) for pk, is_tombstone in as_read.items()):
            KeptEntry.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["version"],
                update_fields=["edition", "threads", "told"],
            )


def _sealed(text: str, version: int, column: str) -> str:
    return _seal(text, version, column) + text


def _opened(kept: str, version: int, column: str) -> str | None:
    """The text under the seal; None where it is broken."""
    seal, text = kept[:_SEAL], kept[_SEAL:]
    return text if hmac.compare_digest(seal.encode(), _seal(text, version, column).encode()) else None


def _seal(text: str, version: int, column: str) -> str:
    said = f"{EDITION} {version} {column} {text}".encode(errors="surrogatepass")
    return hmac.digest(settings.SECRET_KEY.encode(), said, "sha256").hex()


def _told_of(article: Article, pairs: Sequence[tuple[Version, Version | None]]) -> dict[int, _Told]:
    told, missing = dict[int, _Told](), list[tuple[Version, Version | None]]()
    for version, before in pairs:
        row = getattr(version, "kept_entry", None)
        text = _opened(row.told, version.pk, "told") if row and row.edition == EDITION else None
        if text:
            told[version.pk] = from_json(_Told, text)
        else:
            missing.append((version, before))
    return told | _tell_anew(article, missing)


def _tell_anew(article: Article, pairs: Sequence[tuple[Version, Version | None]]) -> dict[int, _Told]:
    if not pairs:
        return {}
    contents = Version.objects.in_bulk({each.pk for pair in pairs for each in pair if each})
    read = [(contents[version.pk], contents[before.pk] if before else None) for version, before in pairs]
    told = {version.pk: _tell(version, before) for version, before in read}
    rows = [_row(version, before, told[version.pk]) for version, before in read]
    _keep(article, rows, read=contents.values())
    return told


def _tell(version: Version, before: Version | None) -> _Told:
    entry = Entry(version, before)
    comparison, left_out = _trimmed(entry.comparison) if entry.comparison else (None, 0)
    return _Told(
        entry.headline, entry.zone, entry.because, entry.notes, comparison, left_out, entry.is_taken_down
    )


def _trimmed(comparison: Comparison) -> tuple[Comparison, int]:
    """Without the unchanged paragraphs, and how many of the changed ones were left out."""
    changed = [part for part in comparison.body if isinstance(part, Paragraph) and part.change.kind != "same"]
    return replace(comparison, body=tuple(changed[:MOST_PARAGRAPHS])), max(len(changed) - MOST_PARAGRAPHS, 0)


def _entry(version: Version, before: Version | None, told: _Told) -> Entry:
    entry = Entry(version, before)
    # What would be worked out from the content, which was not even read, is known already.
    vars(entry).update(
        headline=told.headline,
        zone=told.zone,
        because=told.because,
        notes=told.notes,
        comparison=told.comparison,
        left_out=told.left_out,
        is_taken_down=told.is_taken_down,
    )
    return entry


def _threads(frozen: dict[str, Any], before: dict[str, Any] | None) -> str:
    """JSON: the headline where it changed, claims that came or changed, ids of those that went, the updates."""
    old = {claim["id"]: claim for claim in before["claims"]} if before else {}
    new = {claim["id"]: claim for claim in frozen["claims"]}
    threads: dict[str, Any] = {}
    if "tombstone" in frozen:
        # What it claimed is not told any more; what the next one claims is held against the one before it.
        old = new = {}
    elif before and "tombstone" in before:
        threads["complete"] = True
    if before is None or before["headline"] != frozen["headline"]:
        threads["headline"] = frozen["headline"]
    if changed := [claim for key, claim in new.items() if old.get(key) != claim]:
        threads["claims"] = changed
    if gone := [key for key in old if key not in new]:
        threads["gone"] = gone
    if frozen["updates"]:
        threads["updates"] = frozen["updates"]
    return json.dumps({**threads, "zone": frozen["stated_zone"]}, ensure_ascii=False) if threads else ""
