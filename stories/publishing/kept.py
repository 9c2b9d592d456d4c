"""What the changelog shows, kept beside each version: comparing two versions is done once, not for every reader.

Everything here is worked out from frozen versions and can be thrown away. Whoever replaces the content of a
version (a legal takedown) calls `forget_entries`, so that its words are kept nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.db.models import Q

from stories.models import Article, KeptEntry, Version
from stories.publishing.comparison import Comparison, Paragraph
from stories.publishing.data import as_json, from_json
from stories.publishing.entry import Entry
from stories.publishing.notes import Note

#: Changes whenever the same versions would be told otherwise.
EDITION = "5"
#: More changed paragraphs than these are counted, and shown by the comparison's own page.
MOST_PARAGRAPHS = 12
_BATCH = 50


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
    told = _told_of(pairs)
    return [_entry(version, before, told[version.pk]) for version, before in pairs]


def keep_entry(version: Version, *, before: Version | None) -> None:
    """Keep what a version adds, when it is published."""
    told = as_json(_tell(version, before))
    KeptEntry.objects.create(
        version=version,
        edition=EDITION,
        threads=_threads(version.frozen, before.frozen if before else None),
        told=told,
    )


def keep_threads(article: Article) -> None:
    """Work out the threads of the versions that have none kept; one query where there are none."""
    stale = Version.objects.filter(article_id=article.pk).exclude(kept_entry__edition=EDITION)
    numbers = sorted(stale.values_list("number", flat=True))
    for start in range(0, len(numbers), _BATCH):
        _keep_threads_of(article, numbers[start : start + _BATCH])


def forget_entries(version: Version) -> None:
    """Delete what is kept of a version and of the one that follows it, which holds its words too."""
    KeptEntry.objects.filter(
        version__article=version.article_id, version__number__in=(version.number, version.number + 1)
    ).delete()


def _keep_threads_of(article: Article, numbers: Sequence[int]) -> None:
    wanted = Q(number__in=[*numbers, *(number - 1 for number in numbers)])
    versions = {
        each.number: each
        for each in Version.objects.filter(wanted, article_id=article.pk).only("number", "content")
    }
    _keep(
        KeptEntry(
            version_id=versions[number].pk,
            edition=EDITION,
            threads=_threads(
                versions[number].frozen, versions[number - 1].frozen if number - 1 in versions else None
            ),
        )
        for number in numbers
    )


def _keep(rows: Iterable[KeptEntry]) -> None:
    KeptEntry.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["version"], update_fields=["edition", "threads", "told"]
    )


def _told_of(pairs: Sequence[tuple[Version, Version | None]]) -> dict[int, _Told]:
    told, missing = dict[int, _Told](), list[tuple[Version, Version | None]]()
    for version, before in pairs:
        row = getattr(version, "kept_entry", None)
        if row and row.edition == EDITION and row.told:
            told[version.pk] = from_json(_Told, row.told)
        else:
            missing.append((version, before))
    return told | _tell_anew(missing)


def _tell_anew(pairs: Sequence[tuple[Version, Version | None]]) -> dict[int, _Told]:
    if not pairs:
        return {}
    contents = Version.objects.in_bulk({each.pk for pair in pairs for each in pair if each})
    rows, told = list[KeptEntry](), dict[int, _Told]()
    for version, before in pairs:
        now, then = contents[version.pk], contents[before.pk] if before else None
        told[version.pk] = _tell(now, then)
        threads = _threads(now.frozen, then.frozen if then else None)
        rows.append(KeptEntry(version=now, edition=EDITION, threads=threads, told=as_json(told[version.pk])))
    _keep(rows)
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
