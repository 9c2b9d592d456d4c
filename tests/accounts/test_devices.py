"""Browsers on which somebody has signed in before."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from stories.accounts.devices import device_of, remember
from stories.models import User


@pytest.fixture
def browser(rf: RequestFactory):
    """Signs these people in, one after the other; returns what it sends, and the last answer."""

    def sign_in(*names: str):
        request, answer = rf.get("/"), HttpResponse()
        for name in names:
            remember(request, answer, User(username=name))
            request.COOKIES = {key: morsel.value for key, morsel in answer.cookies.items()}
        return request, answer

    return sign_in


def test_two_who_share_a_browser_are_both_known_on_it_however_often_one_signs_in(browser):
    request, _answer = browser("kit", "lee", *["kit"] * 25)

    assert device_of(request, "lee") == device_of(request, "kit") != ""
    assert device_of(request, "ines") == ""


def test_signing_in_makes_it_no_other_browser(browser):
    """Else whoever has an account would guess at another's anew after each sign-in of their own."""
    request, answer = browser("kit", "lee")
    before = device_of(request, "kit")

    remember(request, answer, User(username="lee"))
    request.COOKIES = {key: morsel.value for key, morsel in answer.cookies.items()}

    assert device_of(request, "kit") == before


def test_no_script_reads_what_tells_a_browser(browser):
    _request, answer = browser("kit")

    (cookie,) = answer.cookies.values()
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
