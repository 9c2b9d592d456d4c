"""What each request of a person brings with it: an address for the audit log, a second factor owed, a zone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from stories.auditing.entries import asked_by
from stories.signing_in import listening as _listening  # noqa: F401 - it listens from here on
from stories.signing_in.owing import is_owed

_Get = Callable[[HttpRequest], HttpResponse]
#: Where people work. Readers' pages are the same for everybody, and are kept in caches.
_OF_THE_NEWSROOM = ("/desk/", "/admin/", "/preview/")
_OF_THEIR_OWN = ("/desk/", "/admin/", "/account/")


class Asked:
    """Whatever is written to the audit log while a request is answered says where it came from."""

    def __init__(self, get_response: _Get) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with asked_by(request):
            return self.get_response(request)


class SecondFactorRequired:
    """Who owes a second factor is led to where it is set up, and may do nothing else until then."""

    def __init__(self, get_response: _Get) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        is_asked = request.path_info.startswith(_OF_THE_NEWSROOM) and is_owed(request)
        return redirect("mfa_index") if is_asked else None


class PersonsOwnZone:
    """Dates in the zone that a person chose; in the newsroom's where they chose none."""

    def __init__(self, get_response: _Get) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(_zone_of(request)):
            return self.get_response(request)


def _zone_of(request: HttpRequest) -> ZoneInfo | None:
    """It came with the person. A preview is what readers will see, in the newsroom's zone."""
    if not request.path_info.startswith(_OF_THEIR_OWN):
        return None
    chosen = getattr(request.user, "preferences", None)
    return chosen.zone if chosen else None
