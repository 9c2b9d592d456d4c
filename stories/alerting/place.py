"""Which of a person's alerts news belong to: the open one, one that told of the same before, or a new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from stories.alerting.gravity import gravity_of_check, gravity_of_verdict, is_relief
from stories.alerting.news import News
from stories.alerting.recipients import Share
from stories.models import Alert, Check, User, Verdict
from stories.models.alert import AlertQuerySet
from stories.models.words import ALTERNATES, BELIEVED, RETURNED, AlertState, Gravity, Outcome

NOT_BELIEVED = frozenset(Outcome) - BELIEVED


@dataclass(slots=True)
class Addition:
    """What is to be added to one alert; the alert is unsaved where it is new."""

    alert: Alert
    news: News
    share: Share
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
    """The alerts that people have about these sources already, read at once for all of them and locked."""

    def __init__(self, told: Iterable[tuple[News, Iterable[User]]]) -> None:
        persons = {person.pk: person for _news, people in told for person in people}
        newses = {news.source.pk: news for news, _people in told}
        theirs = Alert.objects.filter(source__in=newses, recipient__in=persons)
        citations = {verdict.citation_id for news in newses.values() for verdict in news.verdicts}
        self._of_passage: dict[tuple[int, int, int], int] = {}
        self._said: dict[tuple[int, int, int], tuple[str, str, str]] = {}
        self._of_loss: dict[tuple[int, int], int] = {}
        self._of_change: dict[tuple[int, int], int] = {}
        # Of two rows with one key the later wins: the latest alert that told of it.
        self._read_passages(theirs.filter(verdicts__citation__in=citations))
        self._read_pages(theirs.filter(checks__outcome__in=[*NOT_BELIEVED, Outcome.CHANGED]))
        wanted = {*self._of_passage.values(), *self._of_loss.values(), *self._of_change.values()}
        locked = theirs.filter(Q(state=AlertState.OPEN) | Q(pk__in=wanted)).select_for_update()
        self._alerts = {alert.pk: alert for alert in locked.order_by("pk")}
        for alert in self._alerts.values():
            alert.recipient = persons[alert.recipient_id]
        self._open = {
            (alert.source_id, alert.recipient_id): alert for alert in self._alerts.values() if alert.is_open
        }

    def _read_passages(self, alerts: AlertQuerySet) -> None:
        said = ("verdicts__verdict", "verdicts__wording", "verdicts__passage")
        rows = alerts.order_by("developed_at", "pk", "verdicts__pk")
        for source, person, citation, pk, word, wording, passage in rows.values_list(
            "source", "recipient", "verdicts__citation", "pk", *said
        ):
            self._of_passage[source, person, citation] = pk
            self._said[source, person, citation] = (word, wording, passage)

    def _read_pages(self, alerts: AlertQuerySet) -> None:
        rows = alerts.order_by("developed_at", "pk")
        for source, person, outcome, pk in rows.values_list("source", "recipient", "checks__outcome", "pk"):
            kept = self._of_change if outcome == Outcome.CHANGED else self._of_loss
            kept[source, person] = pk

    def place(self, news: News, shares: Mapping[User, Share]) -> list[Addition]:
        return [
            part for person, share in shares.items() for part in _OnePerson(self, news, person, share).place()
        ]

    def open_alert(self, news: News, person: User) -> Alert | None:
        return self._open.get((news.source.pk, person.pk))

    def told_of_passage(self, news: News, person: User, verdict: Verdict) -> Alert | None:
        return self._alerts.get(self._of_passage.get((news.source.pk, person.pk, verdict.citation_id), 0))

    def is_answered(self, news: News, person: User, verdict: Verdict) -> bool:
        """True where the person was told just this of the passage, and somebody has answered."""
        alert = self.told_of_passage(news, person, verdict)
        said = self._said.get((news.source.pk, person.pk, verdict.citation_id))
        is_open = alert is None or alert.state in (AlertState.OPEN, AlertState.RESTORED)
        return not is_open and said == (verdict.verdict, verdict.wording, verdict.passage)

    def told_of_change(self, news: News, person: User) -> Alert | None:
        return self._alerts.get(self._of_change.get((news.source.pk, person.pk), 0))

    def told_of_loss(self, news: News, person: User) -> Alert | None:
        """The alert that told that the page could not be read, and so of every passage in it."""
        return self._alerts.get(self._of_loss.get((news.source.pk, person.pk), 0))


@dataclass(frozen=True, slots=True)
class _OnePerson:
    """The news of one source, as they concern one person."""

    placing: Placing
    news: News
    person: User
    share: Share

    def place(self) -> list[Addition]:
        """Share the news out over the person's alerts.

        All trouble goes to one alert. That something is as it was goes to the alert that told of it, or nowhere.
        """
        own = self._verdicts()
        answered = [verdict for verdict in own if self.placing.is_answered(self.news, self.person, verdict)]
        verdicts = [verdict for verdict in own if verdict not in answered]
        checks = self._checks(verdicts, answered)
        troubled = [verdict for verdict in verdicts if not is_relief(verdict)]
        has_trouble = bool(troubled) or not all(is_relief(check) for check in checks)
        main = self._main_alert(troubled, checks) if has_trouble else None
        in_trouble = {verdict.citation_id for verdict in troubled}
        additions: dict[int | None, Addition] = {}
        for verdict in verdicts:
            alert = main if verdict.citation_id in in_trouble else self._told_of(verdict)
            if alert:
                self._addition(additions, alert).verdicts.append(verdict)
        alert = main or (self._told_of_page(checks[-1]) if checks else None)
        if alert and checks:
            self._addition(additions, alert).checks.extend(checks)
        return list(additions.values())

    def _addition(self, additions: dict[int | None, Addition], alert: Alert) -> Addition:
        return additions.setdefault(alert.pk, Addition(alert, self.news, self.share))

    def _verdicts(self) -> list[Verdict]:
        """Without what came and went again before anybody was told."""
        own = [verdict for verdict in self.news.current_verdicts if self.share.has_verdict(verdict)]
        last = {verdict.citation_id: verdict for verdict in own}
        return [
            verdict for verdict in own if self._told_of(verdict) or not is_relief(last[verdict.citation_id])
        ]

    def _checks(self, verdicts: list[Verdict], answered: list[Verdict]) -> list[Check]:
        """Likewise; and where the page changed because passages were restored, that is no change elsewhere.

        A page that can be read again, and says what somebody has answered already, is back and no more than that.
        """
        restoring = {verdict.found_by_id for verdict in verdicts if is_relief(verdict)}
        restoring -= {verdict.found_by_id for verdict in verdicts if not is_relief(verdict)}
        checks = [
            check
            for check in self.news.checks
            if self.share.has_check(check)
            and not (check.outcome == Outcome.CHANGED and check.pk in restoring)
        ]
        back = {verdict.found_by_id: verdict.found_by for verdict in answered if is_relief(verdict.found_by)}
        if not checks and self.placing.told_of_loss(self.news, self.person):
            checks = [back[key] for key in sorted(back)]
        is_over = bool(checks) and is_relief(checks[-1]) and not self._told_of_page(checks[-1])
        return [] if is_over else checks

    def _main_alert(self, troubled: list[Verdict], checks: list[Check]) -> Alert:
        """The open one, else the latest closed one that told of the same, else a new one."""
        if is_open := self.placing.open_alert(self.news, self.person):
            return is_open
        told = [self.placing.told_of_passage(self.news, self.person, verdict) for verdict in troubled]
        if any(check.reason == ALTERNATES for check in checks):
            told.append(self.placing.told_of_change(self.news, self.person))
        if any(check.outcome in NOT_BELIEVED for check in checks):
            told.append(self.placing.told_of_loss(self.news, self.person))
        known = [alert for alert in told if alert]
        if known:
            return max(known, key=lambda alert: (alert.developed_at, alert.pk))
        return Alert(source=self.news.source, recipient=self.person)

    def _told_of(self, verdict: Verdict) -> Alert | None:
        return self.placing.told_of_passage(self.news, self.person, verdict) or self.placing.told_of_loss(
            self.news, self.person
        )

    def _told_of_page(self, check: Check) -> Alert | None:
        """The alert that told of what this check undoes: that the page had changed, or could not be read."""
        if check.reason != RETURNED:
            return self.placing.told_of_loss(self.news, self.person)
        return self.placing.told_of_change(self.news, self.person)
