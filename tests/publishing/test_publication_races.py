"""Several people and workers at one publication at the same moment: one of them decides, and readers see it once."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from stories.models import Article, Publication, Takedown, Version
from stories.publishing.errors import PublishRefused
from stories.publishing.publication import (
    approve_publication,
    ask_for_approval,
    ask_to_publish,
    cancel_publication,
    publish_scheduled,
)
from stories.publishing.publish import publish_article
from stories.publishing.takedown import take_down
from stories.publishing.wish import Wish
from tests.factories import ArticleFactory, make_chief, make_editor

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
TONIGHT = NOW + timedelta(hours=6)


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """What each of them returned, or None where it was refused."""
    start = threading.Barrier(len(work))
    results: list[Any] = []

    def run(one: Callable[[], Any]) -> None:
        start.wait()
        try:
            results.append(one())
        except PublishRefused:
            results.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[one]) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def live() -> Article:
    article = ArticleFactory()
    publish_article(article, by=None, now=NOW)
    article.dek = "A dek more."
    article.save()
    return article


def scheduled(article: Article) -> Publication:
    wish = Wish(kind="update", note="More facts.", publish_at=TONIGHT)
    return ask_to_publish(article, wish=wish, by=make_editor(), now=NOW)


def test_of_many_ticks_one_publishes(live):
    publication = scheduled(live)

    done = at_once(*[lambda: publish_scheduled(publication, now=TONIGHT)] * 4)

    assert sum(each is not None for each in done) == 1
    assert Version.objects.count() == 2


def test_of_two_who_approve_one_does(live):
    wish = Wish(kind="clarification", note="A note.")
    waiting = ask_for_approval(live, wish=wish, by=make_editor(), now=NOW)
    chiefs = [make_chief(), make_chief()]

    done = at_once(*[lambda chief=chief: approve_publication(waiting, by=chief, now=NOW) for chief in chiefs])

    assert sum(each is not None for each in done) == 1
    assert Version.objects.count() == 2
    assert Publication.objects.get().approver in {chief.name for chief in chiefs}


def test_what_is_cancelled_while_it_is_published_is_one_of_the_two(live):
    publication, editor = scheduled(live), make_editor()

    done = at_once(
        lambda: publish_scheduled(publication, now=TONIGHT),
        lambda: cancel_publication(publication, by=editor, now=TONIGHT),
    )

    state = Publication.objects.get().state
    assert sum(each is not None for each in done) == 1
    assert (state, Version.objects.count()) in [("published", 2), ("cancelled", 1)]


def test_of_two_who_ask_at_once_one_is_on_its_way(live):
    wish = Wish(kind="update", note="More facts.", publish_at=TONIGHT)
    editors = [make_editor(), make_editor()]

    at_once(*[lambda by=by: ask_to_publish(live, wish=wish, by=by, now=NOW) for by in editors])

    assert Publication.objects.count() == 1


def test_what_is_approved_while_versions_are_taken_down_is_one_of_the_two(live):
    """Neither waits for what the other holds: both begin with the story."""
    chief = make_chief()
    first = live.versions.get()
    wish = Wish(kind="clarification", note="A note.")
    waiting = ask_for_approval(live, wish=wish, by=make_editor(), now=NOW)
    said = {"authority": "District Court", "in_the_name_of": "a person", "reason": "An order."}

    done = at_once(
        lambda: approve_publication(waiting, by=make_chief(), now=NOW),
        lambda: take_down([first], **said, by=chief, now=NOW),
    )

    assert len(done) == 2
    assert Takedown.objects.count() == 1
    assert Publication.objects.get().state in {"published", "cancelled"}
