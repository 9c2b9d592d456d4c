"""Every correction, clarification and retraction of the newsroom, from all its stories."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce

from stories.counting import start_of_newest
from stories.models import Searchable, SearchKind, Takedown, Update, Version
from stories.models.words import UpdateKind
from stories.publishing.notes import Note, notes_in

KINDS = (UpdateKind.CORRECTION, UpdateKind.CLARIFICATION, UpdateKind.RETRACTION)
#: More words make a search slower and no clearer: the page says which were left out.
MOST_WORDS = 8
#: Anybody may search, and a search reads each: it looks at the newest, and says so where there are more.
MOST_SEARCHED = 1_000


@dataclass(frozen=True, slots=True)
class Correction:
    """A note with the story it belongs to; `headline` is the one that readers see now."""

    note: Note
    slug: str
    headline: str


def correction_rows(
    *, words: str = "", kind: str = "", since: datetime | None = None, until: datetime | None = None
) -> QuerySet[Update]:
    """The rows behind the page, newest first: to count them and to cut a page from them.

    Each of the first `MOST_WORDS` of `words` is in the note, in the story's headline as readers see it now, or in its
    address.
    """
    rows = (
        Update.objects.published()
        .filter(~Exists(Takedown.objects.filter(version=OuterRef("version"))))
        .filter(kind__in=[kind] if kind else KINDS)
        .annotate(shown_at=Coalesce("stated_at", "recorded_at"))
        .order_by("-shown_at", "-pk")
    )
    for word in _distinct(words)[:MOST_WORDS]:
        in_headline = Exists(_live_texts().filter(title__icontains=word))
        rows = rows.filter(Q(note__icontains=word) | Q(article__slug__icontains=word) | Q(in_headline))
    if since:
        rows = rows.filter(shown_at__gte=since)
    return rows.filter(shown_at__lte=until) if until else rows


def first_searched(
    *, words: str = "", kind: str = "", since: datetime | None = None, until: datetime | None = None
) -> datetime | None:
    """From when on a search looks at what it is narrowed to; None where it looks at everything."""
    if not words.strip():
        return None
    rows = correction_rows(kind=kind, since=since, until=until)
    return start_of_newest(MOST_SEARCHED, rows, by="shown_at")


def words_left_out(words: str) -> list[str]:
    """What a search does not look for."""
    return _distinct(words)[MOST_WORDS:]


def newsroom_corrections(
    rows: QuerySet[Update] | None = None, *, offset: int = 0, limit: int | None = None
) -> list[Correction]:
    """Newest first; two queries however many there are. What is told comes from the frozen versions."""
    end = None if limit is None else offset + limit
    chosen = correction_rows() if rows is None else rows
    keys = list(chosen.values_list("pk", "version_id")[offset:end])
    told = _corrections_told({version_id for _, version_id in keys if version_id})
    return [told[pk] for pk, _ in keys if pk in told]


def _corrections_told(version_ids: set[int]) -> dict[int, Correction]:
    rows = (
        Version.objects.filter(pk__in=version_ids)
        .annotate(parsed=Cast("content", JSONField()))
        .values_list("number", "article__slug", KeyTransform("updates", "parsed"), Subquery(_live_headline()))
    )
    return {
        note.id: Correction(note, slug, headline)
        for number, slug, updates, headline in rows
        for note in notes_in(updates, number=number)
    }


def _distinct(words: str) -> list[str]:
    """As they were typed: no database folds "ß" or "İ" as Python does."""
    return list({word.casefold(): word for word in words.split()}.values())


def _live_texts() -> QuerySet[Searchable]:
    """The index of words has the headline that readers see as it is: of the version, everything would be parsed."""
    return Searchable.objects.filter(kind=SearchKind.ARTICLE, key=OuterRef("article_id"), part="live")


def _live_headline() -> QuerySet[Version, str]:
    return (
        Version.objects.filter(article=OuterRef("article"))
        .order_by("-number")
        .annotate(parsed=Cast("content", JSONField()))
        .values_list(KeyTextTransform("headline", "parsed"), flat=True)[:1]
    )
