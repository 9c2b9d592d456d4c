"""A note to readers in plain words, from what differs between two versions; an editor says why, and better."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from stories.models.words import Standing
from stories.publishing.comparison import Comparison, Fold
from stories.text.facts import FactChange, fact_changes

#: More than this is a story written anew, which no list of facts tells.
MOST_FACTS = 3
_LONGEST = 200
_FACTS = {
    "name": gettext_lazy("An earlier version gave the name as “%(before)s”; it is “%(after)s”."),
    "number": gettext_lazy("An earlier version gave the figure as “%(before)s”; it is “%(after)s”."),
    "date": gettext_lazy("An earlier version gave the date as “%(before)s”; it is “%(after)s”."),
    "unit": gettext_lazy("An earlier version gave the unit as “%(before)s”; it is “%(after)s”."),
}
_CLAIMS = {
    Standing.DISPUTED.value: gettext_lazy("That “%(claim)s” is disputed."),
    Standing.CORRECTED.value: gettext_lazy("That “%(claim)s” is corrected."),
    Standing.WITHDRAWN.value: gettext_lazy("That “%(claim)s” is withdrawn."),
}


def suggest_note(comparison: Comparison) -> str:
    """Sentences for the headline, claims and facts that changed; empty where what changed needs a person's words.

    Such as “The headline of this story was “Five die”; it is now “Six die”.” In the readers' language, whoever asks.
    """
    with override(settings.HOUSE_LANGUAGE):
        return " ".join([*_of_headline(comparison), *_of_claims(comparison), *_of_facts(comparison)])


def _of_headline(comparison: Comparison) -> Iterator[str]:
    headline = comparison.headline
    if headline.is_changed and headline.before and headline.after:
        yield _("The headline of this story was “%(before)s”; it is now “%(after)s”.") % {
            "before": headline.before,
            "after": headline.after,
        }


def _of_claims(comparison: Comparison) -> Iterator[str]:
    for claim in comparison.claims:
        if claim.is_standing_changed and claim.standing_after != Standing.STANDS:
            yield str(_CLAIMS[claim.standing_after]) % {"claim": _shortened(claim.text.after)}


def _of_facts(comparison: Comparison) -> Iterator[str]:
    parts = [part.change for part in comparison.body if not isinstance(part, Fold)]
    pairs = [(part.before, part.after) for part in parts if part.before and part.after]
    if not comparison.headline.before:
        return
    context = f"{comparison.headline.before}\n{comparison.dek.before}"
    changes = [
        change
        for before, after in [(comparison.dek.before, comparison.dek.after), *pairs]
        for change in fact_changes(before, after, context=context)
        if _is_replaced(change)
    ]
    if len(changes) <= MOST_FACTS:
        yield from dict.fromkeys(_of_fact(change) for change in changes)


def _is_replaced(change: FactChange) -> bool:
    return change.kind in _FACTS and bool(change.before and change.after) and change.before != change.after


def _of_fact(change: FactChange) -> str:
    return str(_FACTS[change.kind]) % {"before": change.before, "after": change.after}


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
