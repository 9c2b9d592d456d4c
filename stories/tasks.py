"""The order of the stages: what is due is checked, news are told, deliveries are sent.

The rows are the truth. Each task loads by key, calls one service and chains the next stage; whatever message is
lost, doubled or late, the next tick carries on from the rows.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from celery import Task, shared_task
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from kombu.exceptions import OperationalError

from stories.accounts.letters import INVITATION, LINK, people_at, send_link, send_notice
from stories.alerting.digest import due_digests, gather_digests, has_digests_to_gather
from stories.alerting.news import has_news
from stories.alerting.pause_letters import tell_of_pauses, untold_pauses
from stories.alerting.send import due_deliveries, send_delivery, send_digest
from stories.alerting.tell import tell_news
from stories.auditing.entries import forget as forget_audit
from stories.changing.deeds import DEEDS
from stories.changing.work import done_keys
from stories.changing.work import work_on as work_on_bulk
from stories.glance.standing import count_again
from stories.importing.feed import look_at_feed
from stories.importing.work import work_on
from stories.models import (
    Bulk,
    Check,
    Delivery,
    Digest,
    ErrorReport,
    HubPing,
    Intake,
    Publication,
    Pulse,
    User,
    Watch,
    WatchedFeed,
)
from stories.models.pulse import TICK, TIDYING
from stories.models.words import Outcome, PublicationState, Timing
from stories.operating.clock import bring_back_what_lies_ahead
from stories.operating.tidying import ROWS_AT_ONCE, Remains, checks_are_kept, let_some_go, remains
from stories.publishing.checkpoints import RecordContradicted, is_signed, sign_checkpoint
from stories.publishing.exports import renew_exports, write_export_if_due
from stories.publishing.letters import write_of_refusal
from stories.publishing.publication import due_publications, publish_scheduled
from stories.publishing.websub import adopt_publications, due_pings, tell_hub
from stories.trail import following, trail_of_check
from stories.watching.check import check_watches
from stories.watching.due import adopt_some, due_watches
from stories.watching.folding import fold, sources_with_looks_to_fold
from stories.watching.hosts import by_host
from stories.watching.limits import open_client, retention
from stories.watching.retention import sources_with_old_copies, thin

logger = logging.getLogger(__name__)

#: How much one tick hands out, which is more than a machine can do until the next; what is left is due at that.
BATCHES_A_TICK = 100
DELIVERIES_A_TICK = 500
DIGESTS_A_TICK = 200
PUBLICATIONS_A_TICK = 100
PINGS_A_TICK = 50
INTAKES_A_TICK = 20
FEEDS_A_TICK = 20
BULKS_A_TICK = 20
SOURCES_THINNED_AT_ONCE = 200
STRETCHES_TIDIED_AT_ONCE = 100
#: A message that waited longer is dropped: the ticks since then have sent others for the same rows.
TICKS_TO_LIVE = 4
#: That the record is not signed is said by each worker so often, and not at every tick.
SAID_AGAIN_SECONDS = 3600


@shared_task(name="stories.tasks.tick")
def tick() -> None:
    """Hand out everything that is due. News go first: they are quick, and people wait for them."""
    now = timezone.now()
    bring_back_what_lies_ahead(now=now)
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
    if not is_signed():
        sign_record.apply_async(expires=expires)
    for intake in Intake.objects.free(now=now).order_by("pk")[:INTAKES_A_TICK]:
        bring_in.apply_async([intake.pk], expires=expires)
    for bulk in Bulk.objects.free(now=now).order_by("pk")[:BULKS_A_TICK]:
        carry_out.apply_async([bulk.pk], expires=expires)
    for feed in WatchedFeed.objects.due(now=now).order_by("due_at")[:FEEDS_A_TICK]:
        look_at_a_feed.apply_async([feed.pk], expires=expires)
    for batch in _due_batches(now):
        check_sources.apply_async([batch], expires=expires)


@shared_task(name="stories.tasks.publish")
def publish(publication_id: int) -> None:
    """Publish what was scheduled, once; where it is refused, write to its people."""
    publication = Publication.objects.filter(pk=publication_id).first()
    done = publish_scheduled(publication, now=timezone.now()) if publication else None
    if done and done.state == PublicationState.REFUSED:
        write_of_refusal(done)


@shared_task(name="stories.tasks.bring_in")
def bring_in(intake_id: int) -> None:
    """Carry on what is brought in from outside, and leave the rest to the next message where it is much."""
    intake = Intake.objects.filter(pk=intake_id).first()
    if intake and work_on(intake, now=timezone.now):
        bring_in.delay_on_commit(intake_id)


@shared_task(name="stories.tasks.carry_out")
def carry_out(bulk_id: int) -> None:
    """Carry on what is done to many rows, and leave the rest to the next message where it is much."""
    bulk = Bulk.objects.filter(pk=bulk_id).first()
    if bulk and carry_out_now(bulk):
        carry_out.delay_on_commit(bulk_id)


def carry_out_now(bulk: Bulk) -> bool:
    """As far as it comes; ask for what is to follow it; return whether something is left to do."""
    is_left, deed = work_on_bulk(bulk, now=timezone.now), DEEDS[bulk.deed]
    if is_left or bulk.undone_at or bulk.is_at_work:
        return is_left
    if deed.afterwards == "look":
        ask_to_check(done_keys(bulk))
    for key in done_keys(bulk) if deed.afterwards == "delivery" else ():
        ask_to_deliver(key)
    return False


def ask_to_carry_out(bulk: Bulk) -> None:
    """Ask a worker to carry on; without the broker the next tick finds it by its row."""
    try:
        carry_out.delay_on_commit(bulk.pk)
    except OperationalError as error:
        logger.warning("The broker could not be asked to carry out %s: %s", bulk.pk, error)


@shared_task(name="stories.tasks.look_at_a_feed")
def look_at_a_feed(feed_id: int) -> None:
    """Bring in what is new in a feed, unless another worker is at it."""
    feed = WatchedFeed.objects.filter(pk=feed_id).first()
    intake = look_at_feed(feed, now=timezone.now()) if feed else None
    if intake:
        bring_in.delay_on_commit(intake.pk)


def ask_to_bring_in(intake: Intake) -> None:
    """Ask a worker to carry on; without the broker the next tick finds it by its row."""
    try:
        bring_in.delay_on_commit(intake.pk)
    except OperationalError as error:
        logger.warning("The broker could not be asked to bring in %s: %s", intake.pk, error)


@shared_task(name="stories.tasks.check_sources")
def check_sources(source_ids: Sequence[int]) -> None:
    """Check those of the sources that are due and that no other worker is at."""
    watches = Watch.objects.filter(source__in=source_ids).select_related("source").only("source__url")
    for check in check_watches(watches.order_by("due_at"), now=timezone.now):
        _say(check)
    if has_news():
        tell.delay_on_commit()


def ask_to_check(source_ids: Sequence[int]) -> bool:
    """Ask a worker to look now; False where the broker is away, and the next tick finds them by their rows."""
    try:
        check_sources.delay(source_ids)
    except OperationalError as error:
        logger.warning("The broker could not be asked to check sources %s: %s", source_ids, error)
        return False
    return True


@shared_task(name="stories.tasks.tell")
def tell() -> None:
    """Turn news into alerts, and send what people want to hear at once."""
    for delivery in tell_news(now=timezone.now()):
        with following(trail_of_check(delivery.change_id)):
            logger.info("Alert %s is told in delivery %s", delivery.alert_id, delivery.pk)
            if delivery.timing == Timing.AT_ONCE:
                sender_of(delivery).delay_on_commit(delivery.pk)


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
    try:
        if delivery:
            sender_of(delivery).delay_on_commit(delivery_id)
    except OperationalError as error:
        logger.warning("The broker could not be asked to send delivery %s: %s", delivery_id, error)


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


@shared_task(name="stories.tasks.sign_record")
def sign_record() -> None:
    """Sign what was published since the last checkpoint; say so where the record is not the one exported."""
    try:
        sign_checkpoint(now=timezone.now())
    except RecordContradicted as contradicted:
        if cache.add("record-not-signed", str(contradicted), timeout=SAID_AGAIN_SECONDS):
            logger.error("The record is not signed: %s %s", contradicted, contradicted.remedy)


@shared_task(name="stories.tasks.export_daily")
def export_daily() -> None:
    """Write the record to a file, where the last one is a day old."""
    try:
        write_export_if_due(now=timezone.now())
    except RecordContradicted as contradicted:
        logger.error("The record is not exported: %s %s", contradicted, contradicted.remedy)


@shared_task(name="stories.tasks.renew_record_exports")
def renew_record_exports() -> None:
    """After a takedown, so that no export still holds what was taken down."""
    try:
        renew_exports(now=timezone.now())
    except RecordContradicted as contradicted:
        logger.error("The record is not exported: %s %s", contradicted, contradicted.remedy)


def ask_to_renew_exports() -> None:
    """Ask a worker once the takedown is in the database; the daily export is late by a day at most without one."""
    try:
        renew_record_exports.delay_on_commit()
    except OperationalError as error:
        logger.warning("The broker could not be asked to renew the exports: %s", error)


@shared_task(name="stories.tasks.thin_snapshots")
def thin_snapshots(after: int = 0) -> None:
    """Thin the copies of some sources, and leave those with a higher key to the next message."""
    now, keep = timezone.now(), retention()
    sources = list(sources_with_old_copies(keep, now=now).filter(pk__gt=after)[:SOURCES_THINNED_AT_ONCE])
    for source in sources:
        thin(source, keep, now=now)
    if len(sources) == SOURCES_THINNED_AT_ONCE:
        thin_snapshots.delay_on_commit(sources[-1].pk)


@shared_task(name="stories.tasks.fold_looks")
def fold_looks(after: int = 0) -> None:
    """Count the old looks of some sources together, and leave those with a higher key to the next message."""
    now, keep = timezone.now(), checks_are_kept()
    sources = sources_with_looks_to_fold(keep=keep, now=now).filter(pk__gt=after)
    some = list(sources[:SOURCES_THINNED_AT_ONCE])
    for source in some:
        fold(source, keep=keep, now=now)
    if len(some) == SOURCES_THINNED_AT_ONCE:
        fold_looks.delay_on_commit(some[-1].pk)


@shared_task(name="stories.tasks.tidy")
def tidy() -> None:
    """By night: let go what was of use for a while only, and ask for what is done source by source."""
    now = timezone.now()
    ErrorReport.objects.forget_readers(now=now)
    forget_audit(now=now)
    unfinished = [kind.what for kind in remains() if _let_go_much(kind, now=now)]
    if unfinished:
        tidy.delay_on_commit()
        return
    Pulse.beat(TIDYING, now=now)
    fold_looks.delay_on_commit()
    thin_snapshots.delay_on_commit()


@shared_task(name="stories.tasks.count_figures")
def count_figures() -> None:
    """Count what the first page of a large newsroom tells of all its sources and passages."""
    count_again(now=timezone.now)


def _let_go_much(kind: Remains, *, now: datetime) -> bool:
    """As much as one message may; whether more may be left."""
    return all(let_some_go(kind, now=now) == ROWS_AT_ONCE for _ in range(STRETCHES_TIDIED_AT_ONCE))


def _say(check: Check) -> None:
    """What it means for people is logged; that a page is as it was, only to whoever wants to know everything."""
    level = logging.DEBUG if check.outcome == Outcome.UNCHANGED else logging.INFO
    trail = {"trail": trail_of_check(check.pk)}
    logger.log(level, "Check %s of source %s: %s", check.pk, check.source_id, check.outcome, extra=trail)


def _due_batches(now: datetime) -> Iterator[list[int]]:
    """Longest overdue first, but all of a host behind its first, because it is read by one worker at a time."""
    size = settings.WATCH_BATCH_SIZE
    due = due_watches(now=now, limit=BATCHES_A_TICK * size)
    keys = iter([watch.source_id for watch in by_host(due)])
    while batch := list(islice(keys, size)):
        yield batch


@shared_task(name="stories.tasks.mail_link")
def mail_link(email: str) -> None:
    """Mail a link to choose a password to whoever has an account at this address."""
    for person in people_at(email):
        send_link(person, LINK)


@shared_task(name="stories.tasks.mail_invitation")
def mail_invitation(person_id: int) -> None:
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if person:
        send_link(person, INVITATION)


@shared_task(name="stories.tasks.mail_notice")
def mail_notice(person_id: int, what: str) -> None:
    person = User.objects.filter(pk=person_id).first()
    if person:
        send_notice(person, what)


def ask_for_link(email: str) -> None:
    """Ask a worker to mail a link; without the broker nobody is told, and it is asked for once more."""
    _ask_for_letter(mail_link, email)


def ask_for_invitation(person: User) -> None:
    _ask_for_letter(mail_invitation, person.pk)


def ask_for_notice(person: User, what: str) -> None:
    _ask_for_letter(mail_notice, person.pk, what)


def _ask_for_letter(letter: Task, *args: Any) -> None:
    try:
        letter.delay_on_commit(*args)
    except OperationalError as error:
        logger.warning("The broker could not be asked for a letter: %s", error)
