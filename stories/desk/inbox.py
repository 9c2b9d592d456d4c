"""The inbox: which alerts a person has before them, sorted by what they are waiting for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from stories.alerting.account import Account, accounts_of, with_news
from stories.alerting.message import Headline, headline_of
from stories.alerting.recipients import articles_heard_of_by
from stories.alerting.sight import sight_of
from stories.desk.inbox_filter import (
    MOST_COUNTED,
    MOST_SEARCHED,
    alerts_in,
    count_tabs,
    in_tab,
    keys_by_tab,
    narrowed_to,
)
from stories.desk.inbox_view import ALL, ANSWERED, MINE, NEEDS_UPDATE, OPEN, SCOPES, TABS, View, scopes_of
from stories.desk.news import latest_mark
from stories.desk.pages import OpenPaginator
from stories.models import Alert, Article, Citation, Source, User
from stories.models.alert import AlertQuerySet

Named = TypeVar("Named", Article, Source)

ROWS_PER_PAGE = 25
#: More are found by searching than by reading a list.
MOST_OFFERED = 60
#: Of so many of the newest alerts, sources are offered.
MOST_LOOKED_AT = 1_000
ORDER = {
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
    #: There are more than that.
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    account: Account
    headline: Headline


@dataclass(frozen=True, slots=True)
class Inbox:
    view: View
    tabs: list[Choice]
    scopes: list[Choice]
    stories: list[Article]
    sources: list[Source]
    page: Page[Alert]
    rows: list[Row]
    #: What the open page asks with whether there is anything new.
    mark: int

    @property
    def is_everybodys(self) -> bool:
        return self.view.whose == ALL

    @property
    def searched(self) -> int:
        """How many alerts a search has looked at, at most."""
        return MOST_SEARCHED

    @property
    def everything(self) -> str:
        """The address of the same tab without what narrows it."""
        return self.view.but(story=None, source=None, words="").address


def inbox_of(user: User, view: View, *, page_number: str) -> Inbox:
    """One page of it."""
    # Before anything else is read: what comes in meanwhile is told rather too often than never.
    mark = latest_mark()
    article_ids = articles_heard_of_by(user)
    alerts = alerts_in(view, user=user, article_ids=article_ids)
    if view.words:
        found = keys_by_tab(alerts)
        alerts = Alert.objects.visible_to(user).filter(pk__in=found[view.tab])
        counts = {tab: len(keys) for tab, keys in found.items()}
    else:
        counts = count_tabs(alerts)
    if view.tab == ANSWERED and not (view.words or _is_everybodys(view, user)):
        rows: Rows = Answered(narrowed_to(view, article_ids).nameable_to(user), user)
    else:
        rows = with_news(in_tab(alerts, view.tab)).order_by(*ORDER[view.tab])
    page = _page(rows, count=counts[view.tab], number=page_number)
    shown = list(page.object_list)
    accounts = accounts_of(shown, sight=sight_of(user, [alert.source_id for alert in shown]))
    return Inbox(
        view=view,
        tabs=[
            Choice(
                label=str(label),
                address=view.but(tab=tab).address,
                is_current=tab == view.tab,
                count=min(counts[tab], MOST_COUNTED),
                is_more=counts[tab] > MOST_COUNTED,
            )
            for tab, label in TABS.items()
        ],
        scopes=[
            Choice(str(SCOPES[name]), view.but(whose=name).address, name == view.whose)
            for name in scopes_of(user)
        ],
        stories=_stories(view, user, article_ids),
        sources=_sources(view, user),
        page=page,
        rows=[Row(account, headline_of(account)) for account in accounts],
        mark=mark,
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """The answered alerts of a person, to cut a page from: by the keys of the newest, in the order of an index."""

    alerts: AlertQuerySet
    person: User

    def __getitem__(self, part: slice) -> QuerySet[Alert]:
        newest = in_tab(self.alerts, ANSWERED).newest_of(self.person, part.stop)
        shown = Alert.objects.filter(pk__in=[key for _, key in newest[part.start :]])
        return with_news(shown).order_by(*ORDER[ANSWERED])


#: What a page is cut from; nobody asks for its length, which the tabs have counted.
Rows: TypeAlias = Any


def _is_everybodys(view: View, user: User) -> bool:
    return user.can_publish and view.whose != MINE


def _page(found: Rows, *, count: int, number: str) -> Page[Alert]:
    if count > MOST_COUNTED:
        return OpenPaginator(found, ROWS_PER_PAGE).get_page(number)
    paginator = Paginator(found, ROWS_PER_PAGE)
    # The tabs have counted already.
    paginator.count = count
    return paginator.get_page(number)


def _stories(view: View, user: User, article_ids: Collection[int] | None) -> list[Article]:
    """Those that alerts can be narrowed to, the newest of them by their headline."""
    about_source = Alert.objects.visible_to(user).filter(source=OuterRef("source"))
    told_of = Citation.objects.filter(Exists(about_source), article=OuterRef("pk"))
    stories = Article.objects.filter(Exists(told_of)).only("headline")
    if article_ids is not None:
        stories = stories.filter(pk__in=article_ids)
    return sorted(_newest(stories, chosen=view.story), key=lambda story: story.headline.casefold())


def _sources(view: View, user: User) -> list[Source]:
    """Those of the newest alerts; who looks for an older one searches."""
    alerts = Alert.objects.visible_to(user)
    if not user.can_publish:
        # Their newest first, and of these whether the source may be named: otherwise a database looks for those
        # that may among everybody's.
        alerts = alerts.filter(pk__in=[key for _, key in Alert.objects.newest_of(user, MOST_LOOKED_AT)])
    alerted = alerts.order_by("-developed_at", "-pk").values("source")
    sources = Source.objects.filter(pk__in=alerted[:MOST_LOOKED_AT]).only("title")
    return sorted(_newest(sources, chosen=view.source), key=lambda source: source.title.casefold())


def _newest(rows: QuerySet[Named], *, chosen: int | None) -> list[Named]:
    """As many as a list can show, and the one that is chosen."""
    newest = list(rows.order_by("-pk")[:MOST_OFFERED])
    if chosen and all(row.pk != chosen for row in newest):
        # By itself: to put it first, a database would have to look at all of them.
        newest += rows.filter(pk=chosen)
    return newest
