"""One message on its way to one person over one channel, whether of one alert or of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from stories.alerting.message import Message
from stories.models import Delivery, Digest, Endpoint, User
from stories.models.words import Channel, Gravity


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`key` names it at each try: it becomes the Message-ID, or the webhook's id (DESIGN invariant 3).

    `endpoint` is None for e-mail, `thread` the key of the letter that it follows, `gathered_at` a digest's time.
    """

    key: UUID
    person: User
    endpoint: Endpoint | None
    gravity: Gravity
    messages: Sequence[Message]
    thread: UUID | None = None
    gathered_at: datetime | None = None

    @property
    def channel(self) -> Channel:
        return Channel(self.endpoint.channel) if self.endpoint else Channel.EMAIL

    @property
    def is_digest(self) -> bool:
        return self.gathered_at is not None

    @property
    def subject(self) -> str:
        """In one line: of a digest its gravest alert, and how many there are."""
        first, count = self.messages[0].subject, len(self.messages)
        if count == 1:
            return first
        subject = _("%(count)s alerts: %(first)s, and %(others)s more")
        return subject % {"count": count, "first": first, "others": count - 1}


def letter_of_delivery(delivery: Delivery, message: Message) -> Letter:
    return Letter(
        key=delivery.key,
        person=delivery.alert.recipient,
        endpoint=delivery.endpoint,
        gravity=Gravity(delivery.gravity),
        messages=[message],
        thread=_thread_of(delivery),
    )


def letter_of_digest(digest: Digest, messages: Sequence[Message], *, gravity: Gravity) -> Letter:
    """`gravity` is that of the gravest of what it gathers."""
    return Letter(
        key=digest.key,
        person=digest.person,
        endpoint=digest.endpoint,
        gravity=gravity,
        messages=sorted(messages, key=lambda message: -message.account.alert.gravity),
        gathered_at=digest.gathered_at,
    )


def _thread_of(delivery: Delivery) -> UUID | None:
    """The key of the first letter about the alert to the same place, unless this is it."""
    alike = Delivery.objects.filter(
        alert=delivery.alert_id, channel=delivery.channel, endpoint=delivery.endpoint_id
    )
    first = alike.select_related("digest").order_by("pk")[0]
    if first.pk == delivery.pk:
        return None
    return first.digest.key if first.digest else first.key
