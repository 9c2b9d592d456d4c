"""Where words and sentences end: a passage is never half a word, half a number or the positive half of a negation."""

from __future__ import annotations

import re
import unicodedata

from stories.text.language.characters import BULLETS, INVISIBLE, UNSPACED
from stories.text.language.footnotes import RAISED_FOOTNOTE
from stories.text.language.negations import is_negated_behind, is_negated_in_front

_UNSPACED = re.compile(f"[{UNSPACED}]")
# Figures of scripts without spaces: 三万 is no part of 十三万.
_NUMERAL = re.compile("[0-9０-９〇零一二三四五六七八九十百千万萬亿億兆两兩点點]")
# And words that end with one: 统一, 星期二, 之一; but in 每周三四次 and in 百分之一百 it is a figure.
_WORD_WITH_NUMERAL = re.compile("[统統唯专專单單]一$")
_WORD_BEFORE_FIGURE = re.compile(
    "(?:(?:星期|[礼禮]拜|(?<![每一两兩二三四五六0-9])[周週])[一二三四五六]|(?<!分)之一)$"
)
# What neither begins nor ends a word. A run of katakana may be several: ユーザーデータ.
_NEVER_FIRST = re.compile("[ぁぃぅぇぉゃゅょゎァィゥェォャュョヮー们們ะาำະາຳ]")
_NEVER_LAST = re.compile("[เแโใไເແໂໃໄ]")
# Between the figures of a fraction, a ratio, an hour.
_JOINING_FIGURES = ".,:/×^"
_BEFORE_FIGURES = "±≤≥<≈~>"
# Whoever quotes a train at 9 from 9:00, or a season that began in 2023 from 2023/24, cuts nothing off.
_FULL_HOUR = re.compile(r":00(?![\d:])")
_YEAR = re.compile(r"(?<![\d.,])(?:1\d|20)\d\d$")
_JOINING_WORDS = "_@&"
_FIGURE = re.compile("[0-9一二两兩三四五六七八九]")
_HYPHENS = "-‐‑"
_MINUSES = _HYPHENS + "−–"
_APOSTROPHES = "'’ʼ‘"
_FARTHEST = 8
_WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
_LONGEST_SENTENCE = 1_500
_OPENING = "\"'“‘„‚«»‹›「『(\\[¿¡״"
_NOTE = r"(?:\[(?:\d{1,3}|[a-z])\]|[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡]{1,3})"
_END_OF_SENTENCE = re.compile(
    rf"[.!?…؟][\"'“”’»«›)\]״]{{0,3}}(?P<notes>{_NOTE}{{1,4}})?"
    rf"(?=\s+[{_OPENING}]{{0,3}}\s?[^\W_a-z]|\s*\n|\s*$|\s+[|*{BULLETS}])"
    r"|[。｡！？।]+[」』”’）］】]{0,3}|\n|$"
)
# What may follow the last word of a sentence: the mark that ends it, or that of the quotation it stands in.
_NOTE_MARK = re.compile(rf"^ ?{_NOTE}")
_NOTES_BEFORE = re.compile(rf"{_NOTE}{{1,4}}$")
# The French put a space before the mark that closes a quotation; before one that opens it, every language does. And
# pages put one before a full stop behind a link.
_SPACED_CLOSING = re.compile(r"^\s{1,2}(?=[»›](?!\w)|[.؟।](?![\w.]))")
_SPACED_ELLIPSIS = re.compile(r"^\s{0,2}(?:\.[^\S\n](?=\.(?!\w))){1,3}\.")
_CLOSING_MARKS = "\"'“”’»«›」』)]）］】״"
# “(a) You must keep a log”: what counts the items of a list is no word of theirs.
_LETTER_OF_ITEM = re.compile(rf"(?:^|\n)[\s{BULLETS}]{{0,4}}\(?(?:\w|[ivxIVX]{{2,4}}|\d{{2,3}})\)$")
_BEFORE_A_SENTENCE = ("", "\n", *".!?…؟。！？।:")
SENTENCE_MARKS = ".!?…؟。｡！？।"
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“‘])(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Hon|St|Jr"
    r"|No|Nos|Art|Sec|vs|v|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx|e\.g|i\.e|cf|al)$"
)


def begins_whole(text: str, start: int) -> bool:
    """Does a word, number or compound begin at `start`, rather than go on there?

    Looks at eight characters to either side.
    """
    first = _near(text, start, 1)
    before, place = _before(text, start)
    if not _is_of_word(first) or not before:
        return True
    if _parts_a_number(text, start, before, first) or _parts_a_word(before, first):
        return False
    if _UNSPACED.match(first) or (first.isdigit() and _UNSPACED.match(before)):
        return not is_negated_in_front(text, start)
    if _is_of_word(before):
        return _UNSPACED.match(before) is not None
    farther, _ = _before(text, place)
    if before in _MINUSES and first.isdigit():
        return farther.isalpha()
    if before in _APOSTROPHES + _HYPHENS + _JOINING_WORDS:
        return not farther.isalnum()
    if before in _BEFORE_FIGURES and first.isdigit():
        # At the beginning of a line it marks what another letter said.
        return before == ">" and farther in ("", "\n")
    return not (before in _JOINING_FIGURES and first.isdigit() and farther.isdigit())


def ends_whole(text: str, end: int) -> bool:
    """Does a word, number or compound end at `end`, rather than go on there?

    Looks at eight characters to either side.
    """
    last, _ = _before(text, end)
    after = _near(text, end, 1)
    if not _is_of_word(last) or not after or RAISED_FOOTNOTE.match(text, end):
        return True
    if _parts_a_number(text, end, last, after) or _parts_a_word(last, after):
        return False
    if _UNSPACED.match(last) and is_negated_behind(text, end):
        return False
    if _is_of_word(after):
        return bool(_UNSPACED.match(last) or _UNSPACED.match(after))
    farther = _near(text, end, 2)
    if after in _APOSTROPHES + _HYPHENS + _JOINING_WORDS:
        return not farther.isalnum()
    if not (after in _JOINING_FIGURES + _MINUSES and last.isdigit() and farther.isdigit()):
        return True
    if after == ":":
        return _FULL_HOUR.match(text, end) is not None
    return after in "/" + _MINUSES and _YEAR.search(text, max(0, end - _FARTHEST), end) is not None


def _is_of_word(character: str) -> bool:
    """A letter or a figure, or a mark on one, as the vowels of Hindi and of Thai are."""
    return character.isalnum() or (character > "\x7f" and unicodedata.category(character)[0] == "M")


def _parts_a_word(before: str, after: str) -> bool:
    """Where words are written without spaces: do these two stand in one word, whatever else stands there?"""
    return bool(
        _NEVER_LAST.match(before) or _NEVER_FIRST.match(after) or unicodedata.category(after)[0] == "M"
    )


def _parts_a_number(text: str, place: int, before: str, after: str) -> bool:
    if not (_NUMERAL.match(before) and _NUMERAL.match(after)):
        return False
    word = text[max(0, place - _FARTHEST) : place]
    if _FIGURE.match(after) and _WORD_BEFORE_FIGURE.search(word):
        return False
    return _WORD_WITH_NUMERAL.search(word) is None


def _before(text: str, place: int) -> tuple[str, int]:
    """The last character before `place` that can be seen, and where it stands; nothing at the beginning."""
    for at in range(place - 1, max(-1, place - 1 - _FARTHEST), -1):
        if text[at] not in INVISIBLE:
            return text[at], at
    return "", 0


def _near(text: str, place: int, count: int) -> str:
    """The `count`-th character from `place` on that can be seen; nothing at the end."""
    for character in text[place : place + _FARTHEST]:
        if character not in INVISIBLE:
            count -= 1
            if not count:
                return character
    return ""


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the whole sentence or sentences that `text[start:end]` touches, inside its blocks.

    Looks at most 1,500 characters to either side; where no sentence begins or ends there, the span is kept.
    """
    return _start_of_sentence(text, start), _end_of_sentence(text, end)


def sentence_goes_on(text: str, end: int) -> bool:
    """Does the document go on with a sentence after `end`, rather than close it, its quotation or its block there?

    Looks at a few characters only.

    >>> [sentence_goes_on("We open, weather permitting.", place) for place in (7, 27)]
    [True, False]
    """
    if text[max(0, end - 1) : end] in tuple(SENTENCE_MARKS):
        return False
    after = _NOTE_MARK.sub("", text[end : end + 2 * _FARTHEST].translate(_WITHOUT_INVISIBLE))
    after = _SPACED_CLOSING.sub("", _SPACED_ELLIPSIS.sub("…", after))
    if not after or after[0] in _CLOSING_MARKS or (after[0] == "," and after[1:2] in tuple(_CLOSING_MARKS)):
        return False
    if after[0] in SENTENCE_MARKS:
        return after[0] in ".…" and after.lstrip(".…").lstrip(" \xa0")[:1].islower()
    told = after.lstrip()
    return told[:1].islower() if "\n" in after[: len(after) - len(told)] else bool(told)


def sentence_led_up_to(text: str, start: int) -> bool:
    """Do words of the same sentence and block stand before `start`? Bounded as `sentence_around`."""
    begin = _start_of_sentence(text, start)
    before = text[begin:start].rstrip(" \t\xa0" + _OPENING)
    return (begin < start and before[-1:].isalnum()) or before.endswith((",", ";"))


def begins_sentence(text: str, start: int) -> bool:
    """Does a sentence or a block of the document begin at `start`, if only after an abbreviation?

    Looks at a few characters only.
    """
    before = text[max(0, start - 2 * _FARTHEST) : start].rstrip(" \t\xa0" + _OPENING + BULLETS)
    return (
        _NOTES_BEFORE.sub("", before)[-1:] in _BEFORE_A_SENTENCE or _LETTER_OF_ITEM.search(before) is not None
    )


def sentence_begins_inside(text: str, start: int, end: int) -> bool:
    """Does the sentence that `text[start:end]` ends with begin after `start`?

    Bounded as `sentence_around`.
    """
    return _start_of_sentence(text, end - 1) > start


def _start_of_sentence(text: str, start: int) -> int:
    low = max(0, start - _LONGEST_SENTENCE)
    block = max(text.rfind("\n", low, start) + 1, low)
    begin = block if block > low or low == 0 else start
    # The end of the range must not pass for the end of the text.
    for match in _END_OF_SENTENCE.finditer(text, block, min(len(text), start + 1)):
        if match.start() < match.end() <= start and not _is_abbreviated(text, match.start()):
            begin = match.end()
    while begin < min(start, len(text)) and text[begin].isspace():
        begin += 1
    return begin


def _end_of_sentence(text: str, end: int) -> int:
    high = min(len(text), end + _LONGEST_SENTENCE)
    # The mark that ends the sentence may be the last character of the span itself.
    for match in _END_OF_SENTENCE.finditer(text, max(0, end - 1), high):
        if match.end() == high < len(text):
            break
        if text[match.start() : match.start() + 1] == "." and _is_abbreviated(text, match.start()):
            continue
        if match.group() == "\n":
            return max(end, match.start())
        return max(end, match.start("notes") if match["notes"] else match.end())
    return end


def _is_abbreviated(text: str, stop: int) -> bool:
    if text[stop : stop + 1] != ".":
        return False
    # "A." at the beginning of a block counts it, and is no one's initial.
    if stop == 1 or text[stop - 2 : stop - 1] == "\n":
        return False
    return _ABBREVIATION.search(text, max(0, stop - 12), stop) is not None
