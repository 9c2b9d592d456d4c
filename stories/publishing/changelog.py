"""The public list of an article's versions and updates, made from frozen versions alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.db.models import Exists, JSONField, OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from stories.models import Article, Update, Version
from stories.publishing.comparison import Comparison, compare_contents
from stories.publishing.corrections import Correction, newsroom_corrections
from stories.publishing.notes import Note, gravest_kind, notes_in
from stories.publishing.summary import summarise
from stories.text.diff import WordChange, diff_words

__all__ = [
    "Comparison",
    "Correction",
    "Entry",
    "HeadlineSpan",
    "changelog",
    "compare_contents",
    "compare_versions",
    "headlines",
    "newsroom_corrections",
    "published_notes",
]


@dataclass(frozen=True)
class Entry:
    """One version in the changelog, with its notes and what it changed."""

    version: Version
    previous: Version | None

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        return notes_in(self.version.frozen["updates"], number=self.version.number)

    @cached_property
    def comparison(self) -> Comparison | None:
        """What changed since the version before; None for the first."""
        return compare_versions(self.previous, self.version) if self.previous else None

    @property
    def summary(self) -> str:
        return summarise(self.comparison) if self.comparison else ""

    @property
    def kind(self) -> str:
        """The gravest kind of its notes, or what it is without one."""
        return gravest_kind(self.notes) or self.kind_of_text

    @property
    def kind_of_text(self) -> str:
        """`first` (published), `recorded` (the earliest text that we have), `minor` or `change`."""
        if self.version.number == 1:
            # A text that already carries notes is not the one that readers saw first.
            return "first" if self.version.stated_at and not self.notes else "recorded"
        return "minor" if self.version.is_minor else "change"

    @property
    def shown_at(self) -> datetime:
        return self.version.shown_at

    @property
    def zone(self) -> str:
        return self.version.frozen["stated_zone"]

    @property
    def is_minor(self) -> bool:
        return self.version.is_minor


@dataclass(frozen=True, slots=True)
class HeadlineSpan:
    """A headline, the versions that had it and when it was live; `until` is None while it is."""

    headline: str
    first_number: int
    last_number: int
    since: datetime
    until: datetime | None
    zone: str
    changes: tuple[WordChange, ...]


def compare_versions(before: Version, after: Version, *, context: int = 0) -> Comparison:
    return compare_contents(before.frozen, after.frozen, context=context)


def changelog(article: Article, *, offset: int = 0, limit: int | None = None) -> list[Entry]:
    """The versions of an article, newest first, each with the one before it; in one query."""
    end = None if limit is None else offset + limit + 1
    versions = list(Version.objects.filter(article_id=article.pk).order_by("-number")[offset:end])
    for version in versions:
        version.article = article
    entries = [Entry(version, before) for version, before in pairwise([*versions, None]) if version]
    return entries if limit is None else entries[:limit]


def published_notes(article: Article, *, upto: int | None = None) -> list[Note]:
    """Every note that readers were told, up to a version where one is named, newest first."""
    versions = Version.objects.filter(
        Exists(Update.objects.filter(version=OuterRef("pk"))), article_id=article.pk
    )
    if upto is not None:
        versions = versions.filter(number__lte=upto)
    rows = _parsed(versions).values_list("number", KeyTransform("updates", "parsed"))
    notes = [note for number, updates in rows for note in notes_in(updates, number=number)]
    return sorted(notes, key=lambda note: (note.shown_at, note.id), reverse=True)


def headlines(article: Article) -> list[HeadlineSpan]:
    """The strip of headlines, newest first, each with its changes by words from the one before."""
    rows = list(
        _parsed(Version.objects.filter(article_id=article.pk))
        .order_by("number")
        .values_list(
            "number",
            "stated_at",
            "recorded_at",
            KeyTextTransform("headline", "parsed"),
            KeyTextTransform("stated_zone", "parsed"),
        )
    )
    return list(_spans(rows))[::-1]


def _parsed(versions: QuerySet[Version]) -> QuerySet[Version]:
    """So that the database picks a part of the content, instead of sending all of it."""
    return versions.annotate(parsed=Cast("content", JSONField()))


def _spans(rows: list[tuple[Any, ...]]) -> Iterator[HeadlineSpan]:
    starts = [index for index, row in enumerate(rows) if index == 0 or row[3] != rows[index - 1][3]]
    for start, end in pairwise([*starts, len(rows)]):
        number, stated_at, recorded_at, headline, zone = rows[start]
        following = rows[end] if end < len(rows) else None
        yield HeadlineSpan(
            headline=headline,
            first_number=number,
            last_number=rows[end - 1][0],
            since=stated_at or recorded_at,
            until=(following[1] or following[2]) if following else None,
            zone=zone,
            changes=diff_words(rows[start - 1][3], headline) if start else (WordChange("equal", headline),),
        )
