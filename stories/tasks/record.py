"""Versions go out when their time has come, and the record of them is signed, exported and verified."""

import logging

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from stories.models import Publication
from stories.models.words import PublicationState
from stories.publishing.checkpoints import RecordContradicted, sign_checkpoint
from stories.publishing.exports import renew_exports, write_export_if_due
from stories.publishing.letters import write_of_refusal
from stories.publishing.publication import publish_scheduled
from stories.publishing.verifying import LONGEST, verify_if_due
from stories.tasks.asking import ask_on_commit

logger = logging.getLogger(__name__)

#: That the record is not signed is said by each worker so often, and not at every tick.
SAID_AGAIN_SECONDS = 3600


@shared_task(name="stories.tasks.publish")
def publish(publication_id: int) -> None:
    """Publish what was scheduled, once; where it is refused, write to its people."""
    publication = Publication.objects.filter(pk=publication_id).first()
    done = publish_scheduled(publication, now=timezone.now()) if publication else None
    if done and done.state == PublicationState.REFUSED:
        write_of_refusal(done)


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


@shared_task(name="stories.tasks.verify_nightly", time_limit=int(LONGEST.total_seconds()))
def verify_nightly() -> None:
    """Prove the whole record, where this night nobody has; what is found is kept, and said each time."""
    try:
        found = verify_if_due(now=timezone.now())
    except RecordContradicted as contradicted:
        logger.error("The record is not verified: %s %s", contradicted, contradicted.remedy)
        return
    if found and found.flaw_count:
        logger.error(
            "The record does not verify (%s flaws): %s manage.py verify_record tells all.",
            found.flaw_count,
            found.flaws.partition("\n")[0],
        )


@shared_task(name="stories.tasks.renew_record_exports")
def renew_record_exports() -> None:
    """After a takedown, so that no export still holds what was taken down."""
    try:
        renew_exports(now=timezone.now())
    except RecordContradicted as contradicted:
        logger.error("The record is not exported: %s %s", contradicted, contradicted.remedy)


def ask_to_renew_exports() -> None:
    """Ask a worker once the takedown is in the database; the daily export is late by a day at most without one."""
    ask_on_commit(renew_record_exports)
