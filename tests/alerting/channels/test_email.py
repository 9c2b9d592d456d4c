"""Letters as they arrive at a mail server: with what mail programs need, and nothing that drives them."""

import re
import threading
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client

from stories.alerting.channels import email
from stories.alerting.channels.email import send_email
from stories.alerting.channels.letter import Letter, letter_of_delivery, letter_of_digest
from stories.alerting.message import message_for
from stories.alerting.tell import tell_news
from stories.models import Delivery, HearingChoice, User
from stories.models.words import Gravity, Outcome, VerdictWord
from tests.alerting.mail_server import mail_server
from tests.alerting.scenes import NOON, altered_alert, at, deliveries_of, find, page_news, quote
from tests.factories import DigestFactory, FollowingFactory, SourceFactory, make_reporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(reporter: User) -> Letter:
    altered_alert(reporter, headline="Bridge to close")
    Delivery.objects.update(gravity=Gravity.HIGH)
    return letter_of(Delivery.objects.get())


def letter_of(delivery: Delivery) -> Letter:
    return letter_of_delivery(delivery, message_for(delivery))


def arrived(letter: Letter, settings: Any) -> EmailMessage:
    with mail_server(settings) as mailbox:
        send_email(letter)
    [mail] = mailbox.letters
    return mail


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    return found.get_content()


def stop_address(mail: EmailMessage) -> str:
    return str(mail["List-Unsubscribe"]).strip(" <>")


def test_a_mail_program_offers_to_unsubscribe_with_one_click(letter: Letter, settings: Any) -> None:
    """RFC 2369 and RFC 8058: an https address in List-Unsubscribe, and the pair to be posted to it."""
    settings.SITE_URL = "https://news.example"

    mail = arrived(letter, settings)

    assert re.fullmatch(
        r"<https://news\.example/desk/unsubscribe/[^<>\s]+/>", str(mail["List-Unsubscribe"]).strip()
    )
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"] == "<alerts.news.example>"


def test_what_the_mail_program_posts_stops_the_mail(letter: Letter, settings: Any, reporter: User) -> None:
    """As Gmail does it: a form's body, no cookie, no log-in, and no redirect is followed."""
    mail = arrived(letter, settings)
    path = stop_address(mail).removeprefix(settings.SITE_URL)

    response = Client(enforce_csrf_checks=True).post(
        path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == 200
    assert HearingChoice.objects.filter(person=reporter, timing="never").count() == 3


def test_the_way_out_is_in_the_letter_itself_too(letter: Letter, settings: Any) -> None:
    mail = arrived(letter, settings)

    assert stop_address(mail) in part(mail, "plain")
    assert stop_address(mail) in part(mail, "html")


def test_the_letter_loads_nothing_and_runs_nothing(letter: Letter, settings: Any) -> None:
    html = part(arrived(letter, settings), "html")

    assert not re.search(r"<(img|script|link|iframe|object|form)\b|url\(|@import|src=", html)


def test_the_letter_is_dark_where_its_reader_likes_it_dark(letter: Letter, settings: Any) -> None:
    html = part(arrived(letter, settings), "html")

    assert '<meta name="color-scheme" content="light dark">' in html
    assert "prefers-color-scheme: dark" in html


def test_the_words_are_marked_in_the_text_and_in_the_page(letter: Letter, settings: Any) -> None:
    mail = arrived(letter, settings)

    assert "The bridge [-will-] {+may+} be closed from Monday." in part(mail, "plain")
    assert re.search(
        r"<del [^>]*line-through[^>]*>will</del><ins [^>]*underline[^>]*>may</ins>", part(mail, "html")
    )


@pytest.mark.parametrize(
    "headline", ["Bridge\r\nBcc: all@news.example", "Bridge\nSubject: x", "Bridge\x0b\x85\u2028X-Evil: 1"]
)
def test_a_headline_adds_no_header(headline: str, reporter: User, settings: Any) -> None:
    altered_alert(reporter, headline=headline)

    mail = arrived(letter_of(Delivery.objects.get()), settings)

    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None
    assert len(mail.get_all("Subject")) == 1


def test_what_follows_refers_to_the_digest_that_told_of_it_first(reporter: User, settings: Any) -> None:
    alert = altered_alert(reporter)
    digest = DigestFactory(person=reporter)
    Delivery.objects.update(digest=digest)
    find([alert.verdicts.get().citation], VerdictWord.MISSING, minutes=5)
    [second] = tell_news(now=at(5))

    mail = arrived(letter_of(second), settings)

    assert str(mail["References"]).startswith(f"<{digest.key}@")


def test_a_digest_tells_of_every_alert_gravest_first(reporter: User, settings: Any) -> None:
    restored = quote(SourceFactory(), reporter, headline="Ferry runs again")
    find([restored], VerdictWord.UNREADABLE)
    find([quote(SourceFactory(), reporter, headline="Bridge to close")], VerdictWord.ALTERED)
    tell_news(now=NOON)
    digest = DigestFactory(person=reporter)
    messages = [message_for(delivery) for delivery in deliveries_of(reporter)]

    mail = arrived(letter_of_digest(digest, messages, gravity=Gravity.HIGH), settings)

    assert mail["Message-ID"] == f"<{digest.key}@127.0.0.1>"
    assert (
        str(mail["Subject"]).strip() == "2 alerts: Altered: a passage quoted in “Bridge to close”, and 1 more"
    )
    for kind in ("plain", "html"):
        text = part(mail, kind)
        assert text.index("Bridge to close") < text.index("Ferry runs again")
    for message in messages:
        assert message.alert_url in part(mail, "html")


def test_a_long_digest_tells_the_gravest_in_full_and_counts_the_rest(
    reporter: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(email, "ALERTS_IN_FULL", 2)
    for _ in range(3):
        find([quote(SourceFactory(), reporter)], VerdictWord.ALTERED)
    tell_news(now=NOON)
    messages = [message_for(delivery) for delivery in deliveries_of(reporter)]

    mail = arrived(letter_of_digest(DigestFactory(person=reporter), messages, gravity=Gravity.HIGH), settings)

    assert str(mail["Subject"]).strip().startswith("3 alerts: ")
    for kind in ("plain", "html"):
        assert "And 1 more." in part(mail, kind)
        assert sum(message.alert_url in part(mail, kind) for message in messages) == 2


def test_who_follows_a_source_alone_is_told_of_no_story(reporter: User, settings: Any) -> None:
    """Invariant 5."""
    source = SourceFactory(title="Port notices")
    quote(source, make_reporter(), headline="Secret investigation")
    FollowingFactory(person=reporter, source=source)
    page_news(source, Outcome.GONE)
    tell_news(now=NOON)
    [delivery] = deliveries_of(reporter)

    mail = arrived(letter_of(delivery), settings)

    for kind in ("plain", "html"):
        text = part(mail, kind)
        assert "Port notices" in text
        assert "Secret investigation" not in text
        assert "rests on it" not in text.lower()
        assert "resting on it" not in text.lower()


def test_a_letter_that_was_taken_is_not_kept_waiting_by_a_server_that_says_no_goodbye(
    letter: Letter, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invariant 3: until it is marked as sent, whatever befalls the sender has it sent again."""
    goodbye = threading.Event()
    monkeypatch.setattr(email, "FAREWELL_SECONDS", 0.2)

    with mail_server(settings) as mailbox:
        mailbox.goodbye = goodbye
        assert send_email(letter)
        goodbye.set()

    assert len(mailbox.letters) == 1
