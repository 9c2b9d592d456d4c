"""Sending: claimed once, tried again with back-off, given up visibly, and known again by its Message-ID."""

import smtplib
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError, connection

from stories.alerting import send
from stories.alerting.channels.email import send_email
from stories.alerting.channels.letter import Letter, letter_of_delivery
from stories.alerting.mail_server import note_away, note_back
from stories.alerting.send import BACK_OFF_OF_MAIL, CLAIM_LASTS, due_deliveries, send_delivery
from stories.alerting.tell import tell_news
from stories.models import Delivery, Pulse, User
from stories.models.outgoing import MOST_TRIES
from stories.models.pulse import MAIL_IS_AWAY
from stories.models.words import DeliveryState, VerdictWord
from tests.alerting.mail_server import mail_server
from tests.alerting.scenes import NOON, altered_alert, at, clock_at, find, quote
from tests.factories import SourceFactory, make_reporter
from tests.ports import find_free_port

pytestmark = pytest.mark.django_db


def noon() -> datetime:
    return NOON


@pytest.fixture
def delivery(reporter: User) -> Delivery:
    altered_alert(reporter, headline="Harbour bridge closes")
    return Delivery.objects.get()


def test_a_due_delivery_is_sent_and_marked(delivery: Delivery) -> None:
    [due] = due_deliveries(now=NOON, limit=10)

    state = send_delivery(due, now=noon)

    delivery.refresh_from_db()
    assert state == delivery.state == DeliveryState.SENT
    assert (delivery.sent_at, delivery.try_count, delivery.error) == (NOON, 1, "")
    assert [letter.to for letter in mail.outbox] == [[delivery.alert.recipient.email]]


def test_what_is_sent_is_due_no_more(delivery: Delivery) -> None:
    send_delivery(delivery, now=noon)

    assert due_deliveries(now=at(600), limit=10) == []
    assert send_delivery(delivery, now=lambda: at(600)) is None
    assert len(mail.outbox) == 1


def test_no_more_are_taken_than_asked_for(delivery: Delivery) -> None:
    altered_alert(make_reporter(), now=at(1))

    assert due_deliveries(now=at(2), limit=1) == [delivery]


def test_a_claimed_delivery_is_left_to_its_sender(delivery: Delivery) -> None:
    """Invariant 3: a delivery is claimed by a conditional update before it is sent."""
    delivery.claim(now=NOON, until=NOON + CLAIM_LASTS)

    assert send_delivery(delivery, now=lambda: at(1)) is None
    assert mail.outbox == []


def test_who_claims_one_delivery_leaves_the_others(delivery: Delivery) -> None:
    altered_alert(make_reporter(), now=at(1))
    other = Delivery.objects.exclude(pk=delivery.pk).get()

    delivery.claim(now=at(1), until=at(1) + CLAIM_LASTS)

    assert due_deliveries(now=at(1), limit=10) == [other]


def test_a_resend_after_a_crash_carries_the_same_message_id(delivery: Delivery, settings: Any) -> None:
    """Invariant 3: a sender that died between the server's "accepted" and its mark is recognised as the same."""
    with mail_server(settings) as mailbox:
        delivery.claim(now=NOON, until=NOON + CLAIM_LASTS)
        send_email(letter_of_delivery(delivery, send.message_for(delivery)))
        before_the_claim_ends = due_deliveries(now=at(1), limit=10)

        [again] = due_deliveries(now=NOON + CLAIM_LASTS, limit=10)
        state = send_delivery(again, now=lambda: NOON + CLAIM_LASTS)

    assert (before_the_claim_ends, state) == ([], DeliveryState.SENT)
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 1
    assert len(mailbox.letters) == 2


def test_who_has_lost_the_claim_writes_nothing(delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    """Invariant 3: the mark after sending is conditional on our own claim."""

    def take_seven_minutes(_letter: Letter) -> str:
        delivery.claim(now=at(7), until=at(9))
        return ""

    monkeypatch.setitem(send.CHANNELS, delivery.channel, take_seven_minutes)

    assert send_delivery(delivery, now=noon) is None
    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_try_at) == (DeliveryState.SENDING, at(9))


def test_temporary_errors_are_tried_again_with_back_off_and_then_given_up(
    delivery: Delivery, settings: Any
) -> None:
    pauses = []
    with mail_server(settings) as mailbox:
        mailbox.answer_to_data = "451 try later"
        for _ in BACK_OFF_OF_MAIL:
            tried_at = delivery.next_try_at
            assert send_delivery(delivery, now=clock_at(tried_at)) == DeliveryState.WAITING
            delivery.refresh_from_db()
            pauses.append(delivery.next_try_at - tried_at)

        last = send_delivery(delivery, now=clock_at(delivery.next_try_at))

    delivery.refresh_from_db()
    assert pauses[:6] == [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240)]
    assert timedelta(hours=59) < sum(pauses, timedelta()) < timedelta(hours=60)
    assert (last, delivery.state) == (DeliveryState.GIVEN_UP, DeliveryState.GIVEN_UP)
    assert "451 try later" in delivery.error
    assert mailbox.letters == []


def test_a_delivery_recovers_when_the_server_does(delivery: Delivery, settings: Any) -> None:
    with mail_server(settings) as mailbox:
        mailbox.answer_to_data = "451 try later"
        send_delivery(delivery, now=noon)
        mailbox.answer_to_data = None

        state = send_delivery(delivery, now=lambda: at(1))

    delivery.refresh_from_db()
    assert (state, delivery.error) == (DeliveryState.SENT, "")
    assert len(mailbox.letters) == 1


@pytest.mark.parametrize(
    ("stage", "answer", "state"),
    [
        ("answer_to_recipient", "550 no such mailbox", DeliveryState.GIVEN_UP),
        ("answer_to_recipient", "450 greylisted", DeliveryState.WAITING),
        ("answer_to_data", "554 message refused", DeliveryState.GIVEN_UP),
        ("answer_to_data", "452 disk full", DeliveryState.WAITING),
        # Told of this letter's size, and not of us (RFC 1870, section 6.1).
        ("answer_to_sender", "552 message too large", DeliveryState.GIVEN_UP),
        ("answer_to_sender", "452 no room for so much", DeliveryState.WAITING),
    ],
)
def test_what_a_server_refuses_for_good_is_given_up_and_the_rest_is_tried_again(
    stage: str, answer: str, state: DeliveryState, delivery: Delivery, settings: Any
) -> None:
    with mail_server(settings) as mailbox:
        setattr(mailbox, stage, answer)

        ended = send_delivery(delivery, now=noon)

    delivery.refresh_from_db()
    assert (ended, mailbox.letters) == (state, [])
    assert answer in delivery.error
    assert Pulse.last_beat(MAIL_IS_AWAY) is None


def test_an_answer_that_no_database_keeps_ends_it_all_the_same(delivery: Delivery, settings: Any) -> None:
    with mail_server(settings) as mailbox:
        mailbox.answer_to_data = "554 message\0 refused"

        ended = send_delivery(delivery, now=noon)

    delivery.refresh_from_db()
    assert (ended, delivery.error) == (DeliveryState.GIVEN_UP, "554 message refused")


def test_a_refused_connection_is_temporary(delivery: Delivery, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", find_free_port()

    assert send_delivery(delivery, now=noon) == DeliveryState.WAITING
    delivery.refresh_from_db()
    assert "ConnectionRefusedError" in delivery.error


def test_a_server_that_hangs_up_over_a_letter_is_asked_again(delivery: Delivery, settings: Any) -> None:
    with mail_server(settings) as mailbox:
        mailbox.hangs_up, mailbox.answer_to_data = True, "451 never heard"

        state = send_delivery(delivery, now=noon)

    delivery.refresh_from_db()
    assert state == DeliveryState.WAITING
    assert "SMTPServerDisconnected" in delivery.error


@pytest.mark.parametrize(
    ("stage", "answer"),
    [("answer_to_hello", "554 no mail from your network"), ("answer_to_sender", "530 log in first")],
)
def test_a_server_that_takes_nothing_from_us_loses_nobody_a_letter(
    stage: str, answer: str, delivery: Delivery, settings: Any
) -> None:
    with mail_server(settings) as mailbox:
        setattr(mailbox, stage, answer)

        state = send_delivery(delivery, now=noon)

    delivery.refresh_from_db()
    assert (state, Pulse.last_beat(MAIL_IS_AWAY)) == (DeliveryState.WAITING, NOON)
    assert answer in delivery.error


@pytest.mark.parametrize("answer", [None, "550 no such mailbox"])
def test_what_waited_for_the_server_is_due_when_it_takes_a_letter_or_looks_at_one(
    answer: str | None, delivery: Delivery, reporter: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", find_free_port()
    send_delivery(delivery, now=noon)
    Delivery.objects.update(next_try_at=at(240))
    find([quote(SourceFactory(), reporter)], VerdictWord.MISSING)
    tell_news(now=NOON)

    with mail_server(settings) as mailbox:
        mailbox.answer_to_recipient = answer
        send_delivery(Delivery.objects.latest("pk"), now=lambda: at(10))

    delivery.refresh_from_db()
    assert (delivery.next_try_at, Pulse.last_beat(MAIL_IS_AWAY)) == (at(10), None)


def test_a_server_that_takes_one_letter_and_not_the_next_loses_nobody_any(
    delivery: Delivery, settings: Any
) -> None:
    with mail_server(settings) as mailbox:
        for turn in range(MOST_TRIES + 1):
            mailbox.answers_to_senders = ["450 too many letters", "250 OK"]
            send_delivery(delivery, now=clock_at(at(turn)))
            altered_alert(make_reporter(), now=at(turn))
            send_delivery(Delivery.objects.latest("pk"), now=clock_at(at(turn + 0.5)))

        state = send_delivery(delivery, now=clock_at(at(turn + 1)))

    assert state == DeliveryState.SENT
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == len(mailbox.letters) == turn + 2


def test_what_the_server_says_of_a_letter_counts_however_often_it_is_away(
    delivery: Delivery, settings: Any
) -> None:
    with mail_server(settings) as mailbox:
        mailbox.answer_to_data = "451 try later"
        send_delivery(delivery, now=noon)
        note_away(now=at(0.2))
        note_back(now=at(0.5))

    delivery.refresh_from_db()
    assert (delivery.try_count, delivery.next_try_at) == (1, at(1))


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_was_taken_is_marked_so_before_all_else(delivery: Delivery, settings: Any) -> None:
    """Invariant 3: whatever fails after the server has accepted it must not have it sent again."""
    with (
        mail_server(settings) as mailbox,
        connection.execute_wrapper(fail_on_pulses),
        pytest.raises(OperationalError),
    ):
        send_delivery(delivery, now=noon)

    delivery.refresh_from_db()
    assert (delivery.state, len(mailbox.letters)) == (DeliveryState.SENT, 1)


def fail_on_pulses(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if Pulse._meta.db_table in sql:
        raise OperationalError("canceling statement due to lock timeout")
    return execute(sql, params, many, context)


def test_an_address_that_cannot_be_written_is_given_up(reporter: User, settings: Any) -> None:
    User.objects.update(email="two@addresses.example\nBcc: all@addresses.example")
    altered_alert(User.objects.get())

    with mail_server(settings) as mailbox:
        state = send_delivery(Delivery.objects.get(), now=noon)

    assert (state, mailbox.letters) == (DeliveryState.GIVEN_UP, [])


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"is_active": False}, "the account is no longer active"),
        ({"email": ""}, "the person has no e-mail address"),
    ],
)
def test_nothing_is_sent_to_people_who_left(fields: dict[str, Any], reason: str, delivery: Delivery) -> None:
    User.objects.filter(pk=delivery.alert.recipient_id).update(**fields)

    state = send_delivery(delivery, now=noon)

    delivery.refresh_from_db()
    assert (state, delivery.error, mail.outbox) == (DeliveryState.NOT_NEEDED, reason, [])


def test_nothing_is_sent_to_a_person_who_lost_the_story(delivery: Delivery) -> None:
    """Invariant 5: who reports the story no more may not read of its passages."""
    for article in delivery.alert.recipient.articles.all():
        article.reporters.clear()

    state = send_delivery(delivery, now=noon)

    delivery.refresh_from_db()
    assert (state, mail.outbox) == (DeliveryState.NOT_NEEDED, [])
    assert delivery.error.startswith("reports, follows or edits no story")


def body_of(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert part is not None
    return part.get_content()


def test_a_letter_has_what_mail_programs_need(delivery: Delivery, settings: Any) -> None:
    settings.SITE_URL = "https://news.example"

    with mail_server(settings) as mailbox:
        send_delivery(delivery, now=noon)

    [letter] = mailbox.letters
    assert letter["Message-ID"] == f"<{delivery.key}@news.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Subject"].strip() == "Altered: a passage quoted in “Harbour bridge closes”"
    assert letter["In-Reply-To"] is None
    for kind in ("plain", "html"):
        assert f"https://news.example/desk/alerts/{delivery.alert_id}/" in body_of(letter, kind)


def test_a_letter_has_nothing_that_drives_a_terminal(reporter: User, settings: Any) -> None:
    citation = quote(SourceFactory(), reporter, headline="Closed\x1b]0;a\x07\r\nBcc: all@news.example")
    find([citation], VerdictWord.ALTERED, wording="It\x1b[2Jis \x9bopen\u2028now.")
    tell_news(now=NOON)

    with mail_server(settings) as mailbox:
        send_delivery(Delivery.objects.get(), now=noon)

    [letter] = mailbox.letters
    assert letter["Bcc"] is None
    text = letter["Subject"] + body_of(letter, "plain") + body_of(letter, "html")
    assert "\ufffd[2Jis" in text
    assert not set("\x1b\x07\x9b\u2028") & set(text)


def test_what_follows_is_one_thread_with_the_first_letter(delivery: Delivery, settings: Any) -> None:
    find([delivery.alert.verdicts.get().citation], VerdictWord.MISSING, minutes=5)
    [second] = tell_news(now=at(5))

    with mail_server(settings) as mailbox:
        send_delivery(delivery, now=noon)
        send_delivery(second, now=lambda: at(5))

    first_letter, second_letter = mailbox.letters
    assert second_letter["In-Reply-To"] == second_letter["References"] == first_letter["Message-ID"]
    assert second_letter["Message-ID"] != first_letter["Message-ID"]


def test_every_error_of_the_library_means_something() -> None:
    """A table of smtplib's own tree, so that a new branch of it is noticed."""
    known = {
        "SMTPAuthenticationError",
        "SMTPConnectError",
        "SMTPDataError",
        "SMTPException",
        "SMTPHeloError",
        "SMTPNotSupportedError",
        "SMTPRecipientsRefused",
        "SMTPResponseException",
        "SMTPSenderRefused",
        "SMTPServerDisconnected",
    }

    found = {name for name, value in vars(smtplib).items() if _is_error(value)}

    assert found == known


def _is_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, smtplib.SMTPException)


def test_of_two_senders_one_sends(delivery: Delivery, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Invariant 3: a second worker that comes while the first is talking to the server goes away again."""
    second: list[DeliveryState | None] = []

    def send_while_another_tries(letter: Letter) -> str:
        monkeypatch.undo()
        second.append(send_delivery(Delivery.objects.get(key=letter.key), now=lambda: at(1)))
        return send_email(letter)

    monkeypatch.setitem(send.CHANNELS, delivery.channel, send_while_another_tries)
    with mail_server(settings) as mailbox:
        first = send_delivery(delivery, now=noon)

    assert (first, second) == (DeliveryState.SENT, [None])
    assert len(mailbox.letters) == 1
