"""What a story rests on: each quoted passage with its source, and whether the source still says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models import Merge, Verdict, Version, Watch
from stories.models.merge import MergeState
from stories.models.words import SourceKind, VerdictWord
from stories.reader.quotes import find_quotes, insert_marks
from stories.text.diff import WordChange, diff_words

LABELS: dict[str, Any] = {
    VerdictWord.VERBATIM.value: _("On its source’s page as quoted"),
    VerdictWord.ALTERED.value: _("Reworded since"),
    VerdictWord.MISSING.value: _("No longer there"),
    VerdictWord.UNREADABLE.value: _("Could not be read when last checked"),
    "alternating": _("Going back and forth between two wordings"),
    "unchecked": _("Not checked yet"),
    "uncheckable": _("Not checkable"),
}
_REASONS = {
    SourceKind.PERSON.value: _("Not checkable: a statement made to the newsroom"),
    SourceKind.DOCUMENT.value: _("Not checkable: a document on file"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One citation as readers see it; `number` is what the mark in the text and the list have in common."""

    number: int
    exact: str
    title: str
    url: str
    kind: str
    claim: str
    word: str
    verified_at: datetime | None
    changes: tuple[WordChange, ...] = ()
    is_in_text: bool = False
    is_alternating: bool = False

    @property
    def label(self) -> str:
        return str(LABELS["alternating" if self.is_alternating else self.word])

    @property
    def told(self) -> str:
        """The label, with why it cannot be checked where it cannot."""
        if self.word != "uncheckable":
            return self.label
        return str(_REASONS.get(self.kind, _("Not checkable: it has no public address")))

    @property
    def robust(self) -> SafeString:
        """What Robust Links adds to a link: the address as cited, and of which date its content is known."""
        if not self.url or not self.verified_at:
            return SafeString("")
        day = f"{self.verified_at.astimezone(UTC):%Y-%m-%d}"
        return format_html(' data-originalurl="{}" data-versiondate="{}"', self.url, day)

    @property
    def is_worrying(self) -> bool:
        return self.word in {VerdictWord.ALTERED, VerdictWord.MISSING}


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The body with a mark behind each passage that was found in it, and the list that the marks lead to."""

    html: SafeString
    marks: tuple[Mark, ...]


def text_as_it_stands(version: Version) -> MarkedText:
    """The live version's text, with what checks have found since; two queries however many passages."""
    citations = version.frozen["citations"]
    findings, merged = _findings(citations)
    marks = [
        _since(mark, _same(citation["source"]["id"], merged), findings.get(citation["id"]))
        for citation, mark in zip(citations, _frozen_marks(version.frozen), strict=True)
    ]
    return _marked(version, marks)


def text_as_it_was(version: Version) -> MarkedText:
    """A version's text, with what was known when it was published; no query."""
    return _marked(version, list(_frozen_marks(version.frozen)))


def _frozen_marks(content: Mapping[str, Any]) -> Iterator[Mark]:
    claims = {claim["id"]: claim["text"] for claim in content["claims"]}
    for citation in content["citations"]:
        source, verified_at = citation["source"], citation["verified_at"]
        yield Mark(
            number=0,
            exact=citation["exact"],
            title=source["title"],
            url=source["url"] or "",
            kind=source["kind"],
            claim=claims.get(citation["claim"], ""),
            word=citation["verdict"] or ("unchecked" if source["url"] else "uncheckable"),
            verified_at=datetime.fromisoformat(verified_at) if verified_at else None,
        )


@dataclass(frozen=True, slots=True)
class _Finding:
    """The standing verdict on a citation; a believed copy read since has agreed with it."""

    source_id: int
    word: str
    passage: str
    wording: str
    is_alternating: bool
    verified_at: datetime


#: By source: the one that it was merged into, or itself.
_Merged = Mapping[int, int]


def _same(source_id: int, merged: _Merged) -> int:
    return merged.get(source_id, source_id)


def _findings(citations: Sequence[Mapping[str, Any]]) -> tuple[dict[int, _Finding], _Merged]:
    """What was found of each citation, and which sources are one by now."""
    verdicts = list(
        Verdict.objects.standing()
        .filter(citation__in=[citation["id"] for citation in citations])
        .select_related("found_by")
        .only(
            "citation",
            "verdict",
            "passage",
            "wording",
            "is_alternating",
            "found_by__source",
            "found_by__started_at",
        )
    )
    keys = {verdict.found_by.source_id for verdict in verdicts} | {each["source"]["id"] for each in citations}
    # In one query, and not asked of the sources themselves, which are a working copy.
    merges = Merge.objects.filter(state=MergeState.MERGED)
    into = merges.filter(source=OuterRef("source")).values("kept")[:1]
    # A union, because PostgreSQL reads all watches to find those of the one or the other.
    own_or_kept = Watch.objects.filter(source__in=keys).order_by().values("source")
    watched = Watch.objects.filter(
        source__in=own_or_kept.union(merges.filter(source__in=keys).order_by().values("kept"))
    )
    rows = list(watched.annotate(into=Subquery(into)).values_list("source", "into", "read_at"))
    merged = {key: kept for key, kept, _at in rows if kept}
    own = {key: at for key, _kept, at in rows}
    read_at = {key: _latest(own.get(key), own.get(merged.get(key, key))) for key in keys}
    return {verdict.citation_id: _finding(verdict, merged, read_at) for verdict in verdicts}, merged


def _latest(*moments: datetime | None) -> datetime | None:
    return max(filter(None, moments), default=None)


def _finding(verdict: Verdict, merged: _Merged, read_at: Mapping[int, datetime | None]) -> _Finding:
    check = verdict.found_by
    verified_at = max(check.started_at, read_at.get(check.source_id) or check.started_at)
    return _Finding(
        _same(check.source_id, merged),
        verdict.verdict,
        verdict.passage,
        verdict.wording,
        verdict.is_alternating,
        verified_at,
    )


def _since(mark: Mark, source_id: int, found: _Finding | None) -> Mark:
    """The mark as it stands now; as it was frozen where what was found is about a draft's passage or source."""
    if found is None or not mark.url or found.source_id != source_id:
        return mark
    if found.passage == mark.exact:
        is_altered = found.word == VerdictWord.ALTERED and found.wording
        changes = diff_words(mark.exact, found.wording) if is_altered else ()
        return replace(
            mark,
            word=found.word,
            verified_at=found.verified_at,
            changes=changes,
            is_alternating=found.is_alternating,
        )
    if found.word == VerdictWord.ALTERED and found.wording == mark.exact:
        return replace(mark, word=VerdictWord.VERBATIM.value, verified_at=found.verified_at)
    return mark


def _marked(version: Version, marks: Sequence[Mark]) -> MarkedText:
    """Number the marks as a reader meets them; those that are not in the text come last."""
    html = version.frozen["html"]
    places = find_quotes(html, [mark.exact for mark in marks])
    order = sorted(range(len(marks)), key=lambda index: (places[index] is None, places[index] or 0, index))
    numbered, links = [], dict[int, str]()
    for number, index in enumerate(order, start=1):
        place = places[index]
        mark = replace(marks[index], number=number, is_in_text=place is not None)
        numbered.append(mark)
        if place is not None:
            links[place] = links.get(place, "") + _link(mark)
    # Frozen HTML is the sanitiser's output; the links are escaped.
    return MarkedText(mark_safe(_robust(insert_marks(html, links), numbered)), tuple(numbered))  # noqa: S308


def _robust(html: str, marks: Sequence[Mark]) -> str:
    """The body's own links to sources, with what Robust Links adds."""
    for link, robust in {format_html('<a href="{}"', mark.url): mark.robust for mark in marks}.items():
        if robust:
            html = html.replace(link, link + robust)
    return html


def _link(mark: Mark) -> SafeString:
    return format_html(
        '<sup class="mark mark--{}" id="quote-{}"><a href="#source-{}" aria-label="{}">{}</a></sup>',
        mark.word,
        mark.number,
        mark.number,
        gettext("Source %(number)s: %(state)s") % {"number": mark.number, "state": mark.label},
        mark.number,
    )
