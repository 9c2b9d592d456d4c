"""Two frozen contents → what readers can see changed between them, as data."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from stories.text.blocks import Block, BlockKind, Link, links, readable_blocks
from stories.text.diff import (
    BlockChange,
    Folded,
    WordChange,
    WordCount,
    count_words,
    diff_blocks,
    diff_words,
    fold,
)

Content = Mapping[str, Any]
Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class LineChange:
    """A headline, a claim, a passage: one line before and after, and its changes by words."""

    before: str
    after: str
    changes: tuple[WordChange, ...]

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of the body: what it is to a reader, and what became of it."""

    kind: BlockKind
    change: BlockChange


@dataclass(frozen=True, slots=True)
class Fold:
    """Unchanged paragraphs that need not be shown at once."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def count(self) -> int:
        return len(self.paragraphs)


@dataclass(frozen=True, slots=True)
class ClaimChange:
    kind: Kind
    text: LineChange
    standing_before: str
    standing_after: str

    @property
    def is_standing_changed(self) -> bool:
        return self.kind == "changed" and self.standing_before != self.standing_after


@dataclass(frozen=True, slots=True)
class CitationChange:
    """A quoted passage that came, went, was quoted otherwise, or is now ascribed to another source."""

    kind: Kind
    passage: LineChange
    source_before: str
    source_after: str

    @property
    def is_source_changed(self) -> bool:
        return self.kind == "changed" and self.source_before != self.source_after


@dataclass(frozen=True, slots=True)
class SourceChange:
    kind: Kind
    title: LineChange
    url_before: str
    url_after: str


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A link in the body; `changed` where the same words now lead elsewhere, which no reader would notice."""

    kind: Kind
    text: str
    url_before: str
    url_after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    headline: LineChange
    dek: LineChange
    byline: LineChange
    body: tuple[Paragraph | Fold, ...]
    claims: tuple[ClaimChange, ...]
    citations: tuple[CitationChange, ...]
    sources: tuple[SourceChange, ...]
    links: tuple[LinkChange, ...]
    words: WordCount
    is_body_changed: bool
    is_formatting_changed: bool

    @property
    def is_empty(self) -> bool:
        """True where a reader sees no difference at all."""
        return not (
            self.is_text_changed
            or self.is_formatting_changed
            or self.claims
            or self.citations
            or self.sources
            or self.links
        )

    @property
    def is_text_changed(self) -> bool:
        return self.is_body_changed or any(line.is_changed for line in (self.headline, self.dek, self.byline))


def compare_contents(before: Content | None, after: Content, *, context: int = 0) -> Comparison:
    """What readers see differently in `after`; with nothing before it, everything is added.

    `context` unchanged paragraphs stay unfolded beside each change. The same contents give the same data.
    """
    old: Content = before or {}
    headline, dek, byline = (
        _line(old.get(name, ""), after.get(name, "")) for name in ("headline", "dek", "byline")
    )
    old_html, new_html = old.get("html", ""), after.get("html", "")
    body = _body(old_html, new_html)
    link_changes = _links(old_html, new_html)
    is_body_changed = any(paragraph.change.kind != "same" for paragraph in body)
    return Comparison(
        headline=headline,
        dek=dek,
        byline=byline,
        body=_folded(body, context=context),
        claims=tuple(_claims(old, after)),
        citations=tuple(_citations(old, after)),
        sources=tuple(_sources(old, after)),
        links=link_changes,
        words=_words(
            [headline.changes, dek.changes, byline.changes, *(paragraph.change.changes for paragraph in body)]
        ),
        is_body_changed=is_body_changed,
        is_formatting_changed=old_html != new_html and not is_body_changed and not link_changes,
    )


def _line(before: str, after: str) -> LineChange:
    return LineChange(before, after, diff_words(before, after))


def _body(before: str, after: str) -> tuple[Paragraph, ...]:
    old, new = _blocks(before), _blocks(after)
    changes = diff_blocks([block.text for block in old], [block.text for block in new])
    return tuple(Paragraph(_kind(change, old, new), change) for change in changes)


@lru_cache(maxsize=8)
def _blocks(html: str) -> tuple[Block, ...]:
    # A changelog compares each version with both of its neighbours: read it once.
    return readable_blocks(html)


def _kind(change: BlockChange, old: Sequence[Block], new: Sequence[Block]) -> BlockKind:
    if change.after_index is not None:
        return new[change.after_index].kind
    return old[change.before_index or 0].kind


def _folded(body: tuple[Paragraph, ...], *, context: int) -> tuple[Paragraph | Fold, ...]:
    upcoming = iter(body)
    return tuple(
        Fold(tuple(next(upcoming) for _ in part.blocks)) if isinstance(part, Folded) else next(upcoming)
        for part in fold([paragraph.change for paragraph in body], context=context)
    )


def _words(parts: Iterable[tuple[WordChange, ...]]) -> WordCount:
    counts = [count_words(changes) for changes in parts]
    return WordCount(
        added=sum(count.added for count in counts), removed=sum(count.removed for count in counts)
    )


def _by_id(
    before: Content, after: Content, *, items: Callable[[Content], Iterable[Mapping[str, Any]]]
) -> Iterator[tuple[Kind, Mapping[str, Any], Mapping[str, Any]]]:
    """Pairs of items with one id: those of `after` in their order, then those that went."""
    old = {item["id"]: item for item in items(before)}
    new = {item["id"]: item for item in items(after)}
    for key, item in new.items():
        yield ("changed", old[key], item) if key in old else ("added", {}, item)
    for key, item in old.items():
        if key not in new:
            yield "removed", item, {}


def _claims(before: Content, after: Content) -> Iterator[ClaimChange]:
    for kind, old, new in _by_id(before, after, items=lambda content: content.get("claims", ())):
        text = _line(old.get("text", ""), new.get("text", ""))
        change = ClaimChange(kind, text, old.get("standing", ""), new.get("standing", ""))
        if text.is_changed or change.is_standing_changed:
            yield change


def _citations(before: Content, after: Content) -> Iterator[CitationChange]:
    for kind, old, new in _by_id(before, after, items=lambda content: content.get("citations", ())):
        passage = _line(old.get("exact", ""), new.get("exact", ""))
        old_source, new_source = (item.get("source", {}).get("title", "") for item in (old, new))
        is_other_source = old.get("source", {}).get("id") != new.get("source", {}).get("id")
        if passage.is_changed or is_other_source:
            yield CitationChange(kind, passage, old_source, new_source)


def _cited_sources(content: Content) -> Iterator[Mapping[str, Any]]:
    for citation in content.get("citations", ()):
        yield citation["source"]


def _sources(before: Content, after: Content) -> Iterator[SourceChange]:
    for kind, old, new in _by_id(before, after, items=_cited_sources):
        title = _line(old.get("title", ""), new.get("title", ""))
        old_url, new_url = old.get("url") or "", new.get("url") or ""
        if title.is_changed or old_url != new_url:
            yield SourceChange(kind, title, old_url, new_url)


def _links(before: str, after: str) -> tuple[LinkChange, ...]:
    """Links that lead elsewhere, came or went; one whose words alone changed is told by the text."""
    old, new = Counter(links(before)), Counter(links(after))
    gone, come = list((old - new).elements()), list((new - old).elements())
    elsewhere, gone, come = _pair_links(gone, come, by=lambda link: link.text)
    _reworded, gone, come = _pair_links(gone, come, by=lambda link: link.url)
    return (
        *(
            LinkChange("changed", new_link.text, old_link.url, new_link.url)
            for old_link, new_link in elsewhere
        ),
        *(LinkChange("added", link.text, "", link.url) for link in come),
        *(LinkChange("removed", link.text, link.url, "") for link in gone),
    )


def _pair_links(
    gone: list[Link], come: list[Link], *, by: Callable[[Link], str]
) -> tuple[list[tuple[Link, Link]], list[Link], list[Link]]:
    """Pairs that are alike, and what is left of either side."""
    waiting: defaultdict[str, deque[Link]] = defaultdict(deque)
    for link in gone:
        waiting[by(link)].append(link)
    pairs, rest = [], []
    for link in come:
        if waiting[by(link)]:
            pairs.append((waiting[by(link)].popleft(), link))
        else:
            rest.append(link)
    return pairs, [link for links_left in waiting.values() for link in links_left], rest
