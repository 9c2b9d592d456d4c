"""Which of a person's alerts news belong to: the open one, one that told of the same before, or a new one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from stories.alerting.gravity import gravity_of_check, gravity_of_verdict, is_relief
from stories.alerting.news import News
from stories.models import Alert, Check, User, Verdict
from stories.models.words import ALTERNATES, BELIEVED, RETURNED, Gravity, Outcome

NOT_BELIEVED = frozenset(Outcome) - BELIEVED


@dataclass(slots=True)
class Addition:
    """What is to be added to one alert; the alert is unsaved where it is new."""

    alert: Alert
    article_ids: set[int]
    verdicts: list[Verdict] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    @property
    def has_trouble(self) -> bool:
        return not (all(map(is_relief, self.verdicts)) and all(map(is_relief, self.checks)))

    @property
    def has_relief(self) -> bool:
        return any(map(is_relief, self.verdicts)) or any(map(is_relief, self.checks))

    @property
    def gravity(self) -> Gravity:
        """Of the gravest piece."""
        found = [gravity_of_verdict(verdict) for verdict in self.verdicts]
        return max(found + [gravity_of_check(check) for check in self.checks])


class Placing:
    """The alerts that the recipients have about the source already, read at once for all of them and locked."""

    def __init__(self, news: News, recipients: Collection[User]) -> None:
        self._news = news
        people = [user.pk for user in recipients]
        citations = [verdict.citation_id for verdict in news.verdicts]
        theirs = Alert.objects.filter(source=news.source, recipient__in=people)
        told = theirs.order_by("developed_at", "pk")
        of_passages = told.filter(verdicts__citation__in=citations)
        # Of two rows with one key the later wins: the latest alert that told of it.
        self._of_passage = {
            (person, citation): pk
            for person, citation, pk in of_passages.values_list("recipient", "verdicts__citation", "pk")
        }
        of_losses = told.filter(checks__outcome__in=NOT_BELIEVED)
        self._of_loss = dict(of_losses.values_list("recipient", "pk"))
        of_changes = told.filter(checks__outcome=Outcome.CHANGED)
        self._of_change = dict(of_changes.values_list("recipient", "pk"))
        wanted = {*self._of_passage.values(), *self._of_loss.values(), *self._of_change.values()}
        locked = theirs.select_for_update()
        self._alerts = {alert.pk: alert for alert in locked.open() | locked.filter(pk__in=wanted)}
        persons = {user.pk: user for user in recipients}
        for alert in self._alerts.values():
            alert.recipient = persons[alert.recipient_id]
        self._open = {alert.recipient_id: alert for alert in self._alerts.values() if alert.is_open}

    def place(self, recipient: User, article_ids: set[int]) -> list[Addition]:
        """Share the news about these articles' passages out over the person's alerts.

        All trouble goes to one alert. That something is as it was goes to the alert that told of it, or nowhere.
        """
        verdicts = self._verdicts_for(recipient, article_ids)
        checks = self._checks_for(recipient, article_ids, verdicts)
        troubled = [verdict for verdict in verdicts if not is_relief(verdict)]
        has_trouble = bool(troubled) or not all(is_relief(check) for check in checks)
        main = self._main_alert(recipient, troubled) if has_trouble else None
        in_trouble = {verdict.citation_id for verdict in troubled}
        additions: dict[int | None, Addition] = {}
        for verdict in verdicts:
            alert = main if verdict.citation_id in in_trouble else self._told_of(recipient, verdict)
            if alert:
                additions.setdefault(alert.pk, Addition(alert, article_ids)).verdicts.append(verdict)
        alert = main or (self._told_of_page(recipient, checks[-1]) if checks else None)
        if alert and checks:
            additions.setdefault(alert.pk, Addition(alert, article_ids)).checks.extend(checks)
        return list(additions.values())

    def _verdicts_for(self, recipient: User, article_ids: set[int]) -> list[Verdict]:
        """Without what came and went again before anybody was told."""
        own = [verdict for verdict in self._news.verdicts if verdict.citation.article_id in article_ids]
        last = {verdict.citation_id: verdict for verdict in own}
        return [
            verdict
            for verdict in own
            if self._told_of(recipient, verdict) or not is_relief(last[verdict.citation_id])
        ]

    def _checks_for(self, recipient: User, article_ids: set[int], verdicts: list[Verdict]) -> list[Check]:
        """Likewise; and where the page changed because passages were restored, that is no change elsewhere."""
        if not article_ids & self._news.citing_article_ids:
            return []
        restoring = {verdict.found_by_id for verdict in verdicts if is_relief(verdict)}
        restoring -= {verdict.found_by_id for verdict in verdicts if not is_relief(verdict)}
        checks = [
            check
            for check in self._news.checks
            if not (check.outcome == Outcome.CHANGED and check.pk in restoring)
        ]
        is_over = bool(checks) and is_relief(checks[-1]) and not self._told_of_page(recipient, checks[-1])
        return [] if is_over else checks

    def _main_alert(self, recipient: User, troubled: list[Verdict]) -> Alert:
        """The open one, else the latest closed one that told of the same, else a new one."""
        if recipient.pk in self._open:
            return self._open[recipient.pk]
        told = [alert for verdict in troubled if (alert := self._told_of_passage(recipient, verdict))]
        if any(check.reason == ALTERNATES for check in self._news.checks):
            told += filter(None, [self._told_of_change(recipient)])
        if any(check.outcome in NOT_BELIEVED for check in self._news.checks):
            told += filter(None, [self._told_of_loss(recipient)])
        if told:
            return max(told, key=lambda alert: (alert.developed_at, alert.pk))
        return Alert(source=self._news.source, recipient=recipient)

    def _told_of(self, recipient: User, verdict: Verdict) -> Alert | None:
        return self._told_of_passage(recipient, verdict) or self._told_of_loss(recipient)

    def _told_of_passage(self, recipient: User, verdict: Verdict) -> Alert | None:
        return self._alerts.get(self._of_passage.get((recipient.pk, verdict.citation_id), 0))

    def _told_of_page(self, recipient: User, check: Check) -> Alert | None:
        """The alert that told of what this check undoes: that the page had changed, or could not be read."""
        if check.reason != RETURNED:
            return self._told_of_loss(recipient)
        return self._told_of_change(recipient)

    def _told_of_change(self, recipient: User) -> Alert | None:
        return self._alerts.get(self._of_change.get(recipient.pk, 0))

    def _told_of_loss(self, recipient: User) -> Alert | None:
        """The alert that told that the page could not be read, and so of every passage in it."""
        return self._alerts.get(self._of_loss.get(recipient.pk, 0))
