"""A session that ended while somebody typed at the desk: nothing is done, and nothing that they wrote is lost."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.models import Alert, User
from tests.signing_in.people import sign_in, with_password

pytestmark = pytest.mark.django_db

BUS = "Written on the bus."


def send_and_sign_in(
    client: Client, person: User, address: str, fields: dict[str, Any], **headers: str
) -> str:
    """The page on which somebody finds themselves who sends this without a session and signs in."""
    asked = client.post(address, {"person": person.pk, **fields}, headers=headers, follow=True)
    assert "You had been signed out, so nothing was saved." in asked.content.decode()
    person.set_password("of the reporter")
    person.save()
    signed_in = {
        "login": person.username,
        "password": "of the reporter",
        "next": asked.context["redirect_field_value"],
    }
    answered = client.post(reverse("account_login"), signed_in, follow=True)
    assert answered.status_code == 200
    return answered.content.decode()


def test_the_reason_of_an_answer_is_in_its_form_again(client: Client, reporter: User, alert: Alert) -> None:
    address = reverse("desk_answer", args=[alert.pk])

    html = send_and_sign_in(client, reporter, address, {"state": "ignored", "note": BUS})

    assert f'maxlength="2000">{BUS}</textarea>' in html
    assert Alert.objects.get().is_open
    assert BUS not in client.get(alert.get_absolute_url()).content.decode()


def test_a_note_is_in_its_form_again(client: Client, reporter: User, alert: Alert) -> None:
    html = send_and_sign_in(client, reporter, reverse("desk_note", args=[alert.pk]), {"note": BUS})

    assert f"required>{BUS}</textarea>" in html
    assert not alert.events.filter(note=BUS).exists()


def test_the_form_says_whose_words_they_are_and_nobody_else_finds_them(
    client: Client, reporter: User, alert: Alert
) -> None:
    client.force_login(reporter)
    html = client.get(alert.get_absolute_url()).content.decode()
    assert html.count(f'name="person" value="{reporter.pk}"') == len(("answer", "note"))
    client.logout()
    fields = {"note": BUS, "person": reporter.pk + 1}

    html = send_and_sign_in(client, reporter, reverse("desk_note", args=[alert.pk]), fields)

    assert BUS not in html


def test_the_reason_of_many_answers_is_in_the_view_that_they_were_given_in(
    client: Client, reporter: User, alert: Alert
) -> None:
    view = f"http://testserver{reverse('desk_inbox')}?q=bridge"

    html = send_and_sign_in(
        client, reporter, reverse("desk_answers"), {"answer": "ignored", "note": BUS}, referer=view
    )

    assert f'name="note" value="{BUS}"' in html
    assert 'value="bridge"' in html


@pytest.mark.parametrize("before", ["", "https://elsewhere.example/desk/", "not an address"])
def test_who_comes_from_nowhere_of_ours_is_brought_to_the_inbox(
    before: str, client: Client, reporter: User
) -> None:
    html = send_and_sign_in(client, reporter, reverse("desk_undo"), {}, referer=before)

    assert "<h1>Alerts</h1>" in html


SENT = pytest.mark.parametrize(
    ("address", "fields"), [("desk_answers", {"note": BUS}), ("desk_cite", {"exact": BUS})]
)


@SENT
def test_where_somebody_signed_in_before_it_waits_for_as_long_as_they_would_stay_so(
    address: str, fields: dict[str, str], client: Client, reporter: User
) -> None:
    with_password(reporter)
    sign_in(client, reporter.username)
    client.post(reverse("account_logout"))

    client.post(reverse(address), fields)

    assert Session.objects.get().expire_date > timezone.now() + timedelta(hours=11)


@SENT
def test_a_stranger_fills_the_database_with_nothing_that_stays(
    address: str, fields: dict[str, str], client: Client
) -> None:
    typed = urlencode({**fields, "person": "1" * 500_000})
    client.post(reverse(address), typed, content_type="application/x-www-form-urlencoded")

    session = Session.objects.get()
    assert session.expire_date <= timezone.now() + timedelta(hours=1)
    assert len(session.session_data) < 2_000
