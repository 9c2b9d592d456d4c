"""The inbox: which alerts a person has before them, sorted by what they are waiting for."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from stories.alerting.account import Account, accounts_of, with_news
from stories.alerting.message import Headline, headline_of
from stories.alerting.recipients import articles_heard_of_by
from stories.models import Alert, Update, User, Verdict
from stories.models.alert import AlertQuerySet
from stories.models.words import AlertState

ROWS_PER_PAGE = 25
OPEN, NEEDS_UPDATE, ANSWERED = "open", "needs_update", "answered"
MINE, ALL = "mine", "all"
_LABELS = {OPEN: "Open", NEEDS_UPDATE: "Needs an update", ANSWERED: "Answered"}
_ORDER = {
    OPEN: ("-gravity", "-developed_at", "-pk"),
    NEEDS_UPDATE: ("-answered_at", "-pk"),
    ANSWERED: ("-developed_at", "-pk"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A tab, with the address that leads to it."""

    label: str
    address: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    account: Account
    headline: Headline


@dataclass(frozen=True, slots=True)
class Inbox:
    tab: str
    whose: str
    tabs: list[Choice]
    scopes: list[Choice]
    page: Page[Alert]
    rows: list[Row]
    query: str

    @property
    def is_everybodys(self) -> bool:
        return self.whose == ALL


def inbox_of(user: User, *, tab: str, whose: str, page_number: str) -> Inbox:
    """One page of it. What is not a tab or a scope that the person has falls back to the first."""
    tab = tab if tab in _LABELS else OPEN
    scopes = (ALL, MINE) if user.can_publish else (MINE,)
    whose = whose if whose in scopes else scopes[0]
    alerts = Alert.objects.visible_to(user)
    if whose == MINE:
        alerts = alerts.filter(recipient=user)
    counts = _counts(alerts)
    page = _page(alerts, tab=tab, count=counts[tab], number=page_number)
    accounts = accounts_of(list(page.object_list), article_ids=articles_heard_of_by(user))
    return Inbox(
        tab=tab,
        whose=whose,
        tabs=[Choice(_LABELS[name], _query(name, whose), name == tab, counts[name]) for name in _LABELS],
        scopes=[
            Choice("Everybody’s" if name == ALL else "Mine", _query(tab, name), name == whose)
            for name in scopes
        ],
        page=page,
        rows=[Row(account, headline_of(account)) for account in accounts],
        query=_query(tab, whose),
    )


def _in_tab(alerts: AlertQuerySet, tab: str) -> AlertQuerySet:
    if tab == OPEN:
        return alerts.open()
    waiting = Q(state=AlertState.NEEDS_UPDATE) & ~_is_settled()
    return (
        alerts.filter(waiting)
        if tab == NEEDS_UPDATE
        else alerts.exclude(state=AlertState.OPEN).exclude(waiting)
    )


def _is_settled() -> Q:
    """True where every story that the alert tells of has published an update because of it."""
    because_of_it = Update.objects.published().filter(caused_by__alerts=OuterRef("pk"))
    updated_already = Update.objects.published().filter(
        article=OuterRef("citation__article"), caused_by__alerts=OuterRef(OuterRef("pk"))
    )
    still_waiting = Verdict.objects.filter(~Exists(updated_already), alerts=OuterRef("pk"))
    return Q(Exists(because_of_it)) & ~Q(Exists(still_waiting))


def _counts(alerts: AlertQuerySet) -> dict[str, int]:
    """The tabs share all alerts among them, so the last is what is left."""
    total, is_open = alerts.count(), _in_tab(alerts, OPEN).count()
    waiting = _in_tab(alerts, NEEDS_UPDATE).count()
    return {OPEN: is_open, NEEDS_UPDATE: waiting, ANSWERED: total - is_open - waiting}


def _page(alerts: AlertQuerySet, *, tab: str, count: int, number: str) -> Page[Alert]:
    found: QuerySet[Alert] = with_news(_in_tab(alerts, tab)).order_by(*_ORDER[tab])
    paginator = Paginator(found, ROWS_PER_PAGE)
    # The tabs have counted already.
    paginator.count = count
    return paginator.get_page(number)


def _query(tab: str, whose: str) -> str:
    return "?" + urlencode({"state": tab, "whose": whose})
