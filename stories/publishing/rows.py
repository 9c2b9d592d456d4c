"""Published rows exactly as the database holds them, so that even a damaged value can be compared."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, TextField, When
from django.db.models.functions import Cast

from stories.models import Article, Leaf, Takedown, Update, Version
from stories.models.words import LeafKind
from stories.publishing.content import iso_utc

BATCH = 100
#: What an update and its leaf both name.
_NAMED = ("version", "article")


@dataclass(frozen=True, slots=True)
class VersionRow:
    """Values are in the spelling of the content, or as they stand in the database where they have none."""

    pk: int
    article_id: int
    article: str | None
    number: Any
    content: Any
    digest: str
    previous_digest: str
    stated_at: Any
    recorded_at: Any
    minor: Any
    #: The data of its leaf in the log; None where it has none.
    leaf: Any


@dataclass(frozen=True, slots=True)
class LeafRow:
    """A leaf with what its columns refer to; `content` is that of its version, for a version's leaf alone."""

    index: Any
    data: Any
    hash: Any
    salt: Any
    kind: Any
    story: str | None
    version_id: int | None
    number: Any
    update_id: int | None
    content: Any


@dataclass(frozen=True, slots=True)
class UpdateRow:
    pk: int
    article_id: int
    article: str | None
    version_id: int | None
    columns: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TakedownRow:
    """The leaf of a takedown with the row that it belongs to; nothing of the row where it is gone."""

    data: Any
    version_id: int | None
    content: Any
    takedown_id: int | None
    takedown_of: int | None
    authority: Any
    in_the_name_of: Any
    tombstone: Any
    taken_down_at: Any


@contextmanager
def damaged_text_is_readable() -> Iterator[None]:
    """Let SQLite hand out bytes that are not UTF-8; PostgreSQL cannot hold any."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    database = connection.connection
    usual = database.text_factory
    database.text_factory = lambda raw: raw.decode(errors="surrogateescape")
    try:
        yield
    finally:
        database.text_factory = usual


def rows_as_they_are_read() -> AbstractContextManager[None]:
    """Let PostgreSQL hand out rows one after the other: outside a transaction it writes the whole answer down first.

    SQLite does so anyway, and a transaction there would keep every writer waiting.
    """
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()


def version_rows(chosen: Q) -> Iterator[VersionRow]:
    """By article and number."""
    rows = (
        Version.objects.filter(chosen)
        .order_by("article_id", "number")
        .values_list(
            "pk",
            "article_id",
            _slug(),
            _as_text("number"),
            "content",
            "digest",
            "previous_digest",
            _as_text("stated_at"),
            _as_text("recorded_at"),
            _as_text("is_minor"),
            Subquery(_own_leaf().values("data")[:1]),
        )
    )
    for row in rows.iterator(chunk_size=BATCH):
        pk, article_id, slug, number, content, digest, previous, stated_at, recorded_at, minor, leaf = row
        yield VersionRow(
            pk=pk,
            article_id=article_id,
            article=slug,
            number=_integer(number),
            content=content,
            digest=digest,
            previous_digest=previous,
            stated_at=_moment(stated_at),
            recorded_at=_moment(recorded_at),
            minor=_flag(minor),
            leaf=leaf,
        )


def leaf_rows(chosen: Q) -> Iterator[LeafRow]:
    """Leaves in the order of the log."""
    rows = (
        Leaf.objects.filter(chosen)
        .order_by("index")
        .values_list(
            _as_text("index"),
            "data",
            "hash",
            "salt",
            "kind",
            _slug(),
            "version_id",
            _as_text("version__number"),
            "update_id",
            Case(When(kind=LeafKind.VERSION, then=F("version__content")), default=None),
        )
    )
    for index, data, hashed, salt, kind, story, version_id, number, update_id, content in rows.iterator(
        chunk_size=BATCH
    ):
        yield LeafRow(
            index=_integer(index),
            data=data,
            hash=hashed,
            salt=salt,
            kind=kind,
            story=story,
            version_id=version_id,
            number=None if number is None else _integer(number),
            update_id=update_id,
            content=content,
        )


def published_without_leaf(chosen: Q) -> Iterator[UpdateRow]:
    """Updates that are published and not in the log."""
    return update_rows(
        chosen & Q(version__isnull=False) & ~Q(Exists(Leaf.objects.filter(update=OuterRef("pk"))))
    )


def update_rows(chosen: Q) -> Iterator[UpdateRow]:
    rows = (
        Update.objects.filter(chosen)
        .order_by("pk")
        .values_list(
            "pk",
            "article_id",
            _slug(),
            "version_id",
            "kind",
            "note",
            "stated_zone",
            "stated_precision",
            _as_text("stated_at"),
            _as_text("recorded_at"),
            _as_text("headline_changed"),
            _as_text("is_text_before_recorded"),
        )
    )
    for row in rows.iterator(chunk_size=BATCH):
        (
            pk,
            article_id,
            slug,
            version_id,
            kind,
            note,
            zone,
            precision,
            stated_at,
            recorded_at,
            headline,
            text,
        ) = row
        columns = {
            "kind": kind,
            "note": note,
            "stated_zone": zone,
            "stated_precision": precision,
            "stated_at": _moment(stated_at),
            "recorded_at": _moment(recorded_at),
            "headline_changed": _flag(headline),
            "text_before_recorded": _flag(text),
        }
        yield UpdateRow(pk, article_id, slug, version_id, columns)


def updates_of_lost_versions(chosen: Q) -> Iterator[UpdateRow]:
    """Updates said to be published by a version that is not there."""
    version = Version.objects.filter(pk=OuterRef("version_id"))
    return update_rows(chosen & Q(version__isnull=False) & ~Q(Exists(version)))


def takedown_rows() -> Iterator[TakedownRow]:
    of_row = ("pk", "version_id", "authority", "in_the_name_of", "tombstone")
    rows = Leaf.objects.filter(kind=LeafKind.TAKEDOWN).order_by("index")
    for *row, at in rows.values_list(
        "data",
        "version_id",
        "version__content",
        *(f"takedown__{name}" for name in of_row),
        _as_text("takedown__taken_down_at"),
    ):
        data, version_id, content, takedown_id, takedown_of, authority, name, tombstone = row
        yield TakedownRow(
            data, version_id, content, takedown_id, takedown_of, authority, name, tombstone, _moment(at)
        )


def takedowns_without_leaf() -> list[int]:
    """Takedowns that the log does not tell of."""
    leaf = Leaf.objects.filter(pk=OuterRef("leaf_id"), kind=LeafKind.TAKEDOWN)
    return list(Takedown.objects.exclude(Exists(leaf)).values_list("pk", flat=True))


def leaves_of_lost_updates() -> list[Any]:
    """The data of leaves whose update is not there."""
    update = Update.objects.filter(pk=OuterRef("update_id"))
    lost = Leaf.objects.filter(~Exists(update), kind=LeafKind.UPDATE).order_by("index")
    return list(lost.values_list("data", flat=True))


def leaves_of_moved_updates() -> Iterator[tuple[Any, str]]:
    """The data of leaves whose update names another version or article, or none, and which of the two it is.

    Those of what was taken down are among them.
    """
    there = Update.objects.filter(pk=OuterRef("update_id"))
    same = {f"same_{name}": Exists(there.filter(**{name: OuterRef(f"{name}_id")})) for name in _NAMED}
    leaves = Leaf.objects.filter(Exists(there), kind=LeafKind.UPDATE).annotate(**same)
    moved = leaves.exclude(**dict.fromkeys(same, True)).order_by("index")
    for data, *is_same in moved.values_list("data", *same):
        yield from ((data, name) for name, so in zip(_NAMED, is_same, strict=True) if not so)


def _own_leaf() -> Any:
    return Leaf.objects.filter(version=OuterRef("pk"), kind=LeafKind.VERSION)


def _slug() -> Subquery:
    # Not a join: a row whose article is gone must still be looked at.
    return Subquery(Article.objects.filter(pk=OuterRef("article_id")).values("slug")[:1])


def _as_text(name: str) -> Cast:
    return Cast(name, TextField())


def _integer(text: str) -> Any:
    return int(text) if text.isascii() and text.isdigit() else text


def _flag(text: str) -> Any:
    return {"0": False, "1": True, "false": False, "true": True}.get(text, text)


def _moment(text: str | None) -> Any:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return iso_utc(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return text
