"""A sender that is killed wherever it is, messages that are lost, doubled or late: nothing is lost or told twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from stories.alerting import send
from stories.alerting.channels.letter import Letter
from stories.alerting.digest import due_digests, gather_digests
from stories.alerting.send import CLAIM_LASTS, due_deliveries, send_delivery, send_digest
from stories.alerting.tell import tell_news
from stories.models import Delivery, Digest, User
from stories.models.words import Channel, DeliveryState, Gravity, Timing, VerdictWord
from tests.alerting.mail_server import Mailbox, mail_server
from tests.alerting.scenes import NOON, altered_alert, clock_at, find, quote
from tests.factories import HearingChoiceFactory, PreferencesFactory, SourceFactory, make_reporter

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What no code of ours may catch, as it cannot catch SIGKILL."""


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with mail_server(settings) as mailbox:
        yield mailbox


def killed_before(letter: Letter) -> str:
    raise Killed


def killed_after(letter: Letter) -> str:
    sent(letter)
    raise Killed


sent = send.CHANNELS[Channel.EMAIL]


@pytest.mark.parametrize(("dies", "copies"), [(killed_before, 1), (killed_after, 2)])
def test_what_a_dead_sender_left_behind_is_sent_under_the_same_message_id(
    dies: Callable[[Letter], str],
    copies: int,
    reporter: User,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Invariant 3: killed after the claim, or between the server's “accepted” and the mark."""
    altered_alert(reporter)
    with monkeypatch.context() as dying, pytest.raises(Killed):
        dying.setitem(send.CHANNELS, Channel.EMAIL, dies)
        send_delivery(Delivery.objects.get(), now=lambda: NOON)

    [again] = due_deliveries(now=NOON + CLAIM_LASTS, limit=9)
    state = send_delivery(again, now=lambda: NOON + CLAIM_LASTS)

    assert (state, len(mailbox.letters)) == (DeliveryState.SENT, copies)
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 1


def test_nobody_else_sends_what_a_task_may_still_be_at(
    reporter: User, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Invariant 3: a mail server that takes minutes over a letter gets it from one sender."""
    altered_alert(reporter)
    with monkeypatch.context() as dying, pytest.raises(Killed):
        dying.setitem(send.CHANNELS, Channel.EMAIL, killed_before)
        send_delivery(Delivery.objects.get(), now=lambda: NOON)

    assert due_deliveries(now=NOON + timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT), limit=9) == []


def die_while_sending(delivery: Delivery, monkeypatch: pytest.MonkeyPatch, *, until: datetime) -> None:
    """As often as it is due before then."""
    delivery.refresh_from_db()
    while delivery.next_try_at < until:
        with monkeypatch.context() as dying, pytest.raises(Killed):
            dying.setitem(send.CHANNELS, Channel.EMAIL, killed_before)
            send_delivery(delivery, now=clock_at(delivery.next_try_at))
        delivery.refresh_from_db()


def test_what_senders_die_over_for_half_a_day_is_sent_when_one_lives(
    reporter: User, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invariant 3: workers that die again and again take no alert with them."""
    altered_alert(reporter)
    delivery = Delivery.objects.get()

    die_while_sending(delivery, monkeypatch, until=NOON + timedelta(hours=12))

    assert send_delivery(delivery, now=lambda: delivery.next_try_at) == DeliveryState.SENT
    assert len(mailbox.letters) == 1


def test_what_kills_every_sender_is_given_up_in_the_end(
    reporter: User, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered_alert(reporter)
    Delivery.objects.update(state=DeliveryState.SENDING, try_count=send.MOST_TRIES)

    delivery = Delivery.objects.get()

    assert send_delivery(delivery, now=lambda: delivery.next_try_at) == DeliveryState.GIVEN_UP
    delivery.refresh_from_db()
    assert "broke off" in delivery.error


def test_the_first_refusal_after_many_deaths_is_not_the_last_try(
    reporter: User, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered_alert(reporter)
    delivery = Delivery.objects.get()
    die_while_sending(delivery, monkeypatch, until=NOON + timedelta(hours=6))

    mailbox.answer_to_data = "451 try later"
    refused = send_delivery(delivery, now=lambda: delivery.next_try_at)
    mailbox.answer_to_data = None
    delivery.refresh_from_db()

    assert refused == DeliveryState.WAITING
    assert send_delivery(delivery, now=lambda: delivery.next_try_at) == DeliveryState.SENT


def test_a_teller_that_is_killed_before_the_end_leaves_everything_to_the_next(
    reporter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invariants 1 and 3: what was half written is not written."""
    find([quote(SourceFactory(), reporter)], VerdictWord.ALTERED)

    def die(*_args: object, **_kwargs: object) -> None:
        raise Killed

    with monkeypatch.context() as dying, pytest.raises(Killed):
        dying.setattr("stories.alerting.tell.mark_as_told", die)
        tell_news(now=NOON)
    written_before = Delivery.objects.count()

    assert (written_before, len(tell_news(now=NOON))) == (0, 1)


class Broker:
    """Messages with a key in them, which get lost, come twice, come late or in another order."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.messages: list[tuple[type[Delivery] | type[Digest], int]] = []

    def tick(self, now: datetime) -> None:
        """What a tick of the schedule hands out, each of it twice."""
        gather_digests(now=now, limit=100)
        due = [*due_deliveries(now=now, limit=100), *due_digests(now=now, limit=100)]
        self.messages += [(type(each), each.pk) for each in due] * 2
        self.random.shuffle(self.messages)

    def take(self) -> list[tuple[type[Delivery] | type[Digest], int]]:
        """Those that come now; one time in four the broker is wiped."""
        share = self.random.randrange(len(self.messages) + 1)
        taken, self.messages = self.messages[:share], self.messages[share:]
        if self.random.random() < 0.25:
            self.messages.clear()
        return taken


def work(broker: Broker, monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """Send what comes; one sender in three is killed, before or after the server has taken its letter."""
    for model, key in broker.take():
        how = broker.random.choice([sent, sent, sent, sent, killed_before, killed_after])
        monkeypatch.setitem(send.CHANNELS, Channel.EMAIL, how)
        try:
            if model is Digest:
                send_digest(Digest.objects.get(pk=key), now=lambda: now)
            else:
                send_delivery(Delivery.objects.get(pk=key), now=lambda: now)
        except Killed:
            continue


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_is_killed_wiped_doubled_or_late_everything_is_told_once(
    seed: int, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invariants 1 and 3: none lost, and no second Message-ID."""
    hourly, *others = [make_reporter() for _ in range(4)]
    PreferencesFactory(person=hourly, time_zone="UTC")
    HearingChoiceFactory(person=hourly, gravity=Gravity.HIGH, timing=Timing.HOURLY)
    for _ in range(3):
        find([quote(SourceFactory(), hourly, *others)], VerdictWord.ALTERED)
    tell_news(now=NOON)
    broker, now = Broker(Random(seed)), NOON

    while Delivery.objects.exclude(state=DeliveryState.SENT).exists():
        assert now < NOON + timedelta(days=2), "it never ends"
        broker.tick(now)
        work(broker, monkeypatch, now)
        now += CLAIM_LASTS / 2

    keys = [letter["Message-ID"].strip("<>").split("@")[0] for letter in mailbox.letters]
    alone = Delivery.objects.filter(digest=None).values_list("key", flat=True)
    together = Digest.objects.values_list("key", flat=True)
    assert set(keys) == {str(key) for key in [*alone, *together]}
    assert (len(alone), len(together)) == (9, 1)
    assert len(keys) > len(set(keys)), "some were sent again after a crash, under the same Message-ID"
