"""Forms in parts (`multipart/form-data`, RFC 7578): what takes long to take apart is refused before it is.

A part costs up to a hundred times what a field of an ordinary form does, and Django counts no file without a name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

_MB = 1_000_000
#: Of strangers none comes but a mail program that unsubscribes, with one small field (RFC 8058, section 3.1).
LONGEST_OF_STRANGERS = 64 * 1024
#: What a form may hold of text, and what its parts are wrapped in.
LONGEST = 4 * _MB
#: Where files are taken there are few fields beside the file, and the text that may be pasted in its place.
TAKES_FILES = "admin:stories_intake_add"
LONGEST_WITH_FILE, MOST_PARTS_WITH_FILE = 60 * _MB, 100
_MOST_DIGITS = 20


class FormsInParts:
    """Refuses what is longer than anything we ask for; needs the person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.content_type == "multipart/form-data":
            longest, most = _bounds(request)
            length = request.META.get("CONTENT_LENGTH") or "0"
            # Python makes no number of thousands of digits.
            if not length.isdecimal() or len(length) > _MOST_DIGITS or int(length) > longest:
                raise RequestDataTooBig("A form in parts that is longer than any of ours.")
            boundary = (request.content_params or {}).get("boundary", "")
            request._stream = CountedParts(request._stream, boundary.encode(), most=most)  # type: ignore[assignment]
        return self.get_response(request)


def _bounds(request: HttpRequest) -> tuple[int, int]:
    """Of bytes and of parts."""
    if not request.user.is_authenticated:
        return LONGEST_OF_STRANGERS, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    if request.path == reverse(TAKES_FILES):
        return LONGEST_WITH_FILE, MOST_PARTS_WITH_FILE
    return LONGEST, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


class CountedParts:
    """A body that is read until too many parts have begun in it."""

    def __init__(self, stream: Any, boundary: bytes, *, most: int) -> None:
        self._stream = stream
        self._delimiter = b"--" + boundary
        # The last one begins nothing.
        self._left = most + 1
        self._tail = b""

    def read(self, *size: int) -> bytes:
        """Raises TooManyFieldsSent."""
        data: bytes = self._stream.read(*size)
        seen = self._tail + data
        self._left -= seen.count(self._delimiter)
        self._tail = seen[-len(self._delimiter) + 1 :]
        if self._left < 0:
            raise TooManyFieldsSent("A form of more parts than any of ours.")
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
