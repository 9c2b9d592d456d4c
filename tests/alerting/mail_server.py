"""A real mail server on loopback that keeps what it is given, and says what a test wants it to say."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ports import find_free_port

LOOPBACK = "127.0.0.1"
#: Only what hangs takes so long.
LONGEST_SECONDS = 120


class Mailbox:
    """A handler for aiosmtpd; an answer other than None is given instead of accepting."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answer_to_hello: str | None = None
        self.answer_to_sender: str | None = None
        #: Said to one letter after the other, before that.
        self.answers_to_senders: list[str] = []
        #: Whom it has refused once, where it refuses each address once.
        self.greylist: set[str] | None = None
        self.answer_to_recipient: str | None = None
        self.answer_to_data: str | None = None
        self.hangs_up = False
        self.goodbye: threading.Event | None = None

    async def handle_HELO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str) -> str:  # noqa: N802
        session.host_name = hostname
        return self.answer_to_hello or "250 OK"

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [self.answer_to_hello] if self.answer_to_hello else responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        if self.answers_to_senders:
            return self.answers_to_senders.pop(0)
        return self.answer_to_sender or "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.greylist is not None and address not in self.greylist:
            self.greylist.add(address)
            return "451 4.7.1 come back later"
        if self.answer_to_recipient:
            return self.answer_to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.hangs_up:
            server.transport.abort()
        if self.answer_to_data:
            return self.answer_to_data
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.goodbye:
            await asyncio.to_thread(self.goodbye.wait, LONGEST_SECONDS)
        return "221 Bye"


@contextmanager
def mail_server(settings: Any) -> Iterator[Mailbox]:
    """Run a server, and point Django's e-mail settings at it."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname=LOOPBACK, port=find_free_port(), ready_timeout=LONGEST_SECONDS)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = LOOPBACK
    settings.EMAIL_PORT = controller.port
    settings.EMAIL_TIMEOUT = LONGEST_SECONDS
    try:
        yield mailbox
    finally:
        controller.stop()
