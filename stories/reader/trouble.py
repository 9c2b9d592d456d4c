"""The pages of what went wrong, on our side or in what was sent."""

import sys
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

#: PostgreSQL's code for a server that takes no writes, such as one that is about to take over from another.
_READ_ONLY = "25006"
#: When a browser, a cache or a robot may ask again: in a minute, as the page tells people.
AGAIN_IN_SECONDS = 60


def went_wrong(_request: HttpRequest) -> HttpResponse:
    """Called while the error is at hand: where the database is away it says that this passes (RFC 9110, 15.6.4)."""
    if _is_databases(sys.exception()):
        response = _page(HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = str(AGAIN_IN_SECONDS)
        return response
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR)


def _is_databases(error: BaseException | None) -> bool:
    is_away = isinstance(error, OperationalError | InterfaceError)
    return is_away or (
        isinstance(error, InternalError) and getattr(error.__cause__, "sqlstate", "") == _READ_ONLY
    )


def not_taken(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent cannot be read, or is too much to be (RFC 9110, 15.5.14)."""
    is_too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return _page(HTTPStatus.REQUEST_ENTITY_TOO_LARGE if is_too_much else HTTPStatus.BAD_REQUEST)


def _page(status: HTTPStatus) -> HttpResponse:
    """No such page asks the database for anything."""
    return HttpResponse(
        render_to_string(f"{status.value}.html", {"newsroom_name": settings.NEWSROOM_NAME}), status=status
    )
