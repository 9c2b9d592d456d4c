"""A comparison in a few words, for a list, a feed or a publish panel."""

from collections.abc import Callable, Iterator, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stories.models.words import Standing
from stories.publishing.comparison import CitationChange, ClaimChange, Comparison, LinkChange, SourceChange
from stories.text.diff import WordCount

_Counted = ClaimChange | CitationChange | SourceChange | LinkChange
_LINES = {
    "headline": gettext_lazy("headline changed"),
    "dek": gettext_lazy("summary changed"),
    "byline": gettext_lazy("byline changed"),
}
_STANDINGS = {
    Standing.STANDS.value: gettext_lazy("1 claim stands again"),
    Standing.DISPUTED.value: gettext_lazy("1 claim disputed"),
    Standing.CORRECTED.value: gettext_lazy("1 claim corrected"),
    Standing.WITHDRAWN.value: gettext_lazy("1 claim withdrawn"),
}
_Count = Callable[[int], str]
_CLAIMS: dict[str, _Count] = {
    "added": lambda n: ngettext("%(count)s claim added", "%(count)s claims added", n),
    "removed": lambda n: ngettext("%(count)s claim removed", "%(count)s claims removed", n),
    "changed": lambda n: ngettext("%(count)s claim changed", "%(count)s claims changed", n),
}
_PASSAGES: dict[str, _Count] = {
    "added": lambda n: ngettext("%(count)s quoted passage added", "%(count)s quoted passages added", n),
    "removed": lambda n: ngettext("%(count)s quoted passage removed", "%(count)s quoted passages removed", n),
    "changed": lambda n: ngettext("%(count)s quoted passage changed", "%(count)s quoted passages changed", n),
}
_SOURCES: dict[str, _Count] = {
    "added": lambda n: ngettext("%(count)s source added", "%(count)s sources added", n),
    "removed": lambda n: ngettext("%(count)s source removed", "%(count)s sources removed", n),
    "changed": lambda n: ngettext("%(count)s source changed", "%(count)s sources changed", n),
}
_LINKS: dict[str, _Count] = {
    "added": lambda n: ngettext("%(count)s link added", "%(count)s links added", n),
    "removed": lambda n: ngettext("%(count)s link removed", "%(count)s links removed", n),
    "changed": lambda n: ngettext("%(count)s link changed", "%(count)s links changed", n),
}


def summarise(comparison: Comparison) -> str:
    """Such as “Headline changed, 24 words added, 3 removed, 1 claim corrected.”"""
    parts = list(_parts(comparison))
    if not parts:
        return _("Nothing that readers see changed.")
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def tell_words(words: WordCount) -> str:
    """Such as “24 words added, 3 removed”; nothing where there are neither."""
    return ", ".join(_words(words.added, words.removed))


def _parts(comparison: Comparison) -> Iterator[str]:
    for name, changed in _LINES.items():
        if getattr(comparison, name).is_changed:
            yield str(changed)
    if comparison.is_text_changed:
        yield from _words(comparison.words.added, comparison.words.removed)
    if comparison.is_formatting_changed:
        yield _("formatting changed")
    for claim in comparison.claims:
        if claim.is_standing_changed:
            yield str(_STANDINGS[claim.standing_after])
    restated = [claim for claim in comparison.claims if not claim.is_standing_changed]
    yield from _counted(_CLAIMS, restated)
    yield from _counted(_PASSAGES, comparison.citations)
    yield from _counted(_SOURCES, comparison.sources)
    yield from _counted(_LINKS, comparison.links)


def _words(added: int, removed: int) -> Iterator[str]:
    if added:
        yield _told(ngettext("%(count)s word added", "%(count)s words added", added), added)
    if removed and added:
        # Of the words that the part before it speaks of.
        yield _told(ngettext("%(count)s removed", "%(count)s removed", removed), removed)
    elif removed:
        yield _told(ngettext("%(count)s word removed", "%(count)s words removed", removed), removed)


def _counted(sentences: dict[str, _Count], changes: Sequence[_Counted]) -> Iterator[str]:
    for kind, sentence in sentences.items():
        count = sum(change.kind == kind for change in changes)
        if count:
            yield _told(sentence(count), count)


def _told(sentence: str, count: int) -> str:
    return sentence % {"count": number_format(count, force_grouping=True)}
