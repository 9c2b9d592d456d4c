"""E-mail, through whatever backend Django is set up with."""

import contextlib
import smtplib

from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from stories.alerting.channels.errors import DeliveryFailedError
from stories.alerting.message import Message
from stories.models import Delivery
from stories.models.words import Channel

# A source's wording may hold what would drive the terminal, or the mail program, that shows it.
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x2028, 0x2029], "\ufffd")


def send_email(delivery: Delivery, message: Message) -> None:
    """Hand the message to the mail server; returning means that the server has accepted it.

    Every try of a delivery carries the same Message-ID, and what follows an alert's first message refers to it
    (RFC 5322, section 3.6.4), so that mail programs show one thread. Raises DeliveryFailedError.
    """
    mail = _compose(delivery, message)
    connection = get_connection()
    try:
        connection.open()
        connection.send_messages([mail])
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise _failure(error) from error
    finally:
        # Once the server has accepted the message, a farewell that fails must not have it sent again.
        with contextlib.suppress(smtplib.SMTPException, OSError):
            connection.close()


def message_id(delivery: Delivery, host: str) -> str:
    return f"<{delivery.key}@{host}>"


def _compose(delivery: Delivery, message: Message) -> EmailMultiAlternatives:
    context = {"message": message, "account": message.account}
    mail = EmailMultiAlternatives(
        subject=message.subject.translate(_CONTROLS),
        body=render_to_string("email/alert.txt", context).translate(_CONTROLS),
        to=[delivery.alert.recipient.email],
        headers={
            "Message-ID": message_id(delivery, message.host),
            # RFC 3834: keeps holiday replies away.
            "Auto-Submitted": "auto-generated",
            "List-Id": f"<alerts.{message.host}>",
            **_thread(delivery, message.host),
        },
    )
    page = render_to_string("email/alert.html", context).translate(_CONTROLS)
    mail.attach_alternative(page, "text/html")
    return mail


def _thread(delivery: Delivery, host: str) -> dict[str, str]:
    first = Delivery.objects.filter(alert=delivery.alert_id, channel=Channel.EMAIL).order_by("pk")[0]
    if first.pk == delivery.pk:
        return {}
    return {"In-Reply-To": message_id(first, host), "References": message_id(first, host)}


def _failure(error: Exception) -> DeliveryFailedError:
    """What a library's error means for this message: refused for good, or to be tried again."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            # A mailbox that is full or greylisted answers 4xx: that passes.
            code, reply = next(iter(refused.values()))
            return DeliveryFailedError(f"recipient refused: {_reply(code, reply)}", permanent=code >= 500)
        case smtplib.SMTPAuthenticationError():
            # The installation's fault, not the message's: the log-in may be mended before the last try.
            return DeliveryFailedError(
                f"log-in refused: {_reply(error.smtp_code, error.smtp_error)}", permanent=False
            )
        case smtplib.SMTPResponseException():
            permanent = 500 <= error.smtp_code < 600
            return DeliveryFailedError(_reply(error.smtp_code, error.smtp_error), permanent=permanent)
        case ValueError():
            return DeliveryFailedError(f"cannot be written as e-mail: {error}", permanent=True)
        case _:
            return DeliveryFailedError(f"{type(error).__name__}: {error}", permanent=False)


def _reply(code: int, reply: bytes | str) -> str:
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    return f"{code} {text}"
