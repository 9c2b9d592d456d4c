"""Links to choose a password: for who was invited, and for who forgot. They work once, and not for ever."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories import tasks
from stories.accounts.letters import password_link
from stories.alerting.mail_server import note_away
from stories.models import Act, AuditEntry, Pulse, User
from stories.models.pulse import MAIL_IS_AWAY
from tests.alerting.mail_server import mail_server
from tests.factories import UserFactory, find_role, make_chief, make_reporter
from tests.signing_in.people import is_signed_in, sign_in, with_password

pytestmark = pytest.mark.django_db

GOOD = "three ports and a mayor"


def follow(client: Client, link: str, password: str = GOOD) -> str:
    """Choose a password by it; the page that is there then."""
    opened = client.get(link, follow=True)
    if not opened.redirect_chain:
        return opened.content.decode()
    chosen = client.post(
        opened.redirect_chain[-1][0], {"password1": password, "password2": password}, follow=True
    )
    return chosen.content.decode()


def link_in(letter: mail.EmailMessage) -> str:
    found = re.search(r"http://\S+", letter.body)
    assert found
    return found[0]


def test_a_link_of_an_account_that_was_closed_meanwhile_chooses_no_password() -> None:
    """Whoever kept the letter would know the password when it is opened again."""
    kit = with_password(make_reporter(username="kit", email="kit@newsroom.example"))
    link = password_link(kit)
    User.objects.filter(pk=kit.pk).update(is_active=False)

    page = follow(Client(), link)

    assert "no longer works" in page
    assert User.objects.get(pk=kit.pk).password == kit.password


def test_an_invited_person_chooses_a_password_once() -> None:
    chief, newcomer = Client(), Client()
    chief.force_login(make_chief(username="noor"))
    form = {"username": "kit", "email": "kit@newsroom.example", "groups": [find_role("Reporters").pk]}

    made = chief.post(reverse("admin:stories_user_add"), form)

    assert made.status_code == 302, made.context["errors"]
    kit = User.objects.get(username="kit")
    tasks.mail_invitation(kit.pk)
    link = link_in(mail.outbox[0])
    assert "Your password is set" in follow(newcomer, link)
    assert "no longer works" in follow(Client(), link, "somebody else’s")
    sign_in(newcomer, "kit", GOOD)
    assert is_signed_in(newcomer)
    told = list(AuditEntry.objects.filter(actor="noor").order_by("pk").values_list("act", flat=True))
    assert told == [Act.PERSON_MADE, Act.ROLES_CHANGED, Act.PERSON_INVITED]


def test_an_account_without_an_address_has_its_link_handed_over_once() -> None:
    chief = Client()
    chief.force_login(make_chief())

    made = chief.post(reverse("admin:stories_user_add"), {"username": "kit"}, follow=True)

    html = made.content.decode()
    assert "Hand this link over" in html
    assert "/account/password/" in html


def test_a_link_works_for_a_while() -> None:
    kit = UserFactory(username="kit")
    with time_machine.travel(timezone.now() - timedelta(hours=48 + 24)):
        link = password_link(kit)

    assert "no longer works" in follow(Client(), link)


def test_who_is_invited_to_the_admin_is_let_in() -> None:
    chief = Client()
    chief.force_login(make_chief())

    chief.post(reverse("admin:stories_user_add"), {"username": "ruth", "groups": [find_role("Editors").pk]})

    assert User.objects.get(username="ruth").is_staff


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("email", ["kit@newsroom.example", "nobody@newsroom.example"])
def test_whether_there_is_an_account_is_told_to_the_mailbox_alone(
    email: str, client: Client, django_capture_on_commit_callbacks: object
) -> None:
    with_password(make_reporter(username="kit", email="kit@newsroom.example"))
    asked: list[str] = []

    with django_capture_on_commit_callbacks() as waiting:  # type: ignore[operator]
        page = client.post(reverse("account_reset_password"), {"email": email}, follow=True)

    assert "If there is an account with that address" in page.content.decode()
    assert len(waiting) == 1, asked
    assert mail.outbox == []
    tasks.mail_link(email)
    assert [letter.to for letter in mail.outbox] == ([[email]] if email.startswith("kit") else [])


@pytest.mark.usefixtures("worker")
def test_a_link_comes_through_a_mail_server_that_wants_to_be_asked_twice(settings: Any) -> None:
    make_reporter(email="kit@newsroom.example")

    with mail_server(settings) as mailbox:
        mailbox.greylist = set()
        tasks.mail_link("kit@newsroom.example")

    assert [letter["To"] for letter in mailbox.letters] == ["kit@newsroom.example"]


@pytest.mark.usefixtures("worker")
def test_of_two_who_share_an_address_none_gets_a_link_twice(settings: Any) -> None:
    for _ in range(2):
        make_reporter(email="desk@newsroom.example")

    with mail_server(settings) as mailbox:
        mailbox.answers_to_senders = ["250 OK", "450 not so fast", "450 not so fast"]
        tasks.mail_link("desk@newsroom.example")

    told = [person_of_link(letter.get_content()) for letter in mailbox.letters]
    assert len(told) == len(set(told)) == 2


def person_of_link(body: str) -> str:
    found = re.search(r"http://\S+/(\w+)-\S+/", body)
    assert found
    return found[1]


def test_a_mail_server_that_takes_such_a_letter_is_there(settings: Any) -> None:
    note_away(now=timezone.now())

    with mail_server(settings):
        tasks.mail_invitation(make_reporter(email="kit@newsroom.example").pk)

    assert Pulse.last_beat(MAIL_IS_AWAY) is None


def test_a_letter_that_is_refused_for_good_is_not_sent_again(settings: Any) -> None:
    kit = make_reporter(email="kit@newsroom.example")

    with mail_server(settings) as mailbox:
        mailbox.answer_to_recipient, mailbox.answers_to_senders = "550 no such mailbox", ["250 OK"] * 7
        tasks.mail_invitation.apply((kit.pk,))

    assert len(mailbox.answers_to_senders) == 6


@pytest.mark.usefixtures("worker")
def test_a_closed_account_gets_no_link(client: Client) -> None:
    make_reporter(email="kit@newsroom.example", is_active=False)

    tasks.mail_link("kit@newsroom.example")

    assert mail.outbox == []


def test_choosing_a_password_ends_every_other_session(client: Client) -> None:
    kit = with_password(make_reporter(username="kit"))
    elsewhere = Client()
    sign_in(elsewhere, "kit")
    kit.refresh_from_db()

    follow(client, password_link(kit))

    assert elsewhere.get(reverse("desk_inbox")).status_code == 302


@pytest.mark.usefixtures("worker")
def test_the_mailbox_is_told_that_the_password_is_another(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    kit = with_password(make_reporter(username="kit", email="kit@newsroom.example"))

    with django_capture_on_commit_callbacks(execute=True):
        follow(client, password_link(kit))

    [letter] = mail.outbox
    assert letter.to == ["kit@newsroom.example"]
    assert "was reset with a link sent by e-mail" in letter.body


def test_a_letter_has_one_subject_whatever_somebody_is_called() -> None:
    kit = make_reporter(username="kit", first_name="Kit\nBcc: evil@example.org", email="kit@newsroom.example")

    tasks.mail_invitation(kit.pk)

    assert "evil" not in mail.outbox[0].subject
    assert mail.outbox[0].to == ["kit@newsroom.example"]


def test_whoever_asks_for_links_too_often_is_told_on_a_page_of_the_house(client: Client) -> None:
    asked = [
        client.post(reverse("account_reset_password"), {"email": "noor@newsroom.example"}) for _ in range(7)
    ]

    assert asked[-1].status_code == 429
    assert "Too many requests" in asked[-1].content.decode()


@pytest.mark.usefixtures("worker")
def test_nobody_can_have_more_than_a_few_letters_an_hour_sent_to_somebody(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    make_reporter(email="kit@newsroom.example")
    noon = timezone.now()

    for minute in range(8):
        with (
            time_machine.travel(noon + timedelta(minutes=minute)),
            django_capture_on_commit_callbacks(execute=True),
        ):
            client.post(reverse("account_reset_password"), {"email": "kit@newsroom.example"})
    a_few = len(mail.outbox)
    with time_machine.travel(noon + timedelta(hours=2)), django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": "kit@newsroom.example"})

    assert (a_few, len(mail.outbox)) == (5, 6)


@pytest.mark.usefixtures("worker")
def test_nobody_is_kept_from_a_link_by_whoever_goes_on_asking_for_one(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    make_reporter(email="kit@newsroom.example")
    noon = timezone.now()

    mailed = []
    for minutes in range(0, 180, 10):
        with (
            time_machine.travel(noon + timedelta(minutes=minutes)),
            django_capture_on_commit_callbacks(execute=True),
        ):
            client.post(reverse("account_reset_password"), {"email": "kit@newsroom.example"})
        mailed.append(len(mail.outbox))

    assert (mailed[6], mailed[-1]) == (5, 10)


@pytest.mark.usefixtures("worker")
def test_what_was_asked_for_while_no_worker_was_there_is_mailed_once_one_is(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    make_reporter(email="kit@newsroom.example")
    noon = timezone.now()

    with django_capture_on_commit_callbacks(execute=True):
        for minute in range(8):
            with time_machine.travel(noon + timedelta(minutes=minute)):
                client.post(reverse("account_reset_password"), {"email": "kit@newsroom.example"})

    assert len(mail.outbox) == 5
