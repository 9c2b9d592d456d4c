"""Requests that name an encoding which is none of text, such as zlib: they are made, and refused as any other is."""

from contextlib import suppress
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.wsgi import WSGIRequest


class _TextRequest:
    """Django reads the query in whatever Python takes for an encoding, as it makes the request: it breaks there."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        with suppress(LookupError, UnicodeError):
            super()._set_content_type_params(meta)  # type: ignore[misc]


class TextWSGIRequest(_TextRequest, WSGIRequest):
    """By a WSGI server."""


class TextASGIRequest(_TextRequest, ASGIRequest):
    """By an ASGI server."""
