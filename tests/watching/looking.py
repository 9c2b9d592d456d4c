"""One cited page, looked at again and again: what most tests of watching are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from stories.models import Check, Citation, Source, Verdict, Watch
from stories.watching.check import check_watches
from stories.watching.due import adopt_sources
from tests.factories import CitationFactory, SourceFactory
from tests.watching.source_site import SourceSite

PASSAGE = "The ferry will not sail on Sundays from the first week of April."
REWORDED = "The ferry will sail on Sundays from the first week of April."
REWORDED_AGAIN = "The ferry will sail on Saturdays from the first week of May."
OTHER_PASSAGE = "Tickets that were bought in advance stay valid until the end of the year."
ABOUT = """
<p>The harbour board has set out how the crossing will run in the coming season, after two public meetings.</p>
<p>Boats leave from the north quay every forty minutes, and the last one calls at all three islands.</p>
"""


def page(*paragraphs: str, title: str = "Ferry notice", noise: str = "") -> str:
    """A page long enough to be taken for one; `noise` stands where no reader sees it."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title><meta name=token content='{noise}'></head>"
        f"<body><main><h1>{title}</h1>{ABOUT}{body}<p>Questions are answered at the harbour office.</p></main>"
        "</body></html>"
    )


CHALLENGE = (
    "<!doctype html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
    "<p>Please enable JavaScript and cookies to continue. Verify you are human.</p></body></html>"
)


@dataclass
class Clock:
    time: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **wait: float) -> None:
        self.time += timedelta(**wait)


@dataclass
class CitedPage:
    """A page of the test's site with its source; `look` waits until it is due and looks."""

    site: SourceSite
    path: str = "/notice"
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.source: Source = SourceFactory(url=self.site.url(self.path))
        adopt_sources(now=self.clock())

    @property
    def watch(self) -> Watch:
        return Watch.objects.get(source=self.source)

    def cite(self, passage: str = PASSAGE) -> Citation:
        return CitationFactory(source=self.source, exact=passage)

    def put(self, *paragraphs: str, **fields: str) -> None:
        self.site.put(self.path, page(*paragraphs, **fields))

    def look(self) -> Check:
        (check,) = self.look_while(lambda: None)
        return check

    def look_while(self, something_happens: Callable[[], object]) -> list[Check]:
        """Look, and let something happen between the beginning of the look and its record."""
        due_at = self.watch.due_at
        assert due_at is not None
        self.clock.time = max(self.clock.time, due_at)
        happenings = [something_happens]

        def now() -> datetime:
            if happenings and Watch.objects.filter(source=self.source, lease__isnull=False).exists():
                happenings.pop()()
            return self.clock()

        return list(check_watches([self.watch], now=now))

    def looks(self, count: int) -> list[Check]:
        return [self.look() for _ in range(count)]


def words(verdicts: Iterable[Verdict]) -> list[tuple[str, bool, bool]]:
    """Word, confirmed, news: oldest first."""
    ordered = sorted(verdicts, key=lambda verdict: verdict.pk)
    return [(verdict.verdict, verdict.is_confirmed, verdict.is_news) for verdict in ordered]


def superseded() -> set[int]:
    """The confirmed verdicts after which another was confirmed about the same passage."""
    confirmed = Verdict.objects.filter(is_confirmed=True)
    return {verdict.pk for verdict in confirmed} - {verdict.pk for verdict in Verdict.objects.standing()}


def marked_as_superseded() -> set[int]:
    return {verdict.pk for verdict in Verdict.objects.filter(is_superseded=True)}
