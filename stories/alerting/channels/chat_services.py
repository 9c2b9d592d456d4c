"""The chat services that alerts can go to, and how what a person filled in for one is kept.

What has a fixed host goes through Apprise. The host of ntfy, Matrix and Mattermost is the person's to name, so
Apprise, which would call any, never sees those: they go through our own guard.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from stories.alerting.channels.chat_service import Service, Values
from stories.alerting.channels.fixed_hosts import (
    DISCORD,
    GOOGLE_CHAT,
    PUSHOVER,
    SLACK,
    TEAMS,
    TELEGRAM,
    WEBEX,
    ZULIP,
)
from stories.alerting.channels.own_hosts import MATRIX, MATTERMOST, NTFY

SERVICES = {
    service.key: service
    for service in (
        *(SLACK, TEAMS, DISCORD, TELEGRAM, GOOGLE_CHAT, MATTERMOST, MATRIX, NTFY),
        *(PUSHOVER, WEBEX, ZULIP),
    )
}


def address_of(service: Service, values: Values) -> str:
    """What is kept of an endpoint: `slack:url=…`."""
    kept = {field.name: values[field.name] for field in service.fields if values.get(field.name)}
    return f"{service.key}:{urlencode(kept)}"


def read_address(address: str) -> tuple[Service, dict[str, str]]:
    """The service and what was filled in for it. Raises ValueError for the address of no service that we know."""
    key, _, query = address.partition(":")
    if key not in SERVICES:
        raise ValueError(f"There is no chat service named {key!r}.")
    return SERVICES[key], dict(parse_qsl(query))
