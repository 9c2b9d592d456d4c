"""News become alerts: one to each person for each source, with everything that they should hear of it."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from django.db import OperationalError, transaction

from stories.alerting.events import event_of
from stories.alerting.news import News, ToldMeanwhileError, lock_news, mark_as_told, sources_with_news
from stories.alerting.place import Addition, Placing
from stories.alerting.preferences import Hearing, hearings_of
from stories.alerting.recipients import Audience, Share
from stories.alerting.standing import standing_of
from stories.alerting.timing import turn_of
from stories.models import Alert, AlertEvent, Delivery, User
from stories.models.words import AlertEventKind, AlertState, DeliveryState, Gravity

logger = logging.getLogger(__name__)

#: Sources whose news are told in one transaction: many enough that each costs little, few enough to be quick.
SOURCES_AT_ONCE = 50


def tell_news(*, now: datetime) -> list[Delivery]:
    """Turn every untold verdict and check into alerts, and return the deliveries that were written.

    Of some sources at a time, the alerts, the deliveries and the marks on what they tell of are written in one
    transaction: all of them or none. News that another worker is telling are left to it; what nobody of its story
    would hear is left untold, for whoever joins. Where one source's cannot be told, the log says why, and the
    others' are.
    """
    deliveries: list[Delivery] = []
    keys = iter(sources_with_news())
    while batch := list(islice(keys, SOURCES_AT_ONCE)):
        deliveries += _tell_of_sources(batch, now=now)
    return deliveries


def _tell_of_sources(source_ids: Sequence[int], *, now: datetime) -> list[Delivery]:
    try:
        with transaction.atomic():
            return _write(lock_news(source_ids), now=now)
    except ToldMeanwhileError:
        logger.info("News of the sources %s were told by another worker", source_ids)
        return []
    except OperationalError:  # The database is away or busy: all would fail alike.
        raise
    except Exception:
        logger.exception("The news of the sources %s could not be told", source_ids)
        if len(source_ids) == 1:
            return []
        # One of them is at fault; by themselves, the others can be told.
        return [delivery for key in source_ids for delivery in _tell_of_sources([key], now=now)]


def _write(newses: Sequence[News], *, now: datetime) -> list[Delivery]:
    # Of all stories that cite a source, because an alert closes only when all of a person's passages stand again.
    audience = Audience(
        [news.source for news in newses],
        {news.source.pk: news.citing_article_ids | news.touched_article_ids for news in newses},
    )
    heard = list(_heard(newses, audience))
    if not heard:
        return []
    placing = Placing(heard)
    additions = [part for news, shares in heard for part in placing.place(news, shares)]
    before = [AlertState(part.alert.state) if part.alert.pk else None for part in additions]
    _develop(additions, now=now)
    AlertEvent.objects.bulk_create(
        _event(part, was, now) for part, was in zip(additions, before, strict=True)
    )
    deliveries = _write_deliveries(
        [part for part, was in zip(additions, before, strict=True) if _is_worth_telling(part, was)], now=now
    )
    mark_as_told((news for news, _shares in heard), now=now)
    return deliveries


def _heard(newses: Iterable[News], audience: Audience) -> Iterator[tuple[News, Mapping[User, Share]]]:
    """What of the news somebody of its stories is there to hear; whoever only follows answers for none."""
    for news in newses:
        shares = audience.of(news.source)
        part = news.of_stories(set().union(*(share.in_full for share in shares.values())))
        if len(part.verdicts) + len(part.checks) < len(news.verdicts) + len(news.checks):
            logger.info("News of source %s wait: no active reporter, no active editor", news.source.pk)
        if part.verdicts or part.checks:
            yield part, shares


def _develop(additions: Sequence[Addition], *, now: datetime) -> None:
    """Add to each alert what belongs to it; open it again, or close it where all stands again."""
    for part in additions:
        alert = part.alert
        if part.has_trouble:
            is_open = alert.pk is not None and alert.is_open
            alert.gravity = max(part.gravity, Gravity(alert.gravity)) if is_open else part.gravity
            # What somebody answered before, and why, stays readable beside the new state.
            alert.state = AlertState.OPEN
        alert.opened_at = alert.opened_at or now
        alert.developed_at = now
    new = [part.alert for part in additions if part.alert.pk is None]
    known = [part.alert for part in additions if part.alert.pk is not None]
    Alert.objects.bulk_create(new)
    _link(additions)
    eased = [part for part in additions if part.alert.is_open and part.has_relief]
    standing = standing_of(part.alert for part in eased)
    for part in eased:
        if standing[part.alert.pk].is_restored(part.share):
            part.alert.state, part.alert.gravity = AlertState.RESTORED, Gravity.LOW
    _save(known)


def _save(alerts: Iterable[Alert]) -> None:
    """They are many and end in few states: one statement for each of these."""
    alike: dict[tuple[datetime, str, int], list[int]] = defaultdict(list)
    for alert in alerts:
        alike[alert.developed_at, alert.state, alert.gravity].append(alert.pk)
    for (developed_at, state, gravity), keys in alike.items():
        Alert.objects.filter(pk__in=keys).update(developed_at=developed_at, state=state, gravity=gravity)


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


def _event(part: Addition, before: AlertState | None, now: datetime) -> AlertEvent:
    return event_of(
        part.alert,
        kind=_kind(part.alert, before),
        at=now,
        state_before=before or "",
        state_after=part.alert.state,
        change=part.news.latest_check,
    )


def _kind(alert: Alert, before: AlertState | None) -> AlertEventKind:
    if before is None:
        return AlertEventKind.OPENED
    if before == alert.state:
        return AlertEventKind.DEVELOPED
    return AlertEventKind.REOPENED if alert.is_open else AlertEventKind.RESTORED


def _is_worth_telling(part: Addition, before: AlertState | None) -> bool:
    """An open alert, and one that its source has closed or eased while a person was still concerned."""
    return part.alert.is_open or before in (AlertState.OPEN, AlertState.NEEDS_UPDATE)


def _write_deliveries(additions: Sequence[Addition], *, now: datetime) -> list[Delivery]:
    """One for each place at which the person wants to hear of it; never a second one for the same change."""
    hearings = hearings_of(part.alert.recipient for part in additions)
    wanted = [
        delivery
        for part in additions
        for delivery in _deliveries(part, hearings[part.alert.recipient_id], now)
    ]
    told = set(
        Delivery.objects.filter(
            alert__in={delivery.alert_id for delivery in wanted},
            change__in={delivery.change_id for delivery in wanted},
        ).values_list("alert_id", "change_id", "endpoint_id")
    )
    return Delivery.objects.bulk_create(
        [
            delivery
            for delivery in wanted
            if (delivery.alert_id, delivery.change_id, delivery.endpoint_id) not in told
        ]
    )


def _deliveries(part: Addition, hearing: Hearing, now: datetime) -> Iterator[Delivery]:
    gravity = part.gravity
    for place in hearing.places():
        choice = hearing.timing_at(place.endpoint_id, gravity)
        turn = turn_of(hearing.preferences, choice, gravity=gravity, now=now)
        if turn:
            yield Delivery(
                alert=part.alert,
                change=part.news.latest_check,
                gravity=gravity,
                channel=place.channel,
                endpoint=place.endpoint,
                timing=turn.timing,
                next_try_at=turn.at,
                state=DeliveryState.WAITING,
                written_at=now,
            )
