"""Why a change is more than minor: readers learn something else from headline, fact, quote, claim or word."""

from collections.abc import Iterator

from stories.publishing.comparison import CitationChange, ClaimChange, Comparison, Fold
from stories.text.facts import FactChange, fact_changes
from stories.text.spelling import changed_words, is_misspelt_ordinary_word

_NAMES = {
    "name": "the name",
    "number": "the number",
    "unit": "the unit",
    "date": "the date",
    "negation": "the word",
    "certainty": "the word",
    "quote": "the quoted passage",
}
_PLURALS = ("are new", "are gone")
_LONGEST_SHOWN = 80
_MOST_TOLD = 4


def why_not_minor(comparison: Comparison) -> tuple[str, ...]:
    """What changed that is never minor, each in a clause with what it was and is; empty where all of it is.

    Such as “the headline “Five die” became “Six die”” or “the word “not” is gone”.
    """
    facts = (*_grave_lines(comparison), *_facts(comparison))
    return facts or tuple(_other_words(comparison))


def more_than_minor(reasons: tuple[str, ...]) -> str:
    """The sentence for the editor, with the first few of the reasons."""
    told = "; ".join(reasons[:_MOST_TOLD])
    more = len(reasons) - _MOST_TOLD
    rest = f"; and {more} more" if more > 0 else ""
    return f"This is more than a minor change: {told}{rest}. Choose what kind it is, and say in a note what changed."


def _grave_lines(comparison: Comparison) -> Iterator[str]:
    headline = comparison.headline
    if headline.is_changed:
        yield _became("the headline", headline.before, headline.after)
    for claim in comparison.claims:
        yield _of_claim(claim)
    for citation in comparison.citations:
        yield _of_citation(citation)


def _of_claim(claim: ClaimChange) -> str:
    if claim.is_standing_changed:
        standings = f"was “{claim.standing_before}” and is “{claim.standing_after}”"
        return f"the claim “{_shown(claim.text.after)}” {standings}"
    return _became("the claim", claim.text.before, claim.text.after)


def _of_citation(citation: CitationChange) -> str:
    if citation.is_source_changed and not citation.passage.is_changed:
        passage = f"the quoted passage “{_shown(citation.passage.after)}”"
        return f"{passage} was taken from {citation.source_before} and is from {citation.source_after}"
    return _became("the quoted passage", citation.passage.before, citation.passage.after)


def _facts(comparison: Comparison) -> Iterator[str]:
    before, after = _changed_text(comparison)
    context = f"{comparison.headline.before}\n{comparison.dek.before}"
    quoted = {citation.passage.before for citation in comparison.citations}
    for change in fact_changes(before, after, context=context):
        if change.kind == "name" and is_misspelt_ordinary_word(change.before, change.after):
            continue
        if change.kind != "quote" or change.before not in quoted:
            yield _of_fact(change)


def _other_words(comparison: Comparison) -> Iterator[str]:
    """What is neither fact nor spelling: “accused” became “convicted”."""
    for change in changed_words(*_changed_text(comparison)):
        noun = "the words" if " " in (change.after or change.before) else "the word"
        verb = _PLURALS if noun == "the words" else ("is new", "is gone")
        yield _became(noun, change.before, change.after, is_new=verb[0], is_gone=verb[1])


def _changed_text(comparison: Comparison) -> tuple[str, str]:
    """What is not as it was, on either side; a paragraph that only moved is left out."""
    lines = [
        (line.before, line.after) for line in (comparison.dek, comparison.byline) if line.before != line.after
    ]
    changes = [part.change for part in comparison.body if not isinstance(part, Fold)]
    pairs = [
        *lines,
        *((change.before or "", change.after or "") for change in changes if change.before != change.after),
    ]
    return "\n".join(before for before, _ in pairs), "\n".join(after for _, after in pairs)


def _of_fact(change: FactChange) -> str:
    noun = _NAMES[change.kind]
    if change.before == change.after:
        return f"{noun} “{_shown(change.after)}” stands elsewhere"
    return _became(noun, change.before, change.after)


def _became(noun: str, before: str, after: str, *, is_new: str = "is new", is_gone: str = "is gone") -> str:
    if not before:
        return f"{noun} “{_shown(after)}” {is_new}"
    if not after:
        return f"{noun} “{_shown(before)}” {is_gone}"
    return f"{noun} “{_shown(before)}” became “{_shown(after)}”"


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"
