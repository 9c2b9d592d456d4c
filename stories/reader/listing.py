"""The front page's list: published stories, the latest change first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from stories.models import Update, Version
from stories.publishing.changelog import Entry


@dataclass(frozen=True, slots=True)
class Listed:
    """A story in the list; `kind` is that of its last change that was more than a minor edit."""

    slug: str
    headline: str
    dek: str
    byline: str
    kind: str
    changed_at: datetime
    update_count: int


def listed_rows() -> QuerySet[Version, Any]:
    """The rows behind the list, in its order: of each story the last version that was more than a minor edit.

    By versions rather than stories, so that an index (`version_by_change`) has the first of them first.
    """
    of_story = Version.objects.filter(article=OuterRef("article")).order_by("-number")
    later = of_story.filter(Q(is_minor=False) | Q(number=1), number__gt=OuterRef("number"))
    updates = Update.objects.published().filter(article=OuterRef("article")).order_by().values("article")
    return (
        Version.objects.filter(Q(is_minor=False) | Q(number=1), ~Exists(later.order_by()))
        .annotate(
            slug=F("article__slug"),
            live=Subquery(of_story.values("pk")[:1]),
            telling=F("pk"),
            changed_at=Coalesce("stated_at", "recorded_at"),
            update_count=Coalesce(Subquery(updates.values_list(Count("pk"))), 0),
        )
        .order_by("-changed_at", "-article_id")
        .values("slug", "live", "telling", "changed_at", "update_count")
    )


def count_listed() -> int:
    """Of every story that readers have, there is one first version."""
    return Version.objects.filter(number=1).count()


def list_stories(rows: Iterable[dict[str, Any]]) -> list[Listed]:
    """What the page shows of each row, from versions alone; one query more however many rows."""
    chosen = list(rows)
    versions = Version.objects.in_bulk({row[name] for row in chosen for name in ("live", "telling")})
    return [_listed(row, live=versions[row["live"]], told=versions[row["telling"]]) for row in chosen]


def _listed(row: dict[str, Any], *, live: Version, told: Version) -> Listed:
    return Listed(
        slug=row["slug"],
        headline=live.frozen["headline"],
        dek=live.frozen["dek"],
        byline=live.frozen["byline"],
        kind=Entry(told, None).kind,
        changed_at=row["changed_at"],
        update_count=row["update_count"],
    )
