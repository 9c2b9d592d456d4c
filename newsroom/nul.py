"""A character that nobody types, no page shows and PostgreSQL refuses to keep: left out of whatever is sent."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError

_NUL = "\0"


class CookiesWithoutNul:
    """One that has it is of nobody here. It can be written as \\000, and a session is looked for by it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(_NUL in value for value in request.COOKIES.values()):
            kept = {name: value for name, value in request.COOKIES.items() if _NUL not in value}
            request.COOKIES = kept
        return self.get_response(request)


class WithoutNul:
    """It comes with text out of some PDFs, and from those who try; the words around it stay as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _refuse_unless_text(request)
        if _has_nul(request.GET):
            request.GET = _without_nul(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and _has_nul(_posted(request)):
            request.POST = _without_nul(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


def _refuse_unless_text(request: HttpRequest) -> None:
    """Python knows encodings that are none of text, such as zlib, and Django takes any that Python knows."""
    try:
        "".encode(request.encoding or "utf-8")
    except (LookupError, UnicodeError) as error:
        # The page that says so reads the request as well.
        request.encoding = "utf-8"
        raise BadRequest("What was sent is in no encoding of text.") from error


def _posted(request: HttpRequest) -> QueryDict:
    """Nothing where the sender went away: whoever reads on finds the same."""
    try:
        return request.POST
    except UnreadablePostError:
        return QueryDict()


def _has_nul(sent: QueryDict) -> bool:
    return any(_NUL in text for name, texts in sent.lists() for text in (name, *texts))


def _without_nul(sent: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True, encoding=sent.encoding)
    for name, texts in sent.lists():
        kept.setlist(name.replace(_NUL, ""), [text.replace(_NUL, "") for text in texts])
    kept._mutable = False
    return kept
