"""What an alert has to tell: each passage as quoted and as it stands, word by word, and what rests on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from stories.alerting.gravity import gravity_of_verdict, is_relief
from stories.alerting.sight import Sight
from stories.models import Alert, Article, Check, Citation, Claim, Verdict
from stories.models.alert import AlertQuerySet
from stories.models.words import BELIEVED, VerdictWord
from stories.text.changes import WordChange
from stories.text.diff import diff_words
from stories.text.invisible import show_invisible

_MARKS = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage is quoted, and what the story says on the strength of it."""

    article: Article
    claim: Claim | None


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage with the last that was found of it, once for however many stories quote it."""

    verdict: Verdict
    changes: tuple[WordChange, ...]
    places: tuple[Place, ...]

    @property
    def word(self) -> VerdictWord:
        return VerdictWord(self.verdict.verdict)

    @property
    def citation(self) -> Citation:
        """With the words that were looked for: what the working copy quotes by now is not everybody's to see."""
        citation = copy(self.verdict.citation)
        citation.exact = self.verdict.passage
        return citation

    @property
    def is_alternating(self) -> bool:
        return self.verdict.is_alternating

    @property
    def marked_text(self) -> str:
        """The changes in plain text: `[-deleted-]`, `{+inserted+}`, with what is invisible in them spelled out."""
        marked = "".join(_mark(change) for change in self.changes)
        return marked.replace("-]{+", "-] {+")


@dataclass(frozen=True, slots=True)
class Account:
    """What one reader of an alert may be told: the gravest passage first, then the page itself."""

    alert: Alert
    passages: tuple[Passage, ...]
    page: Check | None
    places: tuple[Place, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        return tuple({place.article.pk: place.article for place in self.places}.values())

    @property
    def has_news(self) -> bool:
        """False where the reader may see nothing of it."""
        return bool(self.passages) or self.page is not None

    @property
    def troubled(self) -> tuple[Passage, ...]:
        return tuple(passage for passage in self.passages if not is_relief(passage.verdict))

    @property
    def change(self) -> Check | None:
        """The check that found the latest of it."""
        checks = [passage.verdict.found_by for passage in self.passages] + ([self.page] if self.page else [])
        return max(checks, key=lambda check: check.pk, default=None)


def with_news(alerts: AlertQuerySet) -> AlertQuerySet:
    """The alerts with everything that `accounts_of` reads, in three queries however many they are."""
    verdicts = Verdict.objects.select_related("citation__article", "citation__claim", "found_by").defer(
        "citation__article__body"
    )
    return alerts.select_related("source", "recipient", "answered_by", "assignee").prefetch_related(
        Prefetch("verdicts", verdicts.order_by("pk")), Prefetch("checks", Check.objects.order_by("pk"))
    )


def accounts_of(alerts: Sequence[Alert], *, sight: Sight, until: Check | None = None) -> list[Account]:
    """An account of each alert, of what is in sight only, as things stood at the check `until`."""
    citing = _citing_places([alert.source_id for alert in alerts if not alert.verdicts.all()], sight)
    return [_account_of(alert, sight, until, citing) for alert in alerts]


def first_seen_at(check: Check) -> datetime:
    """When the change that a check confirmed was first seen: by the look before it, where that only suspected it."""
    before = Check.objects.filter(source=check.source_id, pk__lt=check.pk).order_by("-pk").first()
    return before.started_at if before and not before.is_confirmed else check.started_at


def _account_of(alert: Alert, sight: Sight, until: Check | None, citing: dict[int, list[Place]]) -> Account:
    last = {
        verdict.citation_id: verdict
        for verdict in alert.verdicts.all()
        if (until is None or verdict.found_by_id <= until.pk) and sight.shows(verdict)
    }
    checks = [check for check in alert.checks.all() if until is None or check.pk <= until.pk]
    places = [_place(verdict.citation, sight) for verdict in last.values()]
    return Account(
        alert=alert,
        passages=tuple(_passages(last.values(), sight)),
        page=_page(checks, last.values()),
        places=tuple(places or citing[alert.source_id]),
    )


def _place(citation: Citation, sight: Sight) -> Place:
    """As the person may see it: to who only follows, the story says what its readers are told."""
    if sight.is_full_of(citation.article_id):
        return Place(citation.article, citation.claim)
    story = sight.as_published[citation.article_id]
    article = copy(citation.article)
    article.headline = story.headline
    return Place(article, story.claim_of(citation))


def _passages(verdicts: Iterable[Verdict], sight: Sight) -> list[Passage]:
    """Gravest first; verdicts that say the same of the same words are one passage with several places."""
    alike: dict[tuple[str, str, str, bool], list[Verdict]] = defaultdict(list)
    for verdict in sorted(verdicts, key=lambda verdict: (-gravity_of_verdict(verdict), verdict.pk)):
        alike[verdict.verdict, verdict.passage, verdict.wording, verdict.is_alternating].append(verdict)
    return [
        Passage(
            verdict=group[-1],
            changes=_changes(group[-1]),
            places=tuple(_place(verdict.citation, sight) for verdict in group),
        )
        for group in alike.values()
    ]


def _changes(verdict: Verdict) -> tuple[WordChange, ...]:
    match verdict.verdict:
        case VerdictWord.ALTERED:
            return diff_words(verdict.passage, verdict.wording)
        case VerdictWord.MISSING:
            return (WordChange("delete", verdict.passage),)
        case _:
            return (WordChange("equal", verdict.passage),)


def _mark(change: WordChange) -> str:
    is_equal = change.operation == "equal"
    return _MARKS[change.operation].format(change.text if is_equal else show_invisible(change.text))


def _page(checks: Sequence[Check], verdicts: Iterable[Verdict]) -> Check | None:
    """The last news of the page itself, unless it has been read well since."""
    if not checks:
        return None
    read_at = [verdict.found_by_id for verdict in verdicts if verdict.found_by.outcome in BELIEVED]
    return checks[-1] if checks[-1].pk >= max(read_at, default=0) else None


def _citing_places(source_ids: Collection[int], sight: Sight) -> dict[int, list[Place]]:
    """For alerts that tell of no passage: what rests on the source, each claim once."""
    found: dict[int, list[Place]] = defaultdict(list)
    if not source_ids:
        return found
    citations = Citation.objects.filter(source__in=source_ids).select_related("article", "claim")
    if sight.in_full is not None:
        citations = citations.filter(article__in=[*sight.in_full, *sight.as_published])
    for citation in citations.defer("article__body").order_by("article_id", "pk"):
        if citation.source_id and sight.shows_citation(citation):
            place = _place(citation, sight)
            if place not in found[citation.source_id]:
                found[citation.source_id].append(place)
    return found
