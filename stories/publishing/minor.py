"""Why a change is more than minor: readers learn something else from headline, fact, quote, claim or word."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stories.models.words import Standing
from stories.publishing.comparison import CitationChange, ClaimChange, Comparison, Fold
from stories.text.facts import FactChange, fact_changes
from stories.text.spelling import changed_words, is_misspelt_ordinary_word

_NAMES = {
    "name": gettext_lazy("the name"),
    "number": gettext_lazy("the number"),
    "unit": gettext_lazy("the unit"),
    "date": gettext_lazy("the date"),
    "negation": gettext_lazy("the word"),
    "certainty": gettext_lazy("the word"),
    "quote": gettext_lazy("the quoted passage"),
}
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
    if more > 0:
        told = _("%(reasons)s; and %(count)s more") % {"reasons": told, "count": more}
    return _(
        "This is more than a minor change: %(reasons)s. "
        "Choose what kind it is, and say in a note what changed."
    ) % {"reasons": told}


def _grave_lines(comparison: Comparison) -> Iterator[str]:
    headline = comparison.headline
    if headline.is_changed:
        yield _became(_("the headline"), headline.before, headline.after)
    for claim in comparison.claims:
        yield _of_claim(claim)
    for citation in comparison.citations:
        yield _of_citation(citation)


def _of_claim(claim: ClaimChange) -> str:
    if claim.is_standing_changed:
        return _("the claim “%(claim)s” was “%(before)s” and is “%(after)s”") % {
            "claim": _shown(claim.text.after),
            "before": Standing(claim.standing_before).label,
            "after": Standing(claim.standing_after).label,
        }
    return _became(_("the claim"), claim.text.before, claim.text.after)


def _of_citation(citation: CitationChange) -> str:
    if citation.is_source_changed and not citation.passage.is_changed:
        return _("the quoted passage “%(passage)s” was taken from %(before)s and is from %(after)s") % {
            "passage": _shown(citation.passage.after),
            "before": citation.source_before,
            "after": citation.source_after,
        }
    return _became(_("the quoted passage"), citation.passage.before, citation.passage.after)


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
        if " " in (change.after or change.before):
            yield _words_became(change.before, change.after)
        else:
            yield _became(_("the word"), change.before, change.after)


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
    noun = str(_NAMES[change.kind])
    if change.before == change.after:
        return _("%(noun)s “%(text)s” stands elsewhere") % {"noun": noun, "text": _shown(change.after)}
    return _became(noun, change.before, change.after)


def _became(noun: str, before: str, after: str) -> str:
    if not before:
        return _("%(noun)s “%(text)s” is new") % {"noun": noun, "text": _shown(after)}
    if not after:
        return _("%(noun)s “%(text)s” is gone") % {"noun": noun, "text": _shown(before)}
    change = {"noun": noun, "before": _shown(before), "after": _shown(after)}
    return _("%(noun)s “%(before)s” became “%(after)s”") % change


def _words_became(before: str, after: str) -> str:
    if not before:
        return _("the words “%(text)s” are new") % {"text": _shown(after)}
    if not after:
        return _("the words “%(text)s” are gone") % {"text": _shown(before)}
    return _("the words “%(before)s” became “%(after)s”") % {"before": _shown(before), "after": _shown(after)}


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"
