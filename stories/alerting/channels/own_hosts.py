"""Chat services on a host of the person's choosing: each message goes through the guard, at every send."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext_noop as _

from stories.alerting.channels.chat_service import ChatText, Field, Service, Values
from stories.alerting.channels.posting import check_address, send

_SERVER = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#@]*)?")
_NO_SERVER = _("The server is an address such as https://chat.example.org.")
#: Of 4,096 bytes ntfy makes a file, which phones show as an attachment and its readers have to open.
_LONGEST_NTFY_BYTES = 4_095


def _json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def _server(service: Service, values: Values) -> str:
    return service.match("server", values)[0].rstrip("/")


def _send_to_ntfy(values: Values, text: ChatText) -> str:
    token = values.get("token", "")
    message = {
        "topic": NTFY.match("topic", values)[0],
        "title": text.title,
        "message": _not_a_file(text),
        "click": text.address,
    }
    headers = {"Authorization": f"Bearer {NTFY.match('token', values)[0]}"} if token else {}
    return send(f"{_server(NTFY, values)}/", body=_json(message), headers=headers)


def _not_a_file(text: ChatText) -> str:
    """Eighteen hundred letters of Chinese are more bytes than ntfy takes; the way to the desk stays."""
    said, end = text.body.encode(), f" …\n\n{text.address}"
    if len(said) <= _LONGEST_NTFY_BYTES:
        return text.body
    return said[: _LONGEST_NTFY_BYTES - len(end.encode())].decode(errors="ignore").rstrip() + end


NTFY: Service = Service(
    key="ntfy",
    label="ntfy",
    help=_("Choose a topic that nobody guesses, and subscribe to it in the ntfy app."),
    fields=(
        Field(
            "server",
            _("Server"),
            _("https://ntfy.sh, or a server of your own on the public internet."),
            _SERVER,
            _NO_SERVER,
            placeholder="https://ntfy.sh",
            is_secret=False,
        ),
        Field(
            "topic",
            _("Topic"),
            _("Anyone who knows it can read along, unless the server asks for a log-in."),
            re.compile(r"[A-Za-z0-9_-]{1,64}"),
            _("A topic has letters, digits, _ and - only, at most 64."),
        ),
        Field(
            "token",
            _("Access token"),
            _("Only where the server asks for one."),
            re.compile(r"tk_[A-Za-z0-9]{8,64}"),
            _("An access token begins with tk_."),
            placeholder="tk_…",
            is_required=False,
        ),
    ),
    send=_send_to_ntfy,
    check=lambda values: check_address(_server(NTFY, values)),
)


def _send_to_matrix(values: Values, text: ChatText) -> str:
    """The key as the transaction's: a room shows a message once, however often it is sent (Matrix 1.11, 8.1)."""
    room = quote(MATRIX.match("room", values)[0], safe="")
    path = f"/_matrix/client/v3/rooms/{room}/send/m.room.message/{text.key}"
    return send(
        f"{_server(MATRIX, values)}{path}",
        body=_json({"msgtype": "m.text", "body": f"{text.title}\n\n{text.body}", "m.mentions": {}}),
        headers={"Authorization": f"Bearer {MATRIX.match('token', values)[0]}"},
        method="PUT",
    )


MATRIX: Service = Service(
    key="matrix",
    label="Matrix",
    help=(
        _(
            "Make an account for the alerts and let it join the room. In Element: Settings → Help & About shows its "
            "access token, the room’s settings → Advanced its internal address."
        )
    ),
    fields=(
        Field(
            "server",
            _("Homeserver"),
            _("The server of the account that writes."),
            _SERVER,
            _NO_SERVER,
            placeholder="https://matrix.org",
            is_secret=False,
        ),
        Field(
            "room",
            _("Room"),
            _("Its internal address, which begins with an exclamation mark."),
            re.compile(r"![^\s/?#]{1,250}"),
            _("A room’s internal address is like !abcdefgh:matrix.org."),
            placeholder="!abcdefgh:matrix.org",
            is_secret=False,
        ),
        Field(
            "token",
            _("Access token"),
            _("Of the account that writes."),
            re.compile(r"[A-Za-z0-9_.~+/=-]{8,400}"),
            _("An access token has no spaces."),
        ),
    ),
    send=_send_to_matrix,
    check=lambda values: check_address(_server(MATRIX, values)),
)


def _send_to_mattermost(values: Values, text: ChatText) -> str:
    return send(MATTERMOST.match("url", values)[0], body=_json({"text": f"**{text.title}**\n\n{text.body}"}))


MATTERMOST: Service = Service(
    key="mattermost",
    label="Mattermost or Rocket.Chat",
    help=_(
        "In Mattermost: Integrations → Incoming Webhooks → Add. Rocket.Chat has the same under Integrations."
    ),
    fields=(
        Field(
            "url",
            _("Webhook URL"),
            _("It ends with /hooks/ and a key, and is a secret."),
            re.compile(r"https?://[^\s/?#@]+/(?:[^\s?#@]*/)?hooks/[^\s?#@]+"),
            _("The address is like https://chat.example.org/hooks/…."),
            placeholder="https://chat.example.org/hooks/…",
        ),
    ),
    send=_send_to_mattermost,
    check=lambda values: check_address(MATTERMOST.match("url", values)[0]),
)
