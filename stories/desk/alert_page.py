"""Everything that the page of one alert shows to one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stories.alerting.account import Account, accounts_of, first_seen_at
from stories.alerting.care import people_to_care
from stories.alerting.message import Headline, headline_of
from stories.alerting.sight import sight_of
from stories.desk.alert_copies import AlertCopies, copies_of_alert
from stories.desk.answering import passages_to_leave
from stories.desk.colleagues import others_told
from stories.desk.history import Event, history_of
from stories.desk.sources import published_of
from stories.models import Alert, AlertEvent, Article, Citation, Delivery, User
from stories.models.user import told_apart
from stories.watching.picture import Picture, picture_of


@dataclass(frozen=True, slots=True)
class AlertPage:
    alert: Alert
    account: Account
    #: False for who lost every story that it tells of: what colleagues write about these is not theirs any more.
    is_theirs: bool
    headline: Headline
    first_seen_at: datetime | None
    history: list[Event]
    copies: AlertCopies
    picture: Picture | None
    others: list[Alert]
    #: Who may take care of it, by key and name.
    people: list[tuple[int, str]]
    deliveries: list[Delivery]
    may_change_source: bool
    #: Those that this person may have watched no longer.
    passages_to_leave: list[Citation]
    #: The stories that readers have, by key.
    published: frozenset[int]
    #: How many other stories rest on the source, whoever's they are.
    stories_on_it: int

    @property
    def articles(self) -> dict[int, Article]:
        return {article.pk: article for article in self.account.articles}

    @property
    def updated(self) -> set[int]:
        """The stories that have published an update because of it, by key."""
        return {event.article.pk for event in self.history if event.article}

    @property
    def standing_answer(self) -> AlertEvent | None:
        return next((event.answer for event in self.history if event.answer), None)

    def since(self, seen_at: datetime) -> list[Event]:
        """What happened after a person last looked, newest first: at least the last of it."""
        return [event for event in self.history if event.at > seen_at] or self.history[:1]


def alert_page(alert: Alert, *, person: User, now: datetime) -> AlertPage:
    sight = sight_of(person, [alert.source_id])
    [account] = accounts_of([alert], sight=sight)
    citations = [passage.citation for passage in account.passages]
    is_theirs = person.can_publish or bool(account.places)
    return AlertPage(
        alert=alert,
        account=account,
        is_theirs=is_theirs,
        headline=headline_of(account),
        first_seen_at=first_seen_at(account.change) if account.change else None,
        history=history_of(alert, article_ids=sight.in_full, with_people=is_theirs),
        copies=copies_of_alert(account),
        picture=picture_of(alert.source, citations=citations, now=now),
        others=others_told(alert, article_ids=sight.in_full) if is_theirs else [],
        people=told_apart(people_to_care(alert, account.articles)),
        deliveries=list(alert.deliveries.select_related("endpoint").order_by("pk")),
        may_change_source=person.has_perm("stories.change_source"),
        passages_to_leave=list(passages_to_leave(alert, by=person).filter(is_watched=True)),
        published=published_of(account.articles),
        stories_on_it=Article.objects.filter(citations__source=alert.source_id).distinct().count(),
    )
