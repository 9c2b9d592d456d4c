"""A newsroom at work while something breaks: pages are reworded, people are told, editors save, publish, schedule.

What happened is known from outside: which page named which pier, which letter named it, which save and which
publication the server said yes to. `what_was_lost` holds the newsroom against that.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from random import Random

from django.db import OperationalError, connection, connections
from django.db.models import Sum
from django.test import Client
from django.utils import timezone

from stories.models import Article, Check, Delivery, Endpoint, Update, User, Verdict, Version
from stories.models.words import Channel
from stories.publishing.publication import ask_to_publish
from stories.publishing.publish import publish_article
from stories.publishing.wish import Wish
from tests.factories import (
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    SourceFactory,
    make_editor,
    make_reporter,
)
from tests.faults.editing import Editor
from tests.faults.invariants import wait_until_quiet, what_broke
from tests.faults.outside import CITED, Outside, outside
from tests.faults.places import Place
from tests.faults.runs import BROKE, Occasion
from tests.faults.shuffling import FILE
from tests.running import LONGEST_SECONDS

PASSWORD = "a bridge, a port, a mayor"
#: Stands in what no reader may see: in a private note, in a working copy that nobody publishes.
CANARY = "canary-of-the-faults"
REPORTERS = 2
#: Who may be at work in a newsroom that several runs share, and how many are where a run asks for no more.
MOST_EDITORS, EDITORS = 4, 2


class Life:
    """`going_on` lets it go on; `changes` and what follows say what was done meanwhile."""

    def __init__(self, place: Place, world: Outside, random: Random, *, sources: int, editors: int) -> None:
        self.place, self.world, self.random = place, world, random
        self.urls = [world.make_page(number) for number in range(sources)]
        self.mailboxes = [f"reporter{number}@newsroom.example" for number in range(REPORTERS)]
        self.editors: list[Editor] = []
        self.scheduled: list[str] = []
        self.broken: list[str] = []
        #: Held while somebody reads the clock and says when, or while it is set.
        self.scheduling = threading.Lock()
        self._stopping = threading.Event()
        self._numbers = count(1)
        self._before: Counter[str] = Counter()
        self._furnish(editors)

    def _furnish(self, editors: int) -> None:
        reporters = [
            make_reporter(username=address.split("@")[0], email=address) for address in self.mailboxes
        ]
        Endpoint.objects.create(
            person=reporters[0],
            channel=Channel.WEBHOOK,
            name="Hook",
            address=self.world.hooks.url(),
            secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        )
        for number, url in enumerate(self.urls):
            source = SourceFactory(
                url=url, title=f"Notice {number}", check_interval_seconds=3, note=f"{CANARY} {number}"
            )
            article = ArticleFactory(slug=f"ferry-{number}", body=f"It says: “{CITED}”")
            article.reporters.set(reporters)
            CitationFactory(claim=ClaimFactory(article=article), source=source, exact=CITED)
        for number in range(editors):
            name = f"editor{number}"
            make_editor(username=name, email=f"{name}@newsroom.example", password=PASSWORD)
            article = ArticleFactory(slug=f"minutes-{number}")
            publish_article(article, by=None, now=timezone.now())
            self.editors.append(Editor(self.place.home, name, PASSWORD, article.pk))
        scheduled = ArticleFactory(slug="scheduled")
        publish_article(scheduled, by=None, now=timezone.now())
        ArticleFactory(slug="draft", headline=f"{CANARY} headline", body=f"{CANARY} body")

    # What goes on.

    @contextmanager
    def going_on(self, *, editors: int | None = None) -> Iterator[None]:
        """With so many of the editors at work, or all; when it ends, it may begin again."""
        works: list[Callable[[int], float]] = [self._reword, self._schedule]
        works += [self._at_the_desk(editor) for editor in self.editors[:editors]]
        self._before = self._counts()
        self._stopping.clear()
        threads = [threading.Thread(target=self._go_on, args=(work,), daemon=True) for work in works]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            for thread in threads:
                thread.join(LONGEST_SECONDS)

    def _go_on(self, work: Callable[[int], float]) -> None:
        while not self._stopping.is_set():
            try:
                pause = work(next(self._numbers))
            except OperationalError:
                # The database is away: whoever works at it tries again.
                pause = 0.5
                connections.close_all()
            except Exception:  # noqa: BLE001 - it is told at the end
                self.broken.append(traceback.format_exc(limit=-4))
                pause = 1.0
            self._stopping.wait(pause)
        connections.close_all()

    def _reword(self, _number: int) -> float:
        """Each page is reworded again once everybody was told of what it says now: so every change must be told."""
        told = self._told()
        for url in self.urls:
            pier = self.world.piers[url]
            if pier in told if pier else self._is_read(url):
                self.world.change(url)
        return 0.2

    def _told(self) -> set[int]:
        """The piers that everybody was told of, everywhere."""
        mail = [self.world.told_by_mail(address).keys() for address in self.mailboxes]
        return set(self.world.told_by_hook()).intersection(*mail)

    def _is_read(self, url: str) -> bool:
        return Verdict.objects.filter(citation__source__url=url, verdict="verbatim").exists()

    def _schedule(self, number: int) -> float:
        article, note = Article.objects.get(slug="scheduled"), f"Scheduled as number {number}-."
        if article.publications.on_the_way().exists():
            return 0.3
        article.body = f"The harbour board meets. {number}-"
        article.save()
        with self.scheduling:
            by, now = User.objects.get(username="editor0"), timezone.now()
            wish = Wish(kind="update", note=note, publish_at=now + timedelta(seconds=1))
            ask_to_publish(article, wish=wish, by=by, now=now)
            self.scheduled.append(note)
        return 0.5

    def _at_the_desk(self, editor: Editor) -> Callable[[int], float]:
        def work(number: int) -> float:
            began = time.monotonic()
            editor.work(number)
            # As people do, they leave the machine to others more than half of the time, be it quick or slow.
            return max(0.5, 2 * (time.monotonic() - began))

        return work

    # What came of it.

    @property
    def changes(self) -> int:
        return sum(len(numbers) for numbers in self.world.changes.values())

    def meanwhile(self) -> str:
        """Of what went on last."""
        done = self._counts() - self._before
        again = f" ({done['again']:,} letters again under their Message-ID)" if done["again"] else ""
        said = ", ".join(f"{done[what]:,} {what}" for what in ("looks", "changes", "deliveries"))
        return f"{said}{again}, {done['saves']:,} saves, {done['versions']:,} versions"

    def _counts(self) -> Counter[str]:
        return Counter(
            looks=Check.objects.aggregate(looks=Sum("looks"))["looks"] or 0,
            changes=self.changes,
            deliveries=Delivery.objects.count(),
            again=sum(times - 1 for times in self.world.letters.times.values()),
            saves=sum(len(editor.saved) for editor in self.editors),
            versions=Version.objects.count(),
        )

    def what_was_lost(self) -> list[str]:
        """Wait until the product, which still runs, is quiet; then every sentence is something lost."""
        lost = wait_until_quiet(self.place)
        # The last changes may still be on their way to being seen.
        deadline = time.monotonic() + LONGEST_SECONDS
        while (missing := list(self._untold())) and time.monotonic() < deadline:
            time.sleep(0.5)
        lost += [*missing, *wait_until_quiet(self.place), *what_broke()]
        lost += [*self._told_twice(), *self._lost_saves(), *self._lost_publications(), *self._leaks()]
        lost += [f"{BROKE}: {trouble}" for trouble in dict.fromkeys(self.broken)]
        connection.close()
        return list(dict.fromkeys(lost))

    def _untold(self) -> Iterator[str]:
        """Invariant 3, from outside: each pier that a page ever named was named to everybody."""
        mail = {address: self.world.told_by_mail(address) for address in self.mailboxes}
        hook = self.world.told_by_hook()
        for url, numbers in self.world.changes.items():
            for number in numbers:
                for address in self.mailboxes:
                    if number not in mail[address]:
                        yield f"invariant 3: {address} never heard that {url} names pier {number}"
                if number not in hook:
                    yield f"invariant 3: the webhook never heard that {url} names pier {number}"

    def _told_twice(self) -> Iterator[str]:
        """Invariant 3, from outside: nobody has two letters of one change that a mail program would show twice."""
        for address in self.mailboxes:
            for number, keys in self.world.told_by_mail(address).items():
                if len(keys) > 1:
                    yield f"invariant 3: {address} heard of pier {number} in {len(keys)} letters: {sorted(keys)}"
        for number, keys in self.world.told_by_hook().items():
            if len(keys) > 1:
                yield f"invariant 3: the webhook heard of pier {number} under {len(keys)} ids"

    def _lost_saves(self) -> Iterator[str]:
        """Invariant 10: what an editor was told is saved is in the story or in its history."""
        for editor in self.editors:
            article = Article.objects.get(pk=editor.article_id)
            kept = set(article.history.values_list("body", flat=True))
            for body in editor.saved:
                if body not in kept:
                    yield f"invariant 10: {editor.name} was told it is saved, and it is not: {body}"
            # Those since the last one that the server said yes to may have been saved without a word.
            last = editor.tried.index(editor.saved[-1]) if editor.saved else 0
            if editor.saved and article.body not in editor.tried[last:]:
                yield f"invariant 10: the story of {editor.name} says what nobody wrote: {article.body}"

    def _lost_publications(self) -> Iterator[str]:
        """Invariants 1 and 4: what was said to be published is, once; what was scheduled is, once."""
        notes = list(Update.objects.filter(version__isnull=False).values_list("note", flat=True))
        asked = [(note, editor.name) for editor in self.editors for note in editor.published]
        for note, who in [*asked, *((note, "the schedule") for note in self.scheduled)]:
            if notes.count(note) != 1:
                yield f"invariant 4: {who}’s note was published {notes.count(note)} times: {note}"
        for editor in self.editors:
            for note in editor.tried:
                if notes.count(note) > 1:
                    yield f"invariant 4: published {notes.count(note)} times: {note}"

    def _leaks(self) -> Iterator[str]:
        """Invariant 5: readers see no draft."""
        client = Client(headers={"host": "127.0.0.1"})
        for path in ("/", "/corrections/", "/sitemap.xml", "/stories/draft/", "/stories/minutes-0/changes/"):
            if CANARY in client.get(path).content.decode():
                yield f"invariant 5: {path} shows a draft"


@contextmanager
def life(place: Place, random: Random, *, sources: int = 8, editors: int = 2) -> Iterator[Life]:
    """A new newsroom at this place, and the world around it."""
    place.begin()
    with outside() as world:
        yield Life(place, world, random, sources=sources, editors=editors)


def at_work(at: Occasion) -> Life:
    """A newsroom whose every process runs, until the place is left: that of the run before, or else a new one."""
    place = at.place
    if place.kept is None:
        newsroom = place.leaving.enter_context(life(place, at.random, editors=MOST_EDITORS))
        shuffles = {FILE: str(place.shuffled)}
        place.leaving.enter_context(place.running(**newsroom.world.settings, **shuffles))
        place.kept = newsroom
    return place.kept
