"""Whether the sentence that a passage was cited from now says more than it did: a condition put before or behind."""

from __future__ import annotations

import re

from .boundaries import SENTENCE_MARKS, begins_sentence, sentence_around, sentence_goes_on, sentence_led_up_to
from .characters import QUOTES
from .word_lists import words_in

_CLOSING = QUOTES + "\"'`)]"
_FARTHEST = 40
_WORD_IN_FRONT = re.compile(r"(?<!\w)([^\W\d_]+)[ \xa0\n]{1,3}$")
# They belong to the figure that a passage begins with, where the sentence begins with them.
_HOW_MANY = re.compile(
    r"(?<!\w)(?:(?:fewer|less|more) than|up to|at (?:most|least))[ \xa0\n]{1,3}$", re.IGNORECASE
)
_FIGURE = re.compile(
    r"\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|half|hundreds|thousands|millions)\b",
    re.IGNORECASE,
)
# In front of a sentence these leave nothing of what it says by itself.
_TURNING = words_in(
    "no not never nor neither hardly barely scarcely seldom rarely nearly almost only except unless nicht kein "
    "keine nie fast kaum nur pas jamais presque seulement nunca jamás casi solo sólo non mai quasi não quase só "
    "niet nooit bijna inte ikke nästan næsten nesten ei eivät nem soha nu nuk не ни едва лишь только почти nie ledwie "
    "tylko prawie ne nikdy δεν μόνο σχεδόν לא אין רק כמעט لا لم لن ليس ليست değil tidak bukan không chưa नहीं न"
)


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
    first = next((character for character in passage if character.isalnum()), "")
    return bool(prefix.strip()) and not first.islower() and begins_sentence(prefix, len(prefix))


def _ended_sentence(passage: str, suffix: str) -> bool:
    after = suffix.lstrip(_CLOSING)
    if after[:1] in tuple(SENTENCE_MARKS):
        return not sentence_goes_on(suffix, 0)
    is_closed = passage.rstrip(_CLOSING + " \n")[-1:] in tuple(SENTENCE_MARKS)
    return is_closed and bool(after.strip()) and not _goes_on_as_told(after)


def _goes_on_as_told(after: str) -> bool:
    """Did the sentence go on behind the passage, though the passage ends with a full stop of the house?"""
    first = after.lstrip()[:1]
    return first.islower() or first in ",;:-–—("


def turned_in_front(text: str, start: int, *, passage: str) -> bool:
    """Does a word right before `start` turn what the passage, a whole sentence, says into something else?

    A capital may be the reporter's, who leaves out how a sentence begins; but not its "not", nor "fewer than" in
    front of its figure. Constant.

    >>> turned_in_front("Not every boat may moor.", 4, passage="Every boat may moor.")
    True
    """
    first = next((character for character in passage if character.isalnum()), "")
    is_sentence = passage.rstrip(_CLOSING + " \n")[-1:] in tuple(SENTENCE_MARKS)
    # Scripts that have no capitals do not tell a sentence by its first letter.
    if not is_sentence or not first.isalnum() or first.islower():
        return False
    if _FIGURE.match(text, start):
        about = _HOW_MANY.search(text, max(0, start - _FARTHEST), start)
        if about and begins_sentence(text, about.start()):
            return True
    before = _WORD_IN_FRONT.search(text, max(0, start - _FARTHEST), start)
    return before is not None and before[1].lower() in _TURNING
