"""All that happened to a story on one line of time: private saves of it and of its parts, and public versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stories.admin.deltas import changes_between, lists_of
from stories.models import Article, Citation, Claim, Source, Update, Version
from stories.models.history_words import is_task, told_actor, told_hand, told_reason

#: One click on "Save" writes several rows, moments apart.
ONE_SAVE = timedelta(seconds=2)
_TOLD = {
    "+": _("%(noun)s added"),
    "~": _("%(noun)s changed"),
    "-": _("%(noun)s deleted"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One row that a save wrote; `of` is what it is a state of."""

    of: tuple[str, int]
    told: str
    name: str
    is_gone: bool
    changes: list[dict[str, Any]]
    #: Where its state then is shown and can be restored.
    url: str


@dataclass(slots=True)
class Save:
    """What one person saved in one go; readers have seen nothing of it."""

    at: datetime
    who: str
    is_task: bool
    why: str
    parts: list[Part] = field(default_factory=list)

    is_public = False


@dataclass(frozen=True, slots=True)
class Published:
    """A version, which readers see."""

    at: datetime
    who: str
    version: Version
    notes: Sequence[Update]

    is_public = True


def happenings(article: Article, *, shown: str = "") -> list[tuple[datetime, str, int]]:
    """When, which trail and which row, the latest first; `shown` is "private", "public" or all."""
    found: list[tuple[datetime, str, int]] = []
    if shown != "public":
        for name, trail in _trails(article).items():
            rows = trail.values_list("history_date", "history_id")
            found += [(at, name, key) for at, key in rows]
    if shown != "private":
        rows = article.versions.values_list("recorded_at", "pk")
        found += [(at, "version", key) for at, key in rows]
    return sorted(found, reverse=True)


def tell(article: Article, happened: Iterable[tuple[datetime, str, int]]) -> list[Save | Published]:
    """The rows with what they changed; those of one click are one save."""
    told: list[Save | Published] = []
    for entry in _entries(article, list(happened)):
        last = told[-1] if told else None
        if isinstance(entry, Save) and isinstance(last, Save) and _is_one(last, entry):
            last.parts += entry.parts
        else:
            told.append(entry)
    return told


def _trails(article: Article) -> dict[str, QuerySet[Any]]:
    sources = Citation.history.filter(article=article.pk).exclude(source=None).values("source")
    return {
        "article": Article.history.filter(id=article.pk),
        "claim": Claim.history.filter(article=article.pk),
        "citation": Citation.history.filter(article=article.pk),
        "update": Update.history.filter(article=article.pk),
        "source": Source.history.filter(id__in=sources),
    }


def _entries(article: Article, happened: list[tuple[datetime, str, int]]) -> Iterator[Save | Published]:
    keys: dict[str, list[int]] = {}
    for _at, name, key in happened:
        keys.setdefault(name, []).append(key)
    rows = {
        (name, record.pk): (record, changes)
        for name, trail in _trails(article).items()
        if name in keys
        for record, changes in _with_what_changed(trail, keys[name])
    }
    versions = article.versions.filter(pk__in=keys.get("version", ())).select_related("published_by")
    public = {row.pk: row for row in versions.prefetch_related("updates")}
    for at, name, key in happened:
        if name == "version" and key in public:
            yield _published(public[key])
        elif (name, key) in rows:
            yield _save(*rows[name, key], at)


def _with_what_changed(
    trail: QuerySet[Any], keys: Sequence[int]
) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    """These rows of a trail, each with what it changed of the one before it."""
    states = trail.model._default_manager
    earlier = states.filter(id=OuterRef("id"), history_date__lt=OuterRef("history_date"))
    newest = earlier.order_by("-history_date", "-history_id").values("history_id")[:1]
    rows = trail.filter(history_id__in=keys).select_related("history_user")
    records = rows.annotate(before=Subquery(newest))
    befores = states.in_bulk({record.before for record in records if record.history_type == "~"} - {None})
    lists = lists_of(trail.model, [*keys, *befores])
    for record in records:
        before = befores.get(record.before) if record.history_type == "~" else None
        yield record, changes_between(record, before, lists) if before else []


def _published(version: Version) -> Published:
    who = told_actor(version.actor) or (version.published_by.name if version.published_by else "")
    return Published(version.recorded_at, who, version, list(version.updates.all()))


def _save(record: Any, changes: list[dict[str, Any]], at: datetime) -> Save:
    is_nobody = record.history_user is None and is_task(record.history_actor)
    why = told_reason(record.history_change_reason or "")
    return Save(at, told_hand(record), is_nobody, why, [_part(record, changes)])


def _part(record: Any, changes: list[dict[str, Any]]) -> Part:
    model = record.instance_type
    shown = str(model._meta.verbose_name)
    return Part(
        (model._meta.model_name, record.id),
        str(_TOLD[record.history_type] % {"noun": shown}),
        "" if model is Article else str(record.instance),
        record.history_type == "-",
        changes,
        _url(record),
    )


def _url(record: Any) -> str:
    name = record.instance_type._meta.model_name
    return reverse(f"admin:stories_{name}_simple_history", args=[record.id, record.pk])


def _is_one(later: Save, earlier: Save) -> bool:
    is_same_hand = (later.who, later.why) == (earlier.who, earlier.why)
    # What was saved twice in a moment was not saved by one click.
    is_new = {part.of for part in later.parts}.isdisjoint(part.of for part in earlier.parts)
    return is_same_hand and is_new and later.at - earlier.at <= ONE_SAVE
