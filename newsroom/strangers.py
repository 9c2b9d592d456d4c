"""What whoever is not signed in may send: no form in parts that takes long to take apart."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

#: A part costs up to a hundred times what a field of an ordinary form does. Whoever sends more has signed in: of
#: strangers none comes but a mail program that unsubscribes, with one small field (RFC 8058, section 3.1).
LONGEST_IN_PARTS = 64 * 1024


class LittleInParts:
    """Refuses a long `multipart/form-data` (RFC 7578) before anything is read of it; needs the person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_long_in_parts(request) and not request.user.is_authenticated:
            raise RequestDataTooBig("A form in parts that is too long for whoever is not signed in.")
        return self.get_response(request)


def _is_long_in_parts(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return request.content_type == "multipart/form-data" and (
        not length.isdecimal() or int(length) > LONGEST_IN_PARTS
    )
