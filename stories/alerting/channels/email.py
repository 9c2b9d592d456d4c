"""E-mail, through whatever backend Django is set up with."""

from __future__ import annotations

import contextlib
import smtplib
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from stories.alerting.channels.errors import DeliveryFailedError, LetterRefused, MailServerAway
from stories.alerting.channels.letter import Letter
from stories.alerting.message import desk_address, site_host
from stories.alerting.unsubscribing import unsubscribe_address
from stories.text.printable import one_line, printable

#: Of a digest: a mail program cuts off what is much longer (Gmail at 102 kB), and the desk has the rest.
ALERTS_IN_FULL = 25
FAREWELL_SECONDS = 2
#: For now, and for ever: what a server answers to the size that is told with the sender (RFC 1870, section 6.1).
TOO_LARGE = (452, 552)


def send_email(letter: Letter) -> str:
    """Hand the letter to the mail server; returning means that the server has accepted it.

    Every try carries the same Message-ID, and what follows an alert's first letter refers to it (RFC 5322, section
    3.6.4), so that mail programs show one thread. Raises DeliveryFailedError.
    """
    hand_over(_compose(letter))
    return "Taken by the mail server."


def hand_over(mail: EmailMultiAlternatives) -> None:
    """Raises DeliveryFailedError where the mail server did not take it, and MailServerAway where it takes none."""
    connection = get_connection()
    try:
        _open(connection)
        connection.send_messages([mail])
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise _failure(error) from error
    finally:
        _part(connection)


def _open(connection: Any) -> None:
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        raise MailServerAway(_why(error)) from error


def _part(connection: Any) -> None:
    """Once the server has accepted the message, a farewell that fails or takes long must not have it sent again."""
    with contextlib.suppress(smtplib.SMTPException, OSError):
        server = getattr(connection, "connection", None)
        if server and server.sock:
            server.sock.settimeout(FAREWELL_SECONDS)
        connection.close()


def message_id(key: UUID) -> str:
    return f"<{key}@{site_host()}>"


def _compose(letter: Letter) -> EmailMultiAlternatives:
    stop = unsubscribe_address(letter.person, gravity=letter.gravity)
    layout = "digest" if letter.is_digest else "alert"
    context = _context(letter, stop=stop)
    mail = EmailMultiAlternatives(
        subject=one_line(letter.subject),
        body=printable(render_to_string(f"email/{layout}.txt", context)),
        to=[letter.person.email],
        headers={
            "Message-ID": message_id(letter.key),
            # RFC 3834: keeps holiday replies away.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "List-Id": f"<alerts.{site_host()}>",
            # RFC 2369, and RFC 8058: a button of the mail program's own, which asks nothing.
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            **_thread(letter),
        },
    )
    mail.attach_alternative(printable(render_to_string(f"email/{layout}.html", context)), "text/html")
    return mail


def _context(letter: Letter, *, stop: str) -> dict[str, Any]:
    message = letter.messages[0]
    return {
        "letter": letter,
        "message": message,
        "account": message.account,
        "messages": letter.messages[:ALERTS_IN_FULL],
        "left_out": len(letter.messages[ALERTS_IN_FULL:]),
        "newsroom_name": settings.NEWSROOM_NAME,
        "desk_address": desk_address(),
        "stop_address": stop,
    }


def _thread(letter: Letter) -> dict[str, str]:
    if letter.thread is None:
        return {}
    return {"In-Reply-To": message_id(letter.thread), "References": message_id(letter.thread)}


def _failure(error: Exception) -> DeliveryFailedError:
    """What a library's error means for this message: refused for good, or to be tried again."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            # A mailbox that is full or greylisted answers 4xx: that passes.
            code, reply = next(iter(refused.values()))
            return LetterRefused(f"recipient refused: {_reply(code, reply)}", permanent=code >= 500)
        case smtplib.SMTPHeloError():
            return MailServerAway(_why(error))
        case smtplib.SMTPSenderRefused() if error.smtp_code not in TOO_LARGE:
            return MailServerAway(_why(error))
        case smtplib.SMTPResponseException():
            permanent = 500 <= error.smtp_code < 600
            return LetterRefused(_reply(error.smtp_code, error.smtp_error), permanent=permanent)
        case ValueError():
            return DeliveryFailedError(f"cannot be written as e-mail: {error}", permanent=True)
        case _:
            return DeliveryFailedError(_why(error), permanent=False)


def _why(error: Exception) -> str:
    match error:
        case smtplib.SMTPAuthenticationError():
            return f"log-in refused: {_reply(error.smtp_code, error.smtp_error)}"
        case smtplib.SMTPSenderRefused():
            return f"sender refused: {_reply(error.smtp_code, error.smtp_error)}"
        case smtplib.SMTPResponseException():
            return _reply(error.smtp_code, error.smtp_error)
        case _:
            return f"{type(error).__name__}: {error}"


def _reply(code: int, reply: bytes | str) -> str:
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    return f"{code} {text}"
