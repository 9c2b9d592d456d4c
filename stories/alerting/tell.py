"""News become alerts: one to each person for each source, with everything that they should hear of it."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from stories.alerting.news import News, ToldMeanwhileError, claim_news, sources_with_news
from stories.alerting.place import Addition, Placing
from stories.alerting.recipients import recipients_of
from stories.alerting.standing import standing_of
from stories.models import Alert, Check, Delivery
from stories.models.words import AlertState, Channel, Gravity

logger = logging.getLogger(__name__)


class NobodyHearsError(Exception):
    """There is nobody to tell: the news stay untold until there is."""


def tell_news(*, now: datetime) -> list[Delivery]:
    """Turn every untold verdict and check into alerts, and return the deliveries that are now due.

    For each source, its alerts, its deliveries and the marks on what they tell of are written in one transaction:
    all of them or none. News that another worker is telling are left to it; news that nobody would hear are left
    untold, for whoever joins.
    """
    deliveries: list[Delivery] = []
    for source_id in sources_with_news():
        deliveries += _tell_of_source(source_id, now=now)
    return deliveries


def _tell_of_source(source_id: int, *, now: datetime) -> list[Delivery]:
    try:
        with transaction.atomic():
            news = claim_news(source_id, now=now)
            return _write(news, now=now) if news else []
    except ToldMeanwhileError:
        logger.info("The news of source %s were told by another worker", source_id)
        return []
    except NobodyHearsError:
        logger.info("The news of source %s wait: no active reporter, no active editor", source_id)
        return []


def _write(news: News, *, now: datetime) -> list[Delivery]:
    articles = {verdict.citation.article_id for verdict in news.verdicts}
    # Of all stories that cite it, because an alert closes only when all of a person's passages stand again.
    recipients = recipients_of(articles | news.citing_article_ids)
    touched = articles | news.citing_article_ids if news.checks else articles
    if not any(theirs & touched for theirs in recipients.values()):
        raise NobodyHearsError
    placing = Placing(news, recipients)
    additions = [part for person, theirs in recipients.items() for part in placing.place(person, theirs)]
    states_before = [AlertState(part.alert.state) for part in additions]
    _develop(additions, now=now)
    worth_telling = [
        part.alert
        for part, before in zip(additions, states_before, strict=True)
        if _is_worth_telling(part, before)
    ]
    return _write_deliveries(worth_telling, change=news.latest_check, now=now)


def _develop(additions: Sequence[Addition], *, now: datetime) -> None:
    """Add to each alert what belongs to it; open it again, or close it where all stands again."""
    for part in additions:
        alert = part.alert
        if part.has_trouble:
            alert.gravity = (
                max(part.gravity, Gravity(alert.gravity)) if _is_already_open(alert) else part.gravity
            )
            # What somebody answered before, and why, stays readable beside the new state.
            alert.state = AlertState.OPEN
        alert.opened_at = alert.opened_at or now
        alert.developed_at = now
        alert.save()
    _link(additions)
    standing = standing_of(part.alert for part in additions)
    for part in additions:
        if part.alert.is_open and part.has_relief and standing[part.alert.pk].is_restored(part.article_ids):
            part.alert.state, part.alert.gravity = AlertState.RESTORED, Gravity.LOW
            part.alert.save(update_fields=["state", "gravity"])


def _is_already_open(alert: Alert) -> bool:
    return alert.pk is not None and alert.is_open


def _link(additions: Iterable[Addition]) -> None:
    verdicts, checks = Alert.verdicts.through, Alert.checks.through
    verdicts._default_manager.bulk_create(
        [
            verdicts(alert_id=part.alert.pk, verdict_id=verdict.pk)
            for part in additions
            for verdict in part.verdicts
        ]
    )
    checks._default_manager.bulk_create(
        [checks(alert_id=part.alert.pk, check_id=check.pk) for part in additions for check in part.checks]
    )


def _is_worth_telling(part: Addition, before: AlertState) -> bool:
    """An open alert, and one that its source has closed or eased while a person was still concerned."""
    return part.alert.is_open or before in (AlertState.OPEN, AlertState.NEEDS_UPDATE)


def _write_deliveries(alerts: Iterable[Alert], *, change: Check, now: datetime) -> list[Delivery]:
    """One for each alert and channel, to people with an address; never a second one for the same change."""
    wanted = [alert for alert in alerts if alert.recipient.email]
    told = set(Delivery.objects.filter(alert__in=wanted, change=change).values_list("alert_id", flat=True))
    return Delivery.objects.bulk_create(
        [
            Delivery(alert=alert, change=change, channel=Channel.EMAIL, next_try_at=now)
            for alert in wanted
            if alert.pk not in told
        ]
    )
