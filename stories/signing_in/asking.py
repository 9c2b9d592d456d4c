"""How the house's provider is asked: through the door, within bounds, for a JSON object (RFC 8259)."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from django.conf import settings
from requests import PreparedRequest, RequestException, Response, Session
from requests.adapters import BaseAdapter

from stories.web.client import Client
from stories.web.errors import FetchError
from stories.web.fetched import Fetched
from stories.web.guard import origin_of
from stories.web.limits import KIB, Limits

LIMITS = Limits(
    total_seconds=10, raw_bytes=256 * KIB, decoded_bytes=256 * KIB, redirects=0, header_bytes=16 * KIB
)
_OK = 200
_SENT = ("Authorization", "Content-Type")


class ProviderUnusableError(RequestException):
    """The provider does not say what it has to; django-allauth takes it for a fault of the network, and says so."""


def open_session() -> Session:
    """As django-allauth asks: what it sends goes through the door, to no other address than it is meant for."""
    session = Session()
    session.trust_env = False
    for scheme in ("http://", "https://"):
        session.mount(scheme, _ThroughTheDoor())
    return session


def refuse_other_addresses(url: object) -> None:
    """Those are https, or at the very origin of OIDC_ISSUER. Raises ProviderUnusableError for any other."""
    try:
        origin = origin_of(url) if isinstance(url, str) else ""
    except FetchError as error:
        raise ProviderUnusableError(error.message) from error
    if not origin.startswith("https://") and origin != origin_of(settings.OIDC_ISSUER):
        raise ProviderUnusableError("It names an address that is neither its own nor one of https.")


class _ThroughTheDoor(BaseAdapter):
    def send(self, request: PreparedRequest, *_args: Any, **_more: Any) -> Response:
        """Raises ProviderUnusableError."""
        try:
            fetched = asyncio.run(_ask(request))
        except FetchError as error:
            raise ProviderUnusableError(error.message) from error
        return _Told(_object_of(fetched))

    def close(self) -> None:
        """Nothing is held."""


async def _ask(request: PreparedRequest) -> Fetched:
    ours, url = origin_of(settings.OIDC_ISSUER), str(request.url)
    sent = {name: str(value) for name, value in request.headers.items() if name in _SENT}
    headers = {"Accept": "application/json", **sent}
    async with Client(user_agent=settings.WATCH_USER_AGENT, limits=LIMITS, trusted=[ours]) as client:
        if request.method == "GET":
            return await client.get(url, headers=headers)
        kind = headers.pop("Content-Type")
        return await client.post(url, body=str(request.body).encode(), content_type=kind, headers=headers)


def _object_of(fetched: Fetched) -> dict[str, Any]:
    if fetched.status != _OK:
        raise ProviderUnusableError(f"It answers with status {fetched.status}.")
    try:
        told = json.loads(fetched.body)
    except (ValueError, RecursionError) as error:
        raise ProviderUnusableError("It answers with what is no JSON.") from error
    if not isinstance(told, dict):
        raise ProviderUnusableError("It answers with JSON that is no object.")
    return told


class _Told(Response):
    """Taken apart already. Its text is left out: a sentence about what is missing from it would tell what is not."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__()
        self.status_code, self._told = _OK, told
        self.headers["Content-Type"] = "application/json"

    def json(self, **_kwargs: Any) -> dict[str, Any]:
        return self._told
