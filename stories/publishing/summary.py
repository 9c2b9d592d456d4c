"""A comparison in a few words, for a list, a feed or a publish panel."""

from collections.abc import Iterator, Sequence

from stories.publishing.comparison import CitationChange, ClaimChange, Comparison, LinkChange, SourceChange

_Counted = ClaimChange | CitationChange | SourceChange | LinkChange
_READERS_WORDS = {"dek": "summary"}
_STANDINGS = {"stands": "stands again"}


def summarise(comparison: Comparison) -> str:
    """Such as “Headline changed, 24 words added, 3 removed, 1 claim corrected.”"""
    parts = list(_parts(comparison))
    if not parts:
        return "Nothing that readers see changed."
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _parts(comparison: Comparison) -> Iterator[str]:
    for name in ("headline", "dek", "byline"):
        if getattr(comparison, name).is_changed:
            yield f"{_READERS_WORDS.get(name, name)} changed"
    if comparison.is_text_changed:
        yield from _words(comparison.words.added, comparison.words.removed)
    if comparison.is_formatting_changed:
        yield "formatting changed"
    for claim in comparison.claims:
        if claim.is_standing_changed:
            yield f"1 claim {_STANDINGS.get(claim.standing_after, claim.standing_after)}"
    restated = [claim for claim in comparison.claims if not claim.is_standing_changed]
    yield from _counted("claim", restated)
    yield from _counted("quoted passage", comparison.citations)
    yield from _counted("source", comparison.sources)
    yield from _counted("link", comparison.links)


def _words(added: int, removed: int) -> Iterator[str]:
    if added:
        yield f"{_plural(added, 'word')} added"
    if removed:
        yield f"{removed} removed" if added else f"{_plural(removed, 'word')} removed"


def _counted(noun: str, changes: Sequence[_Counted]) -> Iterator[str]:
    for kind in ("added", "removed", "changed"):
        count = sum(change.kind == kind for change in changes)
        if count:
            yield f"{_plural(count, noun)} {kind}"


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
