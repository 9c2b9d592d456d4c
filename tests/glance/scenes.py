"""A newsroom of a few rows, at a fixed moment."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from stories.models import Article, Citation, Update, Verdict, Watch
from stories.models.words import VerdictWord
from stories.publishing.publish import publish_article
from tests.factories import CheckFactory, CitationFactory, VerdictFactory, WatchFactory

#: A Thursday.
NOW = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: Readers are given no note twice.
_NUMBERS = count(1)


def cite(article: Article, **fields: Any) -> Citation:
    """A passage of the story with a source of its own."""
    return CitationFactory(claim__article=article, article=article, **fields)


def read(citation: Citation, word: str = VerdictWord.VERBATIM, *, at: datetime = NOW - HOUR) -> Verdict:
    """Its page was looked at then, and said so."""
    WatchFactory(source=citation.source, outcome="unchanged", checked_at=at, read_at=at)
    return find(citation, word, at=at)


def find(citation: Citation, word: str, *, at: datetime = NOW - HOUR) -> Verdict:
    is_news = word != VerdictWord.VERBATIM
    check = CheckFactory(source=citation.source, started_at=at)
    told_at = at if is_news else None
    Watch.objects.filter(source=citation.source).update(checked_at=at, read_at=at)
    return VerdictFactory(citation=citation, found_by=check, verdict=word, is_news=is_news, told_at=told_at)


def publish(article: Article, *notes: Update, at: datetime = NOW - DAY, **fields: Any) -> Article:
    """The story as it stands, with these notes."""
    publish_article(article, updates=list(notes), by=None, now=at, **fields)
    return article


def note(article: Article, kind: str = "update", **fields: Any) -> Update:
    return Update(article=article, kind=kind, note=f"Note {next(_NUMBERS)}.", **fields)
