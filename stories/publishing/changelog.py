"""The public list of an article's versions and updates, made from frozen versions alone."""

from __future__ import annotations

from itertools import pairwise

from stories.models import Article, Version
from stories.publishing.comparison import Comparison, compare_contents
from stories.publishing.corrections import Correction, newsroom_corrections
from stories.publishing.entry import Entry
from stories.publishing.kept import kept_entries
from stories.publishing.threads import HeadlineSpan, headlines, published_notes, threads_of

__all__ = [
    "Comparison",
    "Correction",
    "Entry",
    "HeadlineSpan",
    "changelog",
    "compare_contents",
    "compare_versions",
    "headlines",
    "kept_entries",
    "newsroom_corrections",
    "published_notes",
    "threads_of",
]


def compare_versions(before: Version, after: Version, *, context: int = 0) -> Comparison:
    return compare_contents(before.frozen, after.frozen, context=context)


def changelog(article: Article, *, offset: int = 0, limit: int | None = None) -> list[Entry]:
    """The versions of an article, newest first, each with the one before it and its text; in one query."""
    end = None if limit is None else offset + limit + 1
    versions = list(Version.objects.filter(article_id=article.pk).order_by("-number")[offset:end])
    for version in versions:
        version.article = article
    entries = [Entry(version, before) for version, before in pairwise([*versions, None]) if version]
    return entries if limit is None else entries[:limit]
