"""How a line of the log reads: a sentence for people, or JSON (RFC 8259), one object a line, for machines."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http.multipartparser import MultiPartParserError

from newsroom.redaction import redact
from stories.text.printable import printable
from stories.trail import current_trail

#: Longer is nothing that we say: an address of 60 KB can be asked for as often as anybody likes.
LONGEST_MESSAGE = 4_000
#: Anybody can make as many as they like.
_FAULTS_OF_SENDERS = (BadRequest, PermissionDenied, SuspiciousOperation, MultiPartParserError)


class ForPeople(logging.Formatter):
    """What a line goes on with is set in: nothing that a server or a reader says can pass for a line of its own."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        record.message = _said_by(record)
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        trail = trail_of(record)
        said = redact(super().format(record)) + (f" [{trail}]" if trail and not record.exc_info else "")
        return "\n    ".join(printable(said).splitlines())


class ForMachines(logging.Formatter):
    """`trail` is the same in every line that one check, request or task has led to."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _said_by(record),
            "trail": trail_of(record),
            "process": record.process,
            "thread": record.threadName,
        }
        if record.exc_info:
            told["error"] = redact(self.formatException(record.exc_info))
        return printable(json.dumps(told, ensure_ascii=False))


def _said_by(record: logging.LogRecord) -> str:
    """Hidden first, then cut: half of a secret may not look like one."""
    said = redact(record.getMessage())
    cut = len(said) - LONGEST_MESSAGE
    return f"{said[:LONGEST_MESSAGE]}… (and {cut} characters)" if cut > 0 else said


def is_news(record: logging.LogRecord) -> bool:
    """Django tells of every 503; of `/readyz`, asked again and again, stories.probes tells what is wrong, and once."""
    return getattr(getattr(record, "request", None), "path", "") != "/readyz" or bool(record.exc_info)


def without_traces_of_others(record: logging.LogRecord) -> bool:
    """What was sent and could not be read, was too much, or was not for its sender to ask: a warning in a line.

    Django adds where our code found it out, and has some of it for an error.
    """
    if record.exc_info and isinstance(record.exc_info[1], _FAULTS_OF_SENDERS):
        record.exc_info = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
    return record.levelno >= logging.getLogger().level


def trail_of(record: logging.LogRecord) -> str:
    """What the line itself belongs to comes before what is under way."""
    return getattr(record, "trail", "") or current_trail()
