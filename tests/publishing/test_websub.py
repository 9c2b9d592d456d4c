"""A hub is told of each publication once, whatever happens meanwhile (WebSub, section 7)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stories import tasks
from stories.models import HubPing
from stories.models.outgoing import BROKE_OFF, MOST_TRIES
from stories.publishing.websub import BACK_OFF, adopt_publications, due_pings, tell_hub
from stories.watching.limits import open_client
from tests.factories import ArticleFactory
from tests.publishing.hub import Hub
from tests.reader.telling import publish

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


@pytest.fixture
def hub(settings):
    with Hub().serving() as hub:
        settings.WEBSUB_HUB = hub.address
        settings.WATCH_ALLOWED_PRIVATE = [hub.host_and_port]
        yield hub


@pytest.fixture
def publication(db):
    return publish(ArticleFactory(slug="bridge"), at=timezone.now())


def _tell(*, at):
    """What one tick's tasks do at `at`; how many the hub took."""
    adopt_publications(now=at)
    return [tell_hub(ping, open_client=open_client, now=lambda: at) for ping in due_pings(now=at, limit=9)]


def test_the_hub_is_told_which_feeds_have_something_new(hub, publication):
    assert _tell(at=timezone.now()) == [True]

    assert hub.told == [
        [
            ("hub.mode", "publish"),
            ("hub.url", f"{SITE}/stories/bridge/changes.atom"),
            ("hub.url", f"{SITE}/stories/bridge/changes.json"),
        ]
    ]


def test_a_correction_is_news_of_the_corrections_feeds_too(hub):
    publish(ArticleFactory(slug="bridge"), "It was Tuesday.", at=timezone.now(), kind="correction")

    _tell(at=timezone.now())

    assert ("hub.url", f"{SITE}/corrections.atom") in hub.told[0]


def test_the_hub_is_told_once(hub, publication):
    now = timezone.now()

    assert _tell(at=now) == [True]
    assert _tell(at=now + timedelta(hours=9)) == []
    assert len(hub.told) == 1


def test_one_of_two_workers_tells_it(hub, publication):
    now = timezone.now()
    adopt_publications(now=now)
    ping = HubPing.objects.get()
    also = HubPing.objects.get()

    told = [tell_hub(each, open_client=open_client, now=lambda: now) for each in (ping, also)]

    assert told == [True, False]
    assert len(hub.told) == 1


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_hub_that_does_not_take_it_is_asked_again_and_then_given_up(hub, publication, status, caplog):
    hub.status = status
    at = timezone.now()
    for pause in (*BACK_OFF, timedelta(0)):
        assert _tell(at=at) == [False]
        assert _tell(at=at) == []
        at += pause

    assert _tell(at=at + timedelta(hours=20)) == []
    assert HubPing.objects.get().error == f"The hub answered with status {status}."
    assert "The hub was not told of" in caplog.text


def die_over_it(*, at):
    """As a worker does that is killed while the hub takes its time; when the next may try."""
    with pytest.raises(KeyboardInterrupt):
        for ping in due_pings(now=at, limit=9):
            tell_hub(ping, open_client=_killed, now=lambda: at)
    return HubPing.objects.get().next_try_at


def _killed():
    raise KeyboardInterrupt


def test_one_over_which_its_sender_dies_each_time_is_given_up_after_a_day(hub, publication, caplog):
    at = began = timezone.now()
    adopt_publications(now=at)
    for _try in range(MOST_TRIES):
        at = die_over_it(at=at)

    assert _tell(at=at) == [False]

    assert hub.told == []
    assert _tell(at=at + timedelta(hours=20)) == []
    assert at - began > timedelta(hours=20)
    assert HubPing.objects.get().error == BROKE_OFF
    assert BROKE_OFF in caplog.text


def test_a_hub_that_refuses_it_for_the_first_time_after_that_is_asked_again(hub, publication):
    at = timezone.now()
    adopt_publications(now=at)
    for _try in range(len(BACK_OFF) + 1):
        at = die_over_it(at=at)
    hub.status = 500
    assert _tell(at=at) == [False]
    hub.status = 202

    assert _tell(at=at + BACK_OFF[-1]) == [True]


def test_a_hub_that_is_away_is_asked_again(settings, publication):
    with Hub().serving() as gone:
        settings.WEBSUB_HUB = gone.address
        settings.WATCH_ALLOWED_PRIVATE = [gone.host_and_port]

    assert _tell(at=timezone.now()) == [False]
    ping = HubPing.objects.get()
    assert ping.next_try_at is not None
    assert ping.error


def test_an_internal_address_is_no_hub(hub, settings, publication):
    settings.WATCH_ALLOWED_PRIVATE = []

    assert _tell(at=timezone.now()) == [False]
    assert hub.told == []


def test_what_was_published_long_before_is_not_told(hub):
    publish(ArticleFactory(), at=timezone.now() - timedelta(days=2))

    assert _tell(at=timezone.now()) == []


def test_without_a_hub_nothing_is_listed(publication):
    assert adopt_publications(now=timezone.now()) == 0
    assert not HubPing.objects.exists()


def test_the_tasks_find_what_is_to_be_told(hub, publication):
    adopt_publications(now=timezone.now())

    tasks.ping_hub(HubPing.objects.get().pk)

    assert len(hub.told) == 1
    assert HubPing.objects.get().told_at is not None
