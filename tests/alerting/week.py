"""A week of a newsroom: pages that change, flap, fail and come back, and whoever should hear of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage

from stories.alerting.digest import due_digests, gather_digests
from stories.alerting.send import due_deliveries, send_delivery, send_digest
from stories.alerting.tell import tell_news
from stories.models import Article, Delivery, Digest, Source, User, Watch
from stories.models.outgoing import ON_THE_WAY_OUT
from stories.models.words import Gravity, Timing
from stories.publishing.publish import publish_article
from stories.watching.check import check_watches
from stories.watching.due import adopt_sources, due_watches
from tests.alerting.mail_server import Mailbox
from tests.alerting.scenes import quote
from tests.factories import (
    FollowingFactory,
    HearingChoiceFactory,
    PreferencesFactory,
    SourceFactory,
    make_editor,
    make_reporter,
)
from tests.watching.looking import CHALLENGE, OTHER_PASSAGE, page
from tests.watching.source_site import SourceSite

#: A Monday; New York changes its clocks on the Sunday.
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
SIX_HOURS = 21_600
QUOTED = "The bridge will be closed from Monday."
REWORDED = "The bridge may be closed from Monday."
DROPPED = "The harbour office opens at nine in the morning."


def day(number: int, hours: float = 0) -> datetime:
    """Monday is 0."""
    return MONDAY + timedelta(days=number, hours=hours)


@dataclass
class Letter:
    arrived_at: datetime
    mail: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.mail["Subject"])


@dataclass
class Week:
    """`run` lets it pass, from one moment at which something is due to the next, and keeps every letter."""

    site: SourceSite
    mailbox: Mailbox
    now: datetime = MONDAY
    script: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)
    noisy: list[str] = field(default_factory=list)
    letters: dict[str, list[Letter]] = field(default_factory=dict)
    looks: int = 0

    def clock(self) -> datetime:
        return self.now

    def source(self, name: str) -> Source:
        self.site.put(f"/{name}", page(QUOTED, OTHER_PASSAGE, title=name))
        return SourceFactory(title=name, url=self.site.url(f"/{name}"), check_interval_seconds=SIX_HOURS)

    def story(self, headline: str, source: Source, *reporters: User) -> Article:
        return quote(source, *reporters, headline=headline, slug=headline.lower().replace(" ", "-")).article

    def says(self, when: datetime, name: str, *paragraphs: str) -> None:
        self.at(when, lambda: self.site.put(f"/{name}", page(*paragraphs, title=name)))

    def answers(self, when: datetime, name: str, status: int) -> None:
        self.at(when, lambda: self.site.put(f"/{name}", "<p>Sorry.</p>", status=status))

    def at(self, when: datetime, what: Callable[[], object]) -> None:
        self.script.append((when, what))

    def run(self, until: datetime) -> None:
        adopt_sources(now=self.now)
        while self.now < until:
            self._pass()
            self.now = min(until, self._next_moment())

    def _pass(self) -> None:
        for step in sorted((step for step in self.script if step[0] <= self.now), key=lambda step: step[0]):
            self.script.remove(step)
            step[1]()
        self._make_noise()
        watches = due_watches(now=self.now, limit=1000)
        self.looks += len(list(check_watches(watches, now=self.clock))) if watches else 0
        tell_news(now=self.now)
        gather_digests(now=self.now, limit=100)
        for digest in due_digests(now=self.now, limit=100):
            send_digest(digest, now=self.clock)
        for delivery in due_deliveries(now=self.now, limit=1000):
            send_delivery(delivery, now=self.clock)
        for mail in self.mailbox.letters:
            self.letters.setdefault(str(mail["To"]), []).append(Letter(self.now, mail))
        self.mailbox.letters.clear()

    def _make_noise(self) -> None:
        """What pages do all the time: a token, an outage, a challenge, an answer that breaks off."""
        for number, name in enumerate(self.noisy):
            self.site.put(f"/{name}", page(QUOTED, OTHER_PASSAGE, title=name, noise=self.now.isoformat()))
            if (number + self.now.hour + self.now.day) % 7:
                continue
            match number % 3:
                case 0:
                    self.site.put(f"/{name}", "<p>Sorry.</p>", status=503)
                case 1:
                    self.site.put(f"/{name}", CHALLENGE)
                case _:
                    self.site.put(f"/{name}", page(QUOTED, title=name), is_cut_short=True)

    def _next_moment(self) -> datetime:
        return min(moment for moment in self._moments() if moment > self.now)

    def _moments(self) -> Iterator[datetime]:
        yield day(8)
        yield from (when for when, _what in self.script)
        yield from Watch.objects.filter(due_at__isnull=False).values_list("due_at", flat=True)
        for model in (Delivery, Digest):
            waiting = model.objects.filter(state__in=ON_THE_WAY_OUT)
            yield from waiting.values_list("next_try_at", flat=True)


def wants(person: User, timing: Timing) -> None:
    for gravity in Gravity:
        HearingChoiceFactory(person=person, gravity=gravity, timing=timing)


def person(name: str, zone: str = "UTC", **preferences: object) -> User:
    user = make_reporter(username=name, first_name=name.title(), email=f"{name}@news.example")
    PreferencesFactory(person=user, time_zone=zone, **preferences)
    return user


def write_the_week(week: Week, *, sources: int) -> dict[str, User]:
    """The people, their stories, and what happens to the pages that these quote."""
    ana = person("ana", "America/New_York")
    quiet = {"quiet_from": time(22), "quiet_until": time(7), "grave_breaks_quiet": False}
    ben = person("ben", "Europe/Berlin", **quiet)
    cleo = person("cleo", "Asia/Tokyo")
    wants(cleo, Timing.DAILY)
    dana = person("dana", digest_weekday=4)
    wants(dana, Timing.WEEKLY)
    gus = person("gus", paused_until=date(2026, 3, 6))
    eve, finn, ida = person("eve"), person("finn"), person("ida")
    hal = make_editor(username="hal", email="hal@news.example")
    PreferencesFactory(person=hal, time_zone="UTC", is_on_duty=True)

    ferries = week.story("Ferries", week.source("ferry"), ana, ben, gus)
    week.says(day(1, 10), "ferry", REWORDED, OTHER_PASSAGE)
    publish_article(ferries, by=None, now=MONDAY)
    FollowingFactory(person=ida, article=ferries)
    week.story("Parks", week.source("park"), ana, ida)
    week.says(day(2, 11), "park", REWORDED, OTHER_PASSAGE)
    week.says(day(2, 12) + timedelta(seconds=30), "park", QUOTED, OTHER_PASSAGE)

    week.story("Trams", week.source("tram"), ana, cleo)
    week.says(day(1, 9), "tram", REWORDED, OTHER_PASSAGE)
    week.says(day(2, 9), "tram", QUOTED, OTHER_PASSAGE)

    week.story("Port", week.source("port"), ben)
    week.answers(day(2, 15), "port", 410)

    week.story("Library", week.source("library"), ana)
    week.answers(day(0, 11), "library", 503)
    week.says(day(5, 11), "library", QUOTED, OTHER_PASSAGE)
    week.story("Museum", week.source("museum"), ana)
    week.answers(day(1, 5), "museum", 503)
    week.says(day(2, 4), "museum", QUOTED, OTHER_PASSAGE)

    budget = week.source("budget")
    for number in range(40):
        week.story(f"Budget {number}", budget, (ana, ben, cleo, dana)[number % 4])
    week.says(day(3, 10), "budget", REWORDED, OTHER_PASSAGE)

    week.story("Court", week.source("court"), dana, gus)
    week.says(day(1, 19), "court", REWORDED, OTHER_PASSAGE)
    week.says(day(2, 19), "court", DROPPED, OTHER_PASSAGE)

    school = week.story("Schools", week.source("school"), eve, finn)
    week.at(day(1), lambda: User.objects.filter(pk=eve.pk).update(is_active=False))
    week.at(day(2), lambda: school.reporters.remove(finn))
    week.says(day(4, 10), "school", REWORDED, OTHER_PASSAGE)

    week.story("Clinic", week.source("clinic"), ben)
    week.says(day(1, 13), "clinic", QUOTED, "Tickets that were bought in advance are void.", DROPPED)
    week.story("Mill", week.source("mill"), ana)
    week.says(day(3, 16), "mill", REWORDED, OTHER_PASSAGE)
    week.story("Bridge", week.source("bridge"), ben)
    week.says(day(3, 23), "bridge", REWORDED, OTHER_PASSAGE)

    for number in range(sources - Source.objects.count()):
        week.noisy.append(f"noisy{number}")
        week.story(f"Noise {number}", week.source(f"noisy{number}"), ana, ben, cleo, dana, finn)
    return {user.username: user for user in (ana, ben, cleo, dana, gus, eve, finn, ida, hal)}
