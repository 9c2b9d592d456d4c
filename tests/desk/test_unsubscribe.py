"""The page behind a letter's “no more mail of this kind”: it asks, and only an answer stops anything."""

import pytest
from django.test import Client

from stories.alerting.unsubscribing import Subscription, unsubscribe_address
from stories.models import User
from stories.models.words import Gravity

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def path(reporter: User, settings: object) -> str:
    address = unsubscribe_address(reporter, gravity=Gravity.NORMAL)
    return address[address.index("/desk/") :]


@pytest.fixture
def stranger() -> Client:
    """Whoever opens the address: no log-in, no cookie, no token of a form."""
    return Client(enforce_csrf_checks=True)


def is_stopped(reporter: User) -> bool:
    return Subscription(reporter, Gravity.NORMAL).is_stopped


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_it_stops_nothing(method: str, path: str, stranger: Client, reporter: User) -> None:
    """RFC 8058, section 1: scanners of mail follow every link in it."""
    response = getattr(stranger, method)(path)

    assert response.status_code == 200
    assert not is_stopped(reporter)


def test_it_says_what_would_stop_and_what_would_not(path: str, stranger: Client) -> None:
    html = stranger.get(path).content.decode()

    assert "Stop e-mail of this kind?" in html
    assert "What is grave still comes" in html
    assert 'name="List-Unsubscribe" value="One-Click"' in html


def test_one_click_stops_it_without_a_redirect(path: str, stranger: Client, reporter: User) -> None:
    response = stranger.post(path, ONE_CLICK)

    assert response.status_code == 200
    assert "You will get no more e-mail of this kind" in response.content.decode()
    assert not response.cookies
    assert is_stopped(reporter)


def test_it_can_be_taken_back_there(path: str, stranger: Client, reporter: User) -> None:
    stranger.post(path, ONE_CLICK)

    stranger.post(path, {"resume": "yes"})

    assert not is_stopped(reporter)


def test_a_post_that_does_not_ask_for_it_stops_nothing(path: str, stranger: Client, reporter: User) -> None:
    stranger.post(path, {})

    assert not is_stopped(reporter)


def test_a_forged_address_leads_nowhere(path: str, stranger: Client) -> None:
    forged = path.replace("-2:", "-3:")

    assert forged != path
    assert stranger.post(forged, ONE_CLICK).status_code == 404


def test_the_page_is_kept_and_indexed_by_nobody(path: str, stranger: Client) -> None:
    response = stranger.get(path)

    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
