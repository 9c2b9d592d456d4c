"""Whether the sentence that a passage was cited from now says more than it did: a condition put before or behind."""

from __future__ import annotations

from stories.text.language.boundaries import (
    SENTENCE_MARKS,
    begins_sentence,
    sentence_around,
    sentence_goes_on,
    sentence_led_up_to,
)
from stories.text.passage.printed import CLOSING, begins_as_sentence, ends_as_sentence


def qualified(
    text: str, start: int, end: int, *, passage: str, prefix: str, suffix: str
) -> tuple[int, int] | None:
    """The span of the sentence that `text[start:end]`, word for word the passage, has become a part of.

    None where the sentence goes no further than it did. Only what stood before and after the passage when it was
    cited (`prefix`, `suffix`) can tell that, so without them nothing is claimed. Bounded as `sentence_around`.

    >>> qualified("Terms. If asked, we tell.", 17, 24, passage="We tell.", prefix="Terms.", suffix="")
    (7, 25)
    """
    grew_before = _began_sentence(passage, prefix) and sentence_led_up_to(text, start)
    is_closed = passage.rstrip()[-1:] == "." == text[end : end + 1] and text[end + 1 : end + 2] not in (
        ".",
        "…",
    )
    grew_behind = not is_closed and _ended_sentence(passage, suffix) and sentence_goes_on(text, end)
    return sentence_around(text, start, end) if grew_before or grew_behind else None


def _began_sentence(passage: str, prefix: str) -> bool:
    return bool(prefix.strip()) and begins_as_sentence(passage) and begins_sentence(prefix, len(prefix))


def _ended_sentence(passage: str, suffix: str) -> bool:
    after = suffix.lstrip(CLOSING)
    if after[:1] in tuple(SENTENCE_MARKS):
        return not sentence_goes_on(suffix, 0)
    return ends_as_sentence(passage) and bool(after.strip()) and not _goes_on_as_told(after)


def _goes_on_as_told(after: str) -> bool:
    """Did the sentence go on behind the passage, though the passage ends with a full stop of the house?"""
    first = after.lstrip()[:1]
    return first.islower() or first in ",;:-–—("
