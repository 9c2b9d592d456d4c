"""Small scenes: a passage that stories quote, and what became of it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from stories.alerting.tell import tell_news
from stories.models import Alert, Check, Citation, Delivery, Source, User, Verdict
from stories.models.words import Outcome, VerdictWord
from tests.factories import (
    ArticleFactory,
    CheckFactory,
    CitationFactory,
    ClaimFactory,
    SourceFactory,
    VerdictFactory,
)

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def quote(source: Source, *reporters: User, **article: Any) -> Citation:
    """A passage of the source, quoted in a story of these reporters."""
    story = ArticleFactory(**article)
    story.reporters.set(reporters)
    return CitationFactory(claim=ClaimFactory(article=story), source=source)


def find(citations: Sequence[Citation], word: VerdictWord, *, minutes: float = 0, **fields: Any) -> Check:
    """A check that found this of the passages, which nobody has been told of."""
    check = CheckFactory(source=citations[0].source, started_at=at(minutes))
    for citation in citations:
        VerdictFactory(citation=citation, found_by=check, verdict=word, **fields)
    return check


def page_news(source: Source, outcome: Outcome, *, minutes: float = 0) -> Check:
    return CheckFactory(source=source, outcome=outcome, is_news=True, started_at=at(minutes))


def told_words(alert: Alert) -> list[str]:
    return [verdict.verdict for verdict in alert.verdicts.order_by("pk")]


def only_alert(user: User) -> Alert:
    return Alert.objects.get(recipient=user)


def altered_alert(*reporters: User, now: datetime = NOON, **article: Any) -> Alert:
    """The alert that the first reporter gets when a passage of their story is altered."""
    find([quote(SourceFactory(), *reporters, **article)], VerdictWord.ALTERED)
    tell_news(now=now)
    return only_alert(reporters[0])


def untold() -> int:
    return Verdict.objects.untold().count() + Check.objects.untold().count()


def deliveries_of(user: User) -> list[Delivery]:
    return list(Delivery.objects.filter(alert__recipient=user).order_by("pk"))


def clock_at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment
