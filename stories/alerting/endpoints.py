"""A person's webhooks and chat services: setting them up, changing them, trying them."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from stories.alerting.channels.chat import send_text
from stories.alerting.channels.chat_service import ChatText, Service, Values
from stories.alerting.channels.chat_services import address_of, read_address
from stories.alerting.channels.payload import envelope
from stories.alerting.channels.signature import new_secret
from stories.alerting.channels.webhook import TEST, post_signed
from stories.alerting.message import desk_address
from stories.alerting.pausing import note_taken, resume_endpoint
from stories.alerting.preferences import retime
from stories.auditing.entries import changed, write_entry
from stories.models import Endpoint, User
from stories.models.acts import Act
from stories.models.words import Channel
from stories.text.unseen import line_as_seen

#: For each person. Each alert costs a request to each.
MOST = 20
_ENDING_SHOWN = 4


@transaction.atomic
def add_webhook(person: User, *, name: str, address: str) -> Endpoint:
    """With a new secret, which its person is to be shown."""
    made = Endpoint.objects.create(
        person=person, channel=Channel.WEBHOOK, name=name, address=address, secret=new_secret()
    )
    write_entry(Act.ENDPOINT_MADE, by=person, on=made)
    return made


@transaction.atomic
def add_chat(person: User, *, name: str, service: Service, values: Values) -> Endpoint:
    address = address_of(service, values)
    made = Endpoint.objects.create(person=person, channel=Channel.CHAT, name=name, address=address)
    write_entry(Act.ENDPOINT_MADE, by=person, on=made)
    return made


@transaction.atomic
def change_endpoint(endpoint: Endpoint, *, name: str, address: str) -> None:
    """Another address is another chance: it is not paused any more."""
    name, is_moved = line_as_seen(name).strip(), address != endpoint.address
    Endpoint.objects.filter(pk=endpoint.pk).update(name=name, address=address)
    told = {"name": changed(endpoint.name, name), "another address": is_moved}
    write_entry(Act.ENDPOINT_CHANGED, by=endpoint.person, on=endpoint, details=told)
    if is_moved:
        resume_endpoint(endpoint)


@transaction.atomic
def replace_secret(endpoint: Endpoint) -> str:
    """Void the old secret at once, and return the new one."""
    secret = new_secret()
    Endpoint.objects.filter(pk=endpoint.pk, channel=Channel.WEBHOOK).update(secret=secret)
    write_entry(Act.ENDPOINT_CHANGED, by=endpoint.person, on=endpoint, details={"another secret": True})
    return secret


@transaction.atomic
def remove_endpoint(endpoint: Endpoint) -> None:
    person = endpoint.person
    write_entry(Act.ENDPOINT_REMOVED, by=person, on=endpoint)
    endpoint.delete()
    retime(person)


def send_test(endpoint: Endpoint, *, now: datetime) -> str:
    """Send something there now, paused or not, and return the answer in words. Raises DeliveryFailedError."""
    text = _("This is a test. Alerts of %(newsroom)s for %(person)s arrive here.") % {
        "newsroom": settings.NEWSROOM_NAME,
        "person": endpoint.person.name,
    }
    if endpoint.channel == Channel.WEBHOOK:
        body = envelope(TEST, at=now, data={"text": text, "url": desk_address()})
        answer = post_signed(endpoint, key=str(uuid4()), body=body)
    else:
        title = _("A test by %(newsroom)s") % {"newsroom": settings.NEWSROOM_NAME}
        answer = send_text(
            endpoint.address, ChatText(uuid4(), title, f"{text}\n\n{desk_address()}", desk_address())
        )
    note_taken(endpoint.person, endpoint, now=now)
    return answer


def service_of(endpoint: Endpoint) -> Service | None:
    """None for a webhook, and for a service that this release does not know any more."""
    if endpoint.channel != Channel.CHAT:
        return None
    try:
        return read_address(endpoint.address)[0]
    except ValueError:
        return None


def kind_of(endpoint: Endpoint) -> str:
    service = service_of(endpoint)
    return service.label if service else str(endpoint.get_channel_display()).capitalize()


def shown_address(endpoint: Endpoint) -> str:
    """Enough to know it by; the rest is a secret, for its person too (somebody may look over a shoulder)."""
    if endpoint.channel == Channel.WEBHOOK:
        return _masked(endpoint.address)
    service = service_of(endpoint)
    if service is None:
        return ""
    values = read_address(endpoint.address)[1]
    public = [values[field.name] for field in service.fields if not field.is_secret and field.name in values]
    return " · ".join(public) or _masked(values.get("url", ""))


def _masked(address: str) -> str:
    host = urlsplit(address).netloc
    return f"{host}/…{address[-_ENDING_SHOWN:]}" if host else ""
