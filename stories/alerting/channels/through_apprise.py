"""Chat services whose host is fixed, through Apprise, which does its own HTTP.

Apprise is imported when the first message goes out, and only the one service that it goes to: all of them would take
20 MB. It follows no redirect, and of what a person gave it gets nothing but the parts that matched our patterns.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable
from functools import lru_cache
from html import escape
from importlib import import_module
from typing import Any, Literal

from django.conf import settings

from stories.alerting.channels.chat_service import ChatText
from stories.alerting.channels.errors import DeliveryFailedError
from stories.alerting.channels.posting import SHOWN_OF_AN_ANSWER, failure_of

#: What the service reads as markup; where it would read some into plain text, it is sent as such with none in it.
Markup = Literal["text", "html", "markdown"]

# Of plain text Apprise itself would make Markdown, and leave of our address a part that leads nowhere.
# A backslash goes before what marks anything, and behind the figure of a list at the beginning of a line. Where each
# line is a paragraph there is no table, and where no bracket is one there is no picture.
_MARKDOWN = re.compile(r"(^\d{1,9})(?=[.)](?:\s|$))|(?=^[-+=]|[\\`*_~#\[\]<>]|&#?\w+;)")
_STATUS = re.compile(r"error=(\d{3})\b")
_RESPONSE = "Response Details"


def notify(plugin: str, text: ChatText, *, markup: Markup = "text", **arguments: Any) -> str:
    """Send the text as Apprise's `plugin` (such as `slack.NotifySlack`) does. Raises DeliveryFailedError."""
    title, body = _MARKED_UP[markup](text)
    overheard, logger = _Overheard(), _logger()
    logger.addHandler(overheard)
    try:
        service = _plugin(plugin)(asset=_asset(settings.NEWSROOM_NAME), **arguments)
        taken = service.notify(title=title, body=body, body_format=markup)
    except (TypeError, ValueError) as error:
        # Apprise's own errors of this kind quote what they were given, secrets included.
        raise DeliveryFailedError("The service does not take these settings.", permanent=True) from error
    except RecursionError as error:
        raise DeliveryFailedError("The service’s answer cannot be read.", permanent=False) from error
    finally:
        logger.removeHandler(overheard)
    if not taken:
        raise overheard.failure()
    return "Taken by the service."


def _as_markdown(text: ChatText) -> tuple[str, str]:
    """Each line a paragraph, for a line break alone is none; nothing in it marks anything but the ways to the desk."""
    return _escaped(text.title), "\n\n".join(_paragraph(line) for line in text.body.splitlines() if line)


def _paragraph(line: str) -> str:
    ours = rf"(?<!\S)({re.escape(settings.SITE_URL)}/[\w/?=&%.-]*)(?!\S)"
    said = enumerate(re.split(ours, line.strip()))
    return "".join(f"[{part}]({part})" if nth % 2 else _escaped(part) for nth, part in said)


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\1\\", text)


_MARKED_UP: dict[Markup, Callable[[ChatText], tuple[str, str]]] = {
    "text": lambda text: (text.title, text.body),
    "html": lambda text: (escape(text.title), escape(text.body)),
    "markdown": _as_markdown,
}


def _plugin(path: str) -> Any:
    module, _, name = path.partition(".")
    return getattr(import_module(f"apprise.plugins.{module}"), name)


class _Overheard(logging.Handler):
    """What Apprise logs in this thread, the only place where it says why something failed."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._thread = threading.get_ident()
        self._status: int | None = None
        self._answer = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread != self._thread:
            return
        if record.levelno >= logging.WARNING and (found := _STATUS.search(record.getMessage())):
            self._status = int(found[1])
        elif str(record.msg).startswith(_RESPONSE) and isinstance(record.args, tuple) and record.args:
            self._answer = _words(record.args[0])

    def failure(self) -> DeliveryFailedError:
        if self._status is None:
            return DeliveryFailedError("The service could not be reached.", permanent=False)
        said = f"Answered with status {self._status}"
        answer = f"{said}: {self._answer}" if self._answer else f"{said}."
        return failure_of(self._status, answer)


def _words(answer: object) -> str:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
    words = " ".join(text.split())
    return words if len(words) <= SHOWN_OF_AN_ANSWER else f"{words[:SHOWN_OF_AN_ANSWER]}…"


def _logger() -> logging.Logger:
    """Apprise's own, whose details go to us alone: they hold the secret addresses that it calls."""
    logging.getLogger("urllib3").setLevel(logging.INFO)
    logger = logging.getLogger("apprise")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    return logger


@lru_cache(maxsize=1)
def _asset(name: str) -> Any:
    return import_module("apprise").AppriseAsset(
        app_id=name, app_desc=name, app_url=settings.SITE_URL, http_redirects=False, async_mode=False
    )
