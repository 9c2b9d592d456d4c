"""The check of what was lost can fail: each deliberate loss is seen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from stories.models import Delivery, Source, User, Watch
from stories.publishing.publish import publish_article
from tests.alerting.scenes import altered_alert, quote
from tests.factories import ArticleFactory, CheckFactory, SourceFactory, VerdictFactory, WatchFactory
from tests.faults.invariants import what_broke
from tests.triggers import triggers_lifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(reporter: User) -> None:
    """A newsroom in which everything came to its end."""
    altered_alert(reporter, now=timezone.now())
    Delivery.objects.update(state="sent", sent_at=timezone.now())
    publish_article(ArticleFactory(), by=None, now=timezone.now())
    WatchFactory(due_at=timezone.now() + timedelta(hours=1))


def test_nothing_is_missed_where_everything_came_to_its_end(whole: None) -> None:
    assert what_broke() == []


def lose_a_letter() -> None:
    Delivery.objects.update(state="waiting", sent_at=None)


def lose_an_alert() -> None:
    citation = quote(SourceFactory())
    VerdictFactory(citation=citation)


def forget_a_source() -> None:
    Watch.objects.update(due_at=timezone.now() - timedelta(hours=1))


def hold_a_lease_for_ever() -> None:
    Watch.objects.update(lease="a" * 32, leased_until=timezone.now() + timedelta(days=1))


def keep_news_to_oneself() -> None:
    CheckFactory(source=Source.objects.first(), is_news=True)


def write_a_version_anew() -> None:
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE stories_version SET content = replace(content, 'Monday', 'Tuesday')")


@pytest.mark.parametrize(
    ("loss", "said"),
    [
        (lose_a_letter, "invariant 3: delivery"),
        (lose_an_alert, "invariant 3: 1 verdicts are news"),
        (forget_a_source, "invariant 2"),
        (hold_a_lease_for_ever, "invariant 2"),
        (keep_news_to_oneself, "invariant 3: 1 checks are news"),
        (write_a_version_anew, "invariant 4"),
    ],
)
def test_a_loss_is_seen(whole: None, loss: Callable[[], None], said: str) -> None:
    loss()

    assert any(sentence.startswith(said) for sentence in what_broke())
