"""The tick hands out everything that is due; whatever message is lost, the next one carries on from the rows."""

from collections.abc import Iterator
from datetime import datetime

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from stories.alerting.digest import due_digests, has_digests_to_gather
from stories.alerting.news import has_news
from stories.alerting.pause_letters import untold_pauses
from stories.alerting.send import due_deliveries
from stories.models import Bulk, Intake, Pulse, WatchedFeed
from stories.models.pulse import TICK
from stories.operating.clock import bring_back_what_lies_ahead, keep_what_is_leased
from stories.publishing.checkpoints import is_signed
from stories.publishing.publication import due_publications
from stories.publishing.websub import adopt_publications, due_pings
from stories.tasks.bulk import carry_out
from stories.tasks.looks import check_sources, tell
from stories.tasks.messages import (
    DIGESTS_A_TICK,
    gather,
    ping_hub,
    say_what_is_paused,
    sender_of,
    sender_of_digest,
)
from stories.tasks.outside import bring_in, look_at_a_feed
from stories.tasks.record import publish, sign_record
from stories.watching.due import adopt_some, due_watches
from stories.watching.hosts import by_host

#: How much one tick hands out, which is more than a machine can do until the next; what is left is due at that.
BATCHES_A_TICK = 100
DELIVERIES_A_TICK = 500
PUBLICATIONS_A_TICK = 100
PINGS_A_TICK = 50
INTAKES_A_TICK = 20
FEEDS_A_TICK = 20
BULKS_A_TICK = 20
#: A message that waited longer is dropped: the ticks since then have sent others for the same rows.
TICKS_TO_LIVE = 4


@shared_task(name="stories.tasks.tick")
def tick() -> None:
    """Hand out everything that is due. News go first: they are quick, and people wait for them."""
    now = timezone.now()
    bring_back_what_lies_ahead(now=now)
    keep_what_is_leased(now=now)
    Pulse.beat(TICK, now=now)
    expires = TICKS_TO_LIVE * settings.TICK_SECONDS
    adopt_some(now=now)
    for publication in due_publications(now=now, limit=PUBLICATIONS_A_TICK):
        publish.apply_async([publication.pk], expires=expires)
    if has_news():
        tell.apply_async(expires=expires)
    for delivery in due_deliveries(now=now, limit=DELIVERIES_A_TICK):
        sender_of(delivery).apply_async([delivery.pk], expires=expires)
    if has_digests_to_gather(now=now):
        gather.apply_async(expires=expires)
    for digest in due_digests(now=now, limit=DIGESTS_A_TICK):
        sender_of_digest(digest).apply_async([digest.pk], expires=expires)
    if untold_pauses():
        say_what_is_paused.apply_async(expires=expires)
    adopt_publications(now=now)
    for ping in due_pings(now=now, limit=PINGS_A_TICK):
        ping_hub.apply_async([ping.pk], expires=expires)
    for intake in Intake.objects.free(now=now).order_by("pk")[:INTAKES_A_TICK]:
        bring_in.apply_async([intake.pk], expires=expires)
    for bulk in Bulk.objects.free(now=now).order_by("pk")[:BULKS_A_TICK]:
        carry_out.apply_async([bulk.pk], expires=expires)
    for feed in WatchedFeed.objects.due(now=now).order_by("due_at")[:FEEDS_A_TICK]:
        look_at_a_feed.apply_async([feed.pk], expires=expires)
    for batch in _due_batches(now):
        check_sources.apply_async([batch], expires=expires)
    # The last: it reads a file, whose folder may be another machine's that keeps whoever asks waiting.
    if not is_signed():
        sign_record.apply_async(expires=expires)


def _due_batches(now: datetime) -> Iterator[list[int]]:
    """Longest overdue first, but all of a host with its first, because it is read by one worker at a time.

    Only a host that has more than a batch may hold is split.
    """
    size = settings.WATCH_BATCH_SIZE
    batch: list[int] = []
    for watches in by_host(due_watches(now=now, limit=BATCHES_A_TICK * size)):
        keys = [watch.source_id for watch in watches]
        if batch and len(batch) + len(keys) > size:
            yield batch
            batch = []
        batch += keys
        while len(batch) > size:
            yield batch[:size]
            batch = batch[size:]
    if batch:
        yield batch
