"""Digests: one message for what is due together, of what is still worth telling, once."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stories.alerting.answer import answer_alert
from stories.alerting.channels.letter import Letter
from stories.alerting.digest import TOLD_TOGETHER, due_digests, gather_digests, previews_of
from stories.alerting.outdated import ANSWERED, CAME_AND_WENT, TOLD_SINCE
from stories.alerting.preferences import retime
from stories.alerting.send import CHANNELS, CLAIM_LASTS, send_delivery, send_digest
from stories.alerting.tell import tell_news
from stories.models import Citation, Delivery, Digest, Following, Preferences, User
from stories.models.words import AlertState, Channel, DeliveryState, Gravity, Timing, VerdictWord
from tests.alerting.mail_server import Mailbox, mail_server
from tests.alerting.scenes import NOON, altered_alert, at, find, only_alert, quote
from tests.factories import (
    EndpointFactory,
    HearingChoiceFactory,
    PreferencesFactory,
    SourceFactory,
    make_reporter,
)

pytestmark = pytest.mark.django_db

#: The day after, at eight in UTC.
EIGHT = at(20 * 60)


@pytest.fixture
def daily(reporter: User) -> User:
    return once_a_day(reporter)


def once_a_day(person: User) -> User:
    """Somebody who wants to hear everything in one letter."""
    PreferencesFactory(person=person, time_zone="UTC")
    for gravity in Gravity:
        HearingChoiceFactory(person=person, gravity=gravity, timing=Timing.DAILY)
    return person


def alter(person: User, headline: str, *, minutes: float = 0) -> Citation:
    citation = quote(SourceFactory(), person, headline=headline)
    find([citation], VerdictWord.ALTERED, minutes=minutes)
    tell_news(now=at(minutes))
    return citation


def follow(citation: Citation, word: VerdictWord, *, minutes: float) -> None:
    find([citation], word, minutes=minutes)
    tell_news(now=at(minutes))


def send_all(now: datetime) -> None:
    """What a tick has done."""
    gather_digests(now=now, limit=100)
    for digest in due_digests(now=now, limit=100):
        send_digest(digest, now=lambda: now)
    for delivery in Delivery.objects.due(now):
        send_delivery(delivery, now=lambda: now)


def test_what_a_day_brought_is_one_letter_the_gravest_first(daily: User, settings: Any) -> None:
    follow(alter(daily, "The harbour"), VerdictWord.VERBATIM, minutes=30)
    alter(daily, "The bridge", minutes=40)
    alter(daily, "The tunnel", minutes=50)

    with mail_server(settings) as mailbox:
        send_all(at(60))
        before_eight = len(mailbox.letters)
        send_all(EIGHT)
        send_all(EIGHT)

    [letter] = mailbox.letters
    digest = Digest.objects.get()
    assert before_eight == 0
    assert letter["Message-ID"].startswith(f"<{digest.key}@")
    body = letter.get_body(("plain",))
    assert body and "The bridge" in body.get_content() and "The tunnel" in body.get_content()
    assert "The harbour" not in letter.as_string(), "it came and went"
    assert set(digest.deliveries.values_list("state", flat=True)) == {DeliveryState.SENT}


def test_a_change_that_developed_is_told_once_in_a_digest(daily: User, settings: Any) -> None:
    follow(alter(daily, "The bridge"), VerdictWord.MISSING, minutes=30)

    with mail_server(settings) as mailbox:
        send_all(EIGHT)

    [letter] = mailbox.letters
    assert "Missing: a passage quoted in “The bridge”" in letter["Subject"]
    assert Digest.objects.get().deliveries.count() == 2


def test_what_was_answered_meanwhile_is_told_no_more(daily: User) -> None:
    alter(daily, "The bridge")
    answer_alert(only_alert(daily), state=AlertState.STILL_HOLDS, by=daily, now=at(5))

    assert gather_digests(now=EIGHT, limit=9) == []
    assert Delivery.objects.get().error == ANSWERED


def test_what_came_and_went_is_told_no_more(daily: User) -> None:
    follow(alter(daily, "The bridge"), VerdictWord.VERBATIM, minutes=30)

    assert previews_of(daily) == []
    assert gather_digests(now=EIGHT, limit=9) == []
    assert {(d.state, d.error) for d in Delivery.objects.all()} == {(DeliveryState.NOT_NEEDED, CAME_AND_WENT)}


def test_that_something_passed_is_told_in_the_digest_to_who_heard_of_it(reporter: User) -> None:
    PreferencesFactory(person=reporter, time_zone="UTC")
    citation = alter(reporter, "The bridge")
    send_all(NOON)
    follow(citation, VerdictWord.VERBATIM, minutes=30)

    [digest] = gather_digests(now=EIGHT, limit=9)

    assert send_digest(digest, now=lambda: EIGHT) == DeliveryState.SENT


def test_that_something_passed_is_not_told_once_it_came_back(reporter: User) -> None:
    PreferencesFactory(person=reporter, time_zone="UTC")
    citation = alter(reporter, "The bridge")
    send_all(NOON)
    follow(citation, VerdictWord.VERBATIM, minutes=30)
    follow(citation, VerdictWord.MISSING, minutes=60)
    send_all(at(60))

    assert gather_digests(now=EIGHT, limit=9) == []
    assert Delivery.objects.filter(error=TOLD_SINCE).count() == 1


def test_each_further_alert_in_a_digest_costs_two_queries(daily: User) -> None:
    """Of when it was first seen, and of what was told before."""
    counts = []
    for many in (2, 4):
        for number in range(many):
            alter(daily, f"Story {number} of {many}")
        [digest] = gather_digests(now=EIGHT, limit=9)
        with CaptureQueriesContext(connection) as queries:
            send_digest(digest, now=lambda: EIGHT)
        counts.append(len(queries))

    assert counts[1] - counts[0] == 4


def test_what_one_person_put_off_does_not_hold_up_another(daily: User, settings: Any) -> None:
    other = make_reporter()
    citation = quote(SourceFactory(), daily, other)
    find([citation], VerdictWord.ALTERED)
    tell_news(now=NOON)

    with mail_server(settings) as mailbox:
        send_all(NOON)

    assert [letter["To"] for letter in mailbox.letters] == [other.email]


def test_nobody_is_told_in_a_digest_what_another_is(daily: User) -> None:
    """Invariant 5."""
    other = once_a_day(make_reporter())
    alter(daily, "The bridge")
    alter(other, "The tunnel")

    previews = [preview.messages for person in (daily, other) for preview in previews_of(person)]
    digests = gather_digests(now=EIGHT, limit=9)

    assert [[message.account.alert.recipient for message in messages] for messages in previews] == [
        [daily],
        [other],
    ]
    assert [[each.alert.recipient for each in digest.deliveries.all()] for digest in digests] == [
        [daily],
        [other],
    ]


def sleeper(**fields: Any) -> User:
    return PreferencesFactory(
        person=make_reporter(),
        time_zone="UTC",
        quiet_from=time(11),
        quiet_until=time(14),
        grave_breaks_quiet=False,
        **fields,
    ).person


def test_one_alert_in_quiet_hours_is_sent_as_itself_when_they_end(daily: User) -> None:
    person = sleeper()
    follow(alter(person, "The bridge"), VerdictWord.MISSING, minutes=5)
    alter(daily, "The tunnel")

    send_all(at(119))
    sent_before = Delivery.objects.filter(state=DeliveryState.SENT).count()
    send_all(at(120))

    assert (sent_before, Digest.objects.count()) == (0, 0)
    assert list(Delivery.objects.order_by("pk").values_list("state", "timing", "error")) == [
        (DeliveryState.NOT_NEEDED, Timing.HELD, TOLD_TOGETHER),
        (DeliveryState.SENT, Timing.AT_ONCE, ""),
        (DeliveryState.WAITING, Timing.DAILY, ""),
    ]


def test_several_alerts_in_quiet_hours_are_one_digest_when_they_end() -> None:
    person = sleeper()
    alter(person, "The bridge")
    alter(person, "The tunnel")

    send_all(at(120))

    assert Digest.objects.get().deliveries.filter(state=DeliveryState.SENT).count() == 2


def test_after_a_pause_there_is_one_digest(settings: Any) -> None:
    person = PreferencesFactory(person=make_reporter(), time_zone="UTC", paused_until=date(2026, 5, 8)).person
    with mail_server(settings) as mailbox:
        for minutes in (0, 24 * 60, 48 * 60):
            alter(person, f"Story of minute {minutes}", minutes=minutes)
            send_all(at(minutes + 1))
        sent_in_the_pause = len(mailbox.letters)
        send_all(at(4 * 24 * 60))

    assert (sent_in_the_pause, len(mailbox.letters)) == (0, 1)


def test_quiet_hours_that_began_since_are_heeded_before_the_first_try() -> None:
    person = make_reporter()
    altered_alert(person)
    Preferences.objects.create(
        person=person, time_zone="UTC", quiet_from=time(11), quiet_until=time(14), grave_breaks_quiet=False
    )

    send_all(NOON)

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.timing, delivery.next_try_at, delivery.try_count) == (
        DeliveryState.WAITING,
        Timing.HELD,
        at(120),
        0,
    )


def test_a_message_that_may_have_left_is_not_put_into_another() -> None:
    """Invariant 3: else one alert would come under two Message-IDs."""
    person = make_reporter()
    altered_alert(person)
    Delivery.objects.get().claim(now=NOON, until=NOON + CLAIM_LASTS)
    Preferences.objects.create(person=person, quiet_from=time(0), quiet_until=time(23, 59))
    retime(person)

    send_all(NOON + CLAIM_LASTS)

    assert Delivery.objects.get().state == DeliveryState.SENT


@pytest.mark.parametrize("left", ["the newsroom", "the story"])
def test_nothing_is_told_in_a_digest_to_who_left_since(left: str, daily: User, settings: Any) -> None:
    """Invariant 5: it is looked up when the digest is sent."""
    alter(daily, "The bridge")
    alter(daily, "The tunnel")
    [digest] = gather_digests(now=EIGHT, limit=9)
    if left == "the newsroom":
        User.objects.update(is_active=False)
    for article in daily.articles.all():
        article.reporters.clear()

    with mail_server(settings) as mailbox:
        state = send_digest(digest, now=lambda: EIGHT)

    assert (state, mailbox.letters) == (DeliveryState.NOT_NEEDED, [])
    assert set(digest.deliveries.values_list("state", flat=True)) == {DeliveryState.NOT_NEEDED}


def test_a_digest_that_cannot_be_sent_now_is_tried_again_as_the_same(daily: User, settings: Any) -> None:
    """Invariant 3: the same Message-ID at each try, and nothing else of what it holds."""
    alter(daily, "The bridge")
    alter(daily, "The tunnel")
    with mail_server(settings) as mailbox:
        mailbox.answer_to_data = "451 try later"
        send_all(EIGHT)
        first_state = Digest.objects.get().state
        mailbox.answer_to_data = None
        send_all(EIGHT + CLAIM_LASTS)

    assert (first_state, Digest.objects.get().state) == (DeliveryState.WAITING, DeliveryState.SENT)
    assert message_ids(mailbox) == [str(Digest.objects.get().key)]


def test_a_digest_is_left_to_its_sender_and_sent_again_where_that_one_died(
    daily: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invariants 1 and 3."""
    alter(daily, "The bridge")
    [digest] = gather_digests(now=EIGHT, limit=9)

    def die(letter: Letter) -> str:
        raise KeyboardInterrupt

    monkeypatch.setitem(CHANNELS, Channel.EMAIL, die)
    with pytest.raises(KeyboardInterrupt):
        send_digest(digest, now=lambda: EIGHT)

    claimed_until = EIGHT + CLAIM_LASTS
    assert due_digests(now=claimed_until - timedelta(seconds=1), limit=9) == []
    assert due_digests(now=claimed_until, limit=9) == [digest]


def message_ids(mailbox: Mailbox) -> list[str]:
    return [letter["Message-ID"].strip("<>").split("@")[0] for letter in mailbox.letters]


def test_each_place_has_a_digest_of_its_own(daily: User) -> None:
    endpoint = EndpointFactory(person=daily, channel=Channel.WEBHOOK)
    HearingChoiceFactory(person=daily, endpoint=endpoint, gravity=Gravity.HIGH, timing=Timing.DAILY)
    alter(daily, "The bridge")
    alter(daily, "The tunnel")

    digests = gather_digests(now=EIGHT, limit=9)

    assert [(digest.channel, digest.endpoint) for digest in digests] == [
        (Channel.EMAIL, None),
        (Channel.WEBHOOK, endpoint),
    ]


def test_the_next_digest_can_be_looked_at_before_it_goes(daily: User) -> None:
    alter(daily, "The bridge")
    follow(alter(daily, "The tunnel"), VerdictWord.VERBATIM, minutes=30)

    [preview] = previews_of(daily)

    assert (preview.endpoint, preview.at) == (None, EIGHT)
    assert [message.headline.rest for message in preview.messages] == ["a passage quoted in “The bridge”"]
    assert Digest.objects.count() == 0


def test_what_is_on_its_way_in_a_digest_is_not_in_the_next_one(daily: User) -> None:
    alter(daily, "The bridge")
    gather_digests(now=EIGHT, limit=9)

    assert previews_of(daily) == []


def test_where_nothing_waits_there_is_no_next_digest(reporter: User) -> None:
    altered_alert(reporter)
    Following.objects.create(person=reporter)

    assert previews_of(reporter) == []
