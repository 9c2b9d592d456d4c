"""Browsers on which somebody has signed in before: a signed cookie says of whom, in digests, and lets nobody in."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from stories.models import User

# As the room was called in which it began: by another salt every browser would be unknown again.
_SIGNER = Signer(salt="stories.signing_in.devices")
_YEAR_SECONDS = 365 * 86_400
#: More than share a browser.
_MOST_NAMES = 20


def device_of(request: HttpRequest, name: str) -> str:
    """What this browser is counted as when it guesses at this name; empty where it is not known for it."""
    known = _read(request)
    return str(known["device"]) if _digest(name) in known["names"] else ""


def is_known(request: HttpRequest) -> bool:
    """Whether somebody has signed in here before, whoever it was."""
    return bool(_read(request)["device"])


def remember(request: HttpRequest, response: HttpResponse, person: User) -> None:
    """By the name at which guesses are counted, whichever they typed."""
    known = _read(request)
    theirs = _digest(person.get_username())
    names = [theirs, *(name for name in known["names"] if name != theirs)][:_MOST_NAMES]
    response.set_cookie(
        _name(),
        _SIGNER.sign_object({"device": known["device"] or secrets.token_hex(16), "names": names}),
        max_age=_YEAR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _name() -> str:
    """A browser takes a cookie of such a name over TLS alone, from this very host (RFC 6265bis, 4.1.3.2)."""
    return "__Host-known_device" if settings.SESSION_COOKIE_SECURE else "known_device"


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        known = _SIGNER.unsign_object(request.COOKIES.get(_name(), ""))
    except BadSignature:
        known = {}
    return {"device": known.get("device", ""), "names": known.get("names", [])}


def _digest(name: str) -> str:
    return sha256(name.strip().casefold().encode()).hexdigest()[:24]
