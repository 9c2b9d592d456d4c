"""What has come in since a page of the desk was opened: new alerts, and what colleagues ask of this person."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from stories.alerting.account import accounts_of, with_news
from stories.alerting.message import Headline, headline_of
from stories.alerting.sight import sight_of
from stories.desk.inbox_view import ALL, MINE
from stories.models import Alert, AlertEvent, User
from stories.models.words import AlertEventKind, AlertState

MOST_TOLD = 5
#: A page that was left open for longer is told that there is much, not how much.
MOST_COUNTED = 99
MOST_STEPS = 4 * MOST_COUNTED
_BY_ITS_SOURCE = (AlertEventKind.OPENED, AlertEventKind.DEVELOPED, AlertEventKind.REOPENED)


@dataclass(frozen=True, slots=True)
class Item:
    alert: Alert
    headline: Headline
    #: Who asks for what, where it is a colleague and not a source.
    because: str


@dataclass(frozen=True, slots=True)
class News:
    """`mark` is what to ask with next time."""

    mark: int
    items: list[Item]
    count: int

    @property
    def is_more(self) -> bool:
        return self.count > MOST_COUNTED


def latest_mark() -> int:
    """The last step of any alert: the same mark again means that there is nothing new for anybody."""
    return AlertEvent.objects.aggregate(last=Max("pk"))["last"] or 0


def news_for(user: User, *, since: int, whose: str = ALL) -> News:
    """The alerts that opened or developed after a mark, and what colleagues ask of this person; newest first."""
    mark = latest_mark()
    steps = AlertEvent.objects.filter(_concerns(user, whose), pk__gt=since, pk__lte=mark)
    steps = steps.filter(alert__in=Alert.objects.visible_to(user)).order_by("-pk")
    last: dict[int, AlertEvent] = {}
    for step in steps[:MOST_STEPS]:
        last.setdefault(step.alert_id, step)
    return News(mark, _items(user, list(last.values())[:MOST_TOLD]), len(last))


def _concerns(user: User, whose: str) -> Q:
    """What its source did to an alert that is open; and what others ask, an update of whoever can write one."""
    by_source = Q(kind__in=_BY_ITS_SOURCE, actor=None, alert__state=AlertState.OPEN)
    if whose == MINE:
        by_source &= Q(alert__in=Alert.objects.concerning(user))
    given = Q(kind=AlertEventKind.ASSIGNED, alert__assignee=user)
    asked = Q(state_after=AlertState.NEEDS_UPDATE, alert__state=AlertState.NEEDS_UPDATE)
    by_others = given | asked if user.can_publish else given
    return by_source | (by_others & ~Q(actor=user))


def _items(user: User, steps: list[AlertEvent]) -> list[Item]:
    if not steps:
        return []
    found = with_news(Alert.objects.filter(pk__in=[step.alert_id for step in steps])).in_bulk()
    alerts = [found[step.alert_id] for step in steps]
    accounts = accounts_of(alerts, sight=sight_of(user, [alert.source_id for alert in alerts]))
    return [
        Item(account.alert, headline_of(account), _because(step))
        for step, account in zip(steps, accounts, strict=True)
    ]


def _because(step: AlertEvent) -> str:
    if not step.actor_name:
        return ""
    if step.kind == AlertEventKind.ASSIGNED:
        return _("%(person)s gives you this") % {"person": step.actor_name}
    return _("%(person)s asks for an update") % {"person": step.actor_name}
