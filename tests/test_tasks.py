"""The order of the stages; the tasks are harmless when doubled, reordered or lost."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine
from celery import current_app
from django.core import mail
from django.db import connection
from django.utils import timezone

from stories import tasks
from stories.glance.standing import MANY_SOURCES
from stories.models import (
    Alert,
    Check,
    Delivery,
    Intake,
    KeptFigure,
    Publication,
    Source,
    Version,
    Watch,
    WatchedFeed,
)
from stories.models.words import Channel, DeliveryState, IntakeKind, PublicationState
from stories.publishing.checkpoints import EXPORTED, is_signed
from stories.publishing.publication import ask_to_publish
from stories.publishing.publish import publish_article
from stories.publishing.wish import Wish
from stories.tasks import hand_out
from tests.factories import (
    AlertFactory,
    ArticleFactory,
    CheckFactory,
    CitationFactory,
    DeliveryFactory,
    DigestFactory,
    EndpointFactory,
    SourceFactory,
    VerdictFactory,
    WatchFactory,
    make_editor,
    make_reporter,
)
from tests.ports import find_free_port
from tests.triggers import triggers_lifted
from tests.watching.looking import PASSAGE, REWORDED, page
from tests.watching.source_site import SourceSite

Committing = Callable[..., AbstractContextManager[list[Callable[[], None]]]]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _eager() -> Iterator[None]:
    current_app.conf.task_always_eager = current_app.conf.task_eager_propagates = True
    yield
    current_app.conf.task_always_eager = current_app.conf.task_eager_propagates = False


@pytest.fixture
def tick(django_capture_on_commit_callbacks: Committing) -> Callable[[], None]:
    def run() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            tasks.tick.delay()

    return run


@pytest.fixture
def cited(site: SourceSite) -> Source:
    """A page quoted by a story that a reporter with an address is on."""
    citation = CitationFactory(source=SourceFactory(url=site.put("/notice", page(PASSAGE))), exact=PASSAGE)
    citation.article.reporters.add(make_reporter())
    return citation.source


def make_everything_due() -> None:
    Watch.objects.update(due_at=timezone.now())


def test_a_tick_adopts_and_checks_what_is_new(cited, tick):
    """Invariant 2."""
    tick()

    assert Check.objects.get().source == cited


def test_a_tick_hands_all_out_while_the_exports_are_out_of_reach(cited, tick, settings):
    """Invariant 2. Root, too, reads no file where a folder stands."""
    (settings.RECORD_EXPORT_DIR / EXPORTED).mkdir(parents=True)

    tick()

    assert Check.objects.get().source == cited


def test_a_tick_has_signed_what_nobody_was_asked_to_sign(tick):
    publish_article(ArticleFactory(), by=None, now=timezone.now())

    tick()

    assert is_signed()


def test_a_tick_leaves_alone_what_is_not_due(cited, site, tick):
    tick()

    tick()

    assert len(site.asked_for("/notice")) == 1


def test_ticks_carry_a_change_from_the_page_to_the_reporters_mail(cited, site, tick):
    """Invariant 1: each tick needs nothing but the rows."""
    tick()
    site.put("/notice", page(REWORDED))
    for _look in range(2):
        make_everything_due()
        tick()

    assert Alert.objects.get().source == cited
    assert Delivery.objects.get().state == DeliveryState.SENT
    assert len(mail.outbox) == 1


def test_a_doubled_tick_sends_nothing_twice(cited, site, tick):
    """Invariant 3."""
    tick()
    site.put("/notice", page(REWORDED))
    for _look in range(3):
        make_everything_due()
        tick()
        tick()

    assert len(mail.outbox) == 1


def test_a_tick_carries_on_what_is_brought_in_and_looks_at_feeds(site, tick):
    """Invariant 1: a page to be read, and a feed, of which no message tells."""
    address = site.put(
        "/story", "<html><body><article><h1>Bridge closes</h1><p>It closes on Monday.</p></article>"
    )
    feed = site.put(
        "/feed", f"<rss><channel><item><title>Tunnel</title><link>{address}</link></item></channel></rss>"
    )
    asked = {"zone": "UTC", "asked_at": timezone.now()}
    Intake.objects.create(kind=IntakeKind.ADDRESS, name="a story", address=address, **asked)
    WatchedFeed.objects.create(
        title="Post", address=feed, zone="UTC", added_at=timezone.now(), is_active=True, due_at=timezone.now()
    )

    tick()

    assert sorted(Intake.objects.values_list("kind", "state")) == [("address", "ready"), ("feed", "done")]


def test_a_tick_finds_news_that_nobody_was_told_of(tick):
    """Invariants 1 and 3: the worker was killed between the check and the telling."""
    verdict = VerdictFactory()
    verdict.citation.article.reporters.add(make_reporter())

    tick()

    assert Alert.objects.count() == 1
    assert len(mail.outbox) == 1


def test_a_tick_finds_news_of_a_page_whose_passages_have_none(tick):
    citation = CitationFactory()
    citation.article.reporters.add(make_reporter())
    CheckFactory(source=citation.source, outcome="gone", is_news=True)

    tick()

    assert Alert.objects.count() == 1


def test_a_tick_finds_a_delivery_that_was_never_sent(tick):
    """Invariants 1 and 3: the worker was killed between the telling and the sending."""
    verdict = VerdictFactory(told_at=timezone.now())
    alert = AlertFactory(source=verdict.citation.source)
    alert.verdicts.add(verdict)
    verdict.citation.article.reporters.add(alert.recipient)
    delivery = Delivery.objects.create(
        alert=alert, change=verdict.found_by, channel="email", next_try_at=timezone.now()
    )

    tick()

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT


def test_a_tick_tells_people_what_is_paused_because_it_failed(tick):
    """Invariant 1: the row says that nobody was told, and the next tick finds it."""
    endpoint = EndpointFactory(
        person=make_reporter(), paused_at=timezone.now(), paused_because="Answered with status 404."
    )

    tick()
    tick()

    assert [letter.to for letter in mail.outbox] == [[endpoint.person.email]]


def test_the_figures_of_a_large_newsroom_are_counted_by_the_task_that_the_schedule_names(settings):
    SourceFactory(pk=MANY_SOURCES)
    WatchFactory(outcome="gone", checked_at=timezone.now())
    entry = settings.CELERY_BEAT_SCHEDULE["figures"]

    current_app.tasks[entry["task"]].apply_async(**entry["options"])
    first = KeptFigure.objects.get(name="failing")
    KeptFigure.objects.filter(name="took").delete()
    WatchFactory(outcome="gone", checked_at=timezone.now())
    tasks.count_figures.delay()

    assert set(KeptFigure.objects.values_list("name", flat=True)) == {
        "quotes",
        "failing",
        "sources",
        "passages",
        "took",
    }
    assert (first.value["count"], KeptFigure.objects.get(name="failing").value["count"]) == (1, 2)


def test_the_task_that_the_schedule_names_verifies_the_record_and_logs_what_it_finds(settings, caplog):
    entry = settings.CELERY_BEAT_SCHEDULE["verify"]
    publish_article(ArticleFactory(slug="bridge"), by=None, now=timezone.now())
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE stories_version SET is_minor = NOT is_minor")

    current_app.tasks[entry["task"]].apply_async(**entry["options"])
    current_app.tasks[entry["task"]].apply_async(**entry["options"])

    said = (
        "The record does not verify (1 flaws): ALTERED bridge, version 1: is_minor and the content disagree."
    )
    assert [line.message.startswith(said) for line in caplog.records if line.levelname == "ERROR"] == [True]


def test_of_a_newsroom_that_is_not_large_the_task_keeps_no_figure():
    WatchFactory(outcome="gone", checked_at=timezone.now())

    tasks.count_figures.delay()

    assert not KeptFigure.objects.exists()


def test_what_is_due_is_split_into_batches(settings, monkeypatch):
    settings.WATCH_BATCH_SIZE = 2
    for _ in range(5):
        SourceFactory()
    sent: list[list[int]] = []
    monkeypatch.setattr(tasks.check_sources, "apply_async", lambda args, **_options: sent.append(args[0]))

    tasks.tick()

    assert [len(batch) for batch in sent] == [2, 2, 1]
    assert {key for batch in sent for key in batch} == set(Source.objects.values_list("pk", flat=True))


def test_messages_of_a_tick_are_not_kept_for_ever(settings, monkeypatch):
    settings.TICK_SECONDS = 10
    SourceFactory()
    options: list[dict[str, object]] = []
    monkeypatch.setattr(tasks.check_sources, "apply_async", lambda args, **given: options.append(given))

    tasks.tick()

    assert options == [{"expires": 40}]


def test_checking_a_source_that_is_not_due_any_more_does_nothing(cited, site, tick):
    tick()

    tasks.check_sources([cited.pk])

    assert len(site.asked_for("/notice")) == 1


def test_checking_a_source_that_is_gone_does_nothing():
    tasks.check_sources([4711])

    assert not Check.objects.exists()


def test_delivering_what_is_gone_does_nothing():
    tasks.deliver(4711)

    assert mail.outbox == []


def test_telling_when_there_is_nothing_to_tell_does_nothing():
    CheckFactory()

    tasks.tell()

    assert not Alert.objects.exists()


def test_a_source_comes_round_again_by_itself(cited, site, tick, settings):
    """Invariant 2."""
    settings.WATCH_INTERVAL_SECONDS = 3600
    with time_machine.travel(timezone.now(), tick=False) as clock:
        tick()
        clock.shift(timedelta(seconds=3599))
        tick()
        assert len(site.asked_for("/notice")) == 1
        clock.shift(timedelta(seconds=1))

        tick()

    assert len(site.asked_for("/notice")) == 2


def schedule() -> Publication:
    """A story that is edited since it was published, its new version scheduled for an hour from now."""
    article = ArticleFactory()
    publish_article(article, by=None, now=timezone.now())
    article.dek = "A dek more."
    article.save()
    at = timezone.now() + timedelta(hours=1)
    wish = Wish(kind="update", note="More facts.", publish_at=at)
    return ask_to_publish(article, wish=wish, by=make_editor(), now=timezone.now())


def test_a_tick_publishes_what_was_scheduled_when_its_time_has_come(tick):
    """Invariant 1: from the rows alone."""
    schedule()
    tick()
    assert Version.objects.count() == 1

    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        tick()
        tick()

    assert Version.objects.count() == 2
    assert Publication.objects.get().state == PublicationState.PUBLISHED


def test_who_scheduled_what_could_not_be_published_is_written_to(tick):
    scheduled = schedule()
    scheduled.article.body = "Other words."
    scheduled.article.save()

    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        tick()
        tick()

    assert Publication.objects.get().state == PublicationState.REFUSED
    (letter,) = mail.outbox
    assert letter.to == [scheduled.asked_by.email]
    assert "edited after this was asked for" in letter.body
    assert f"/admin/stories/publication/{scheduled.pk}/change/" in letter.body


def test_a_mail_server_that_is_away_leaves_the_reason_on_the_row(tick, settings):
    article = schedule().article
    article.body = "Other words."
    article.save()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", find_free_port()

    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        tick()

    assert "edited after" in Publication.objects.get().remark


def test_messages_that_a_broker_lost_are_sent_again_by_the_next_tick(cited, site, tick, monkeypatch):
    """Invariants 1 and 2."""
    with monkeypatch.context() as wiped:
        wiped.setattr(tasks.check_sources, "apply_async", lambda *_args, **_options: None)
        tick()
    assert site.asked_for("/notice") == []

    tick()

    assert len(site.asked_for("/notice")) == 1


def test_after_an_outage_everything_is_checked_once_longest_overdue_first(site, tick, settings, monkeypatch):
    """Invariant 2: more is due than one tick hands out."""
    monkeypatch.setattr(hand_out, "BATCHES_A_TICK", 2)
    settings.WATCH_BATCH_SIZE = 2
    now = timezone.now()
    for hours in range(1, 11):
        WatchFactory(source__url=site.put(f"/{hours}", page(PASSAGE)), due_at=now - timedelta(hours=hours))

    tick()
    first = {asked.path for asked in site.asked if asked.path != "/robots.txt"}
    for _tick in range(3):
        tick()

    asked = [asked.path for asked in site.asked if asked.path != "/robots.txt"]
    assert first == {"/10", "/9", "/8", "/7"}
    assert sorted(asked) == sorted(f"/{hours}" for hours in range(1, 11))
    dues = list(Watch.objects.values_list("due_at", flat=True))
    assert len(set(dues)) == len(dues), "and is not due together again"


def test_every_due_source_is_checked_within_two_ticks(site, tick, settings):
    """Invariant 2: while a worker lives, whenever in between two ticks a source becomes due."""
    settings.TICK_SECONDS = 15
    start = timezone.now().replace(microsecond=0)
    dues = {}
    for seconds in range(0, 60, 7):
        watch = WatchFactory(source__url=site.put(f"/{seconds}", page(PASSAGE)))
        dues[watch.source_id] = start + timedelta(seconds=seconds)
        Watch.objects.filter(pk=watch.pk).update(due_at=dues[watch.source_id])

    with time_machine.travel(start, tick=False) as clock:
        for _tick in range(6):
            tick()
            clock.shift(timedelta(seconds=15))

    checks = Check.objects.all()
    assert {check.source_id for check in checks} == set(dues)
    assert len(checks) == len(dues)
    assert all(
        timedelta() <= check.started_at - dues[check.source_id] <= timedelta(seconds=30) for check in checks
    )


def test_sources_of_one_host_are_handed_out_together(settings, monkeypatch):
    """One worker reads from a host at a time: shared out over batches, the others' would have to wait."""
    settings.WATCH_BATCH_SIZE = 3
    now = timezone.now()
    hosts = ["a", "b", "a", "b", "c", "c", "c", "c"]
    first, second, third, fourth, *rest = (
        WatchFactory(
            source__url=f"https://{host}.example/{number}", due_at=now - timedelta(hours=9 - number)
        ).source_id
        for number, host in enumerate(hosts)
    )
    sent: list[list[int]] = []
    monkeypatch.setattr(tasks.check_sources, "apply_async", lambda args, **_options: sent.append(args[0]))

    tasks.tick()

    assert sent == [[first, third], [second, fourth], rest[:3], rest[3:]]


def test_what_goes_to_somebodys_endpoint_has_a_queue_of_its_own():
    mailed, posted = DeliveryFactory(), DeliveryFactory(endpoint=EndpointFactory(), channel=Channel.WEBHOOK)
    mailed_digest = DigestFactory()
    posted_digest = DigestFactory(endpoint=EndpointFactory(), channel=Channel.WEBHOOK)

    assert (tasks.sender_of(mailed), tasks.sender_of(posted)) == (tasks.deliver, tasks.post)
    assert tasks.sender_of_digest(mailed_digest) == tasks.deliver_digest
    assert tasks.sender_of_digest(posted_digest) == tasks.post_digest
