"""What people are told goes out, each message by whoever may be slow: mail, endpoints, hubs."""

import logging

from celery import Task, shared_task
from django.utils import timezone

from stories.alerting.digest import gather_digests
from stories.alerting.pause_letters import tell_of_pauses
from stories.alerting.send import send_delivery, send_digest
from stories.models import Delivery, Digest, HubPing
from stories.publishing.websub import tell_hub
from stories.tasks.asking import ask_on_commit
from stories.trail import following, trail_of_check
from stories.watching.limits import open_client

logger = logging.getLogger(__name__)

DIGESTS_A_TICK = 200


@shared_task(name="stories.tasks.deliver")
def deliver(delivery_id: int) -> None:
    """Send one delivery, unless it is gone or another worker has it."""
    delivery = Delivery.objects.filter(pk=delivery_id).first()
    if delivery:
        with following(trail_of_check(delivery.change_id)):
            state = send_delivery(delivery, now=timezone.now)
            logger.info("Delivery %s over %s: %s", delivery_id, delivery.channel, state or "another has it")


@shared_task(name="stories.tasks.post")
def post(delivery_id: int) -> None:
    """The same to an endpoint of somebody's choosing: in a queue apart, so that no slow server keeps mail waiting."""
    deliver(delivery_id)


def sender_of(delivery: Delivery) -> Task:
    return post if delivery.endpoint_id else deliver


def ask_to_deliver(delivery_id: int) -> None:
    """Ask a worker to send it now; where the broker is away, the next tick finds it by its row."""
    delivery = Delivery.objects.filter(pk=delivery_id).only("endpoint").first()
    if delivery:
        ask_on_commit(sender_of(delivery), delivery_id)


@shared_task(name="stories.tasks.gather")
def gather() -> None:
    """Put together what people want to hear in digests, and send these."""
    for digest in gather_digests(now=timezone.now(), limit=DIGESTS_A_TICK):
        sender_of_digest(digest).delay_on_commit(digest.pk)


@shared_task(name="stories.tasks.deliver_digest")
def deliver_digest(digest_id: int) -> None:
    """Send one digest, unless it is gone or another worker has it."""
    digest = Digest.objects.filter(pk=digest_id).first()
    if digest:
        send_digest(digest, now=timezone.now)


@shared_task(name="stories.tasks.post_digest")
def post_digest(digest_id: int) -> None:
    """The same to an endpoint."""
    deliver_digest(digest_id)


def sender_of_digest(digest: Digest) -> Task:
    return post_digest if digest.endpoint_id else deliver_digest


@shared_task(name="stories.tasks.say_what_is_paused")
def say_what_is_paused() -> None:
    """Tell people whose mailbox or endpoint was paused because it failed."""
    tell_of_pauses(now=timezone.now())


@shared_task(name="stories.tasks.ping_hub")
def ping_hub(ping_id: int) -> None:
    """Tell the WebSub hub of one publication, unless another worker does."""
    ping = HubPing.objects.filter(pk=ping_id).first()
    if ping:
        tell_hub(ping, open_client=open_client, now=timezone.now)
