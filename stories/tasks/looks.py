"""Sources are looked at, and what was found is told: the watching half of the loop."""

import logging
from collections.abc import Sequence

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from stories.alerting.news import has_news
from stories.alerting.tell import tell_news
from stories.models import Check, Watch
from stories.models.words import Outcome, Timing
from stories.tasks.messages import sender_of
from stories.trail import following, trail_of_check
from stories.watching.busy import busy
from stories.watching.check import check_watches

logger = logging.getLogger(__name__)


@shared_task(name="stories.tasks.check_sources")
def check_sources(source_ids: Sequence[int]) -> None:
    """Check those of the sources that are due and that no other worker is at."""
    watches = Watch.objects.filter(source__in=source_ids).select_related("source").only("source__url")
    with busy():
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


def _say(check: Check) -> None:
    """What it means for people is logged; that a page is as it was, only to whoever wants to know everything."""
    level = logging.DEBUG if check.outcome == Outcome.UNCHANGED else logging.INFO
    trail = {"trail": trail_of_check(check.pk)}
    logger.log(level, "Check %s of source %s: %s", check.pk, check.source_id, check.outcome, extra=trail)
