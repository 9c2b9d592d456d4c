"""Telling people, once and by other means, that their mailbox or an endpoint of theirs was paused because it failed.

By e-mail, or where that is what failed by another endpoint; whoever has neither sees it at the desk, where it
stands in any case until it is resumed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from stories.alerting.channels.chat import send_text
from stories.alerting.channels.chat_service import ChatText
from stories.alerting.channels.email import hand_over, message_id
from stories.alerting.channels.errors import DeliveryFailedError
from stories.alerting.channels.payload import envelope
from stories.alerting.channels.webhook import NOTICE, post_signed
from stories.alerting.language import speaking_to
from stories.models import Endpoint, Preferences, User
from stories.models.words import Channel
from stories.text.printable import one_line, printable

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pause:
    """What was paused: an endpoint, or the mailbox where there is none. `row` remembers that its person was told."""

    person: User
    endpoint: Endpoint | None
    because: str
    paused_at: datetime
    row: Any
    field: str

    @property
    def what(self) -> str:
        return self.endpoint.name if self.endpoint else str(Channel.EMAIL.label)

    @property
    def key(self) -> UUID:
        """The same at each try, so that whoever got it already can tell."""
        place = self.endpoint.pk if self.endpoint else "email"
        return uuid5(NAMESPACE_URL, f"pause:{self.person.pk}:{place}:{self.paused_at.isoformat()}")


def untold_pauses() -> list[Pause]:
    return [*_of_endpoints(), *_of_mailboxes()]


def tell_of_pauses(*, now: datetime) -> int:
    """Tell each person whom nobody has told yet; return how many messages went out.

    Where a server is away for the moment, that person is told another time.
    """
    count = 0
    for pause in untold_pauses():
        try:
            count += _tell(pause)
        except DeliveryFailedError as failure:
            logger.warning(
                "%s was not told that %s is paused: %s", pause.person.get_username(), pause.what, failure
            )
            if not failure.permanent:
                continue
        type(pause.row)._default_manager.filter(pk=pause.row.pk).update(**{pause.field: now})
    return count


def _of_endpoints() -> Iterator[Pause]:
    paused = Endpoint.objects.filter(paused_at__isnull=False, pause_told_at__isnull=True)
    for row in paused.exclude(paused_because="").select_related("person"):
        if row.paused_at:
            yield Pause(row.person, row, row.paused_because, row.paused_at, row, "pause_told_at")


def _of_mailboxes() -> Iterator[Pause]:
    paused = Preferences.objects.filter(email_paused_at__isnull=False, email_pause_told_at__isnull=True)
    for row in paused.select_related("person"):
        if row.email_paused_at:
            yield Pause(
                row.person, None, row.email_paused_because, row.email_paused_at, row, "email_pause_told_at"
            )


def _tell(pause: Pause) -> bool:
    """False where there is no other way than the desk."""
    person = pause.person
    if not person.can_use_desk:
        return False
    if pause.endpoint and person.email and not _is_mailbox_paused(person):
        with speaking_to(person):
            _tell_by_mail(pause)
        return True
    other = Endpoint.objects.in_use().filter(person=person).order_by("channel", "pk").first()
    if other is None:
        return False
    with speaking_to(person, other):
        _tell_at_endpoint(pause, other)
    return True


def _is_mailbox_paused(person: User) -> bool:
    return Preferences.objects.filter(person=person, email_paused_at__isnull=False).exists()


def _tell_by_mail(pause: Pause) -> None:
    headers = {"Message-ID": message_id(pause.key), "Auto-Submitted": "auto-generated"}
    hand_over(
        EmailMultiAlternatives(
            subject=_subject(pause), body=_text(pause), to=[pause.person.email], headers=headers
        )
    )


def _tell_at_endpoint(pause: Pause, other: Endpoint) -> None:
    if other.channel == Channel.CHAT:
        send_text(other.address, ChatText(pause.key, _subject(pause), _text(pause), _address()))
        return
    data = {"text": f"{_subject(pause)}. {pause.because}", "url": _address()}
    post_signed(other, key=str(pause.key), body=envelope(NOTICE, at=pause.paused_at, data=data))


def _subject(pause: Pause) -> str:
    return one_line(_("Paused: no more alerts by %(place)s") % {"place": pause.what})


def _text(pause: Pause) -> str:
    context = {"pause": pause, "address": _address(), "newsroom_name": settings.NEWSROOM_NAME}
    return printable(render_to_string("email/paused.txt", context))


def _address() -> str:
    return settings.SITE_URL + reverse("desk_endpoints")
