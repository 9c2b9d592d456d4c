"""How reporters quote: ellipses for left-out words, brackets for their own, a capital or a full stop of the house.

A passage is taken apart into the pieces that must stand in the document word for word, and how each joins the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import islice

from stories.text.language.characters import GREEK, LIST_MARK, MARKS, QUOTES, UNSPACED
from stories.text.language.spellings import spellings
from stories.text.language.words import WORD
from stories.text.normalise import normalise
from stories.text.passage.printed import begins_as_sentence

LONGEST_PASSAGE = 20_000
_MOST_JOINTS = 60
_FREE = "\ue000"  # Marks a letter whose case is the reporter's: "[W]e".
_BRACKETED_LETTER = re.compile(r"(?<!\w)\[([^\W\d_])\](?=[^\W\d_]|['’][^\W\d_])")
# Chinese and Japanese papers say that something is left out; Russian ones put angles round the points.
_ELLIPSIS = (
    r"(?:[\[(<]\s{0,3}(?:[…⋯]\.?|\.\s?\.\s?\.(?:\s?\.)?)\s{0,3}[\])>]|[…⋯]\.?|\.\s?\.\s?\.(?:\s?\.)?"
    r"|[\[(（〔](?:[前中後后下]|以下)?略[\])）〕])"
)
_JOINT = re.compile(
    rf"(?P<ellipsis>{_ELLIPSIS})|(?P<free>{_FREE})"
    # What begins otherwise is no word of a reporter's, nor is what has signs of code in it.
    r"|\[(?P<stand_in>(?![-–/<|+*=])[^\[\]{}]{1,200})\]"
)
# Manuals of programs have brackets of their own: "run [--force] NAME [options]".
_OF_MANUAL = re.compile(r"\[(?:--?\w|<\w|(?:options?|opts|args|arguments?|flags?|params?|callback|cb)\])")
_ENDS_WITH_ELLIPSIS = re.compile(rf"{_ELLIPSIS}[\s'\"{QUOTES}]*$")
_GREEK_QUESTION = re.compile(rf"{GREEK}{{2}}[;\u037e][\s'\"{QUOTES}]*$")
_IN_BRACKETS = str.maketrans("［］〔〕", "[][]")
# No mark of a footnote, if the document has another figure there.
_LEADING_FIGURE = re.compile(r"[^\w\[]{0,3}\[(\d{1,3})\]")
_WORD = re.compile(r"\w")
_LIST_MARK = re.compile(LIST_MARK)
_UNSPACED = re.compile(f"[{UNSPACED}]")
_SLACK = " .,;:'-。、"
_FARTHEST_END = 20
_TURKISH = {"i": "İ", "İ": "i", "I": "ı", "ı": "I"}
_LAST_MARKS = {".": ".", ",": ",", ";": ";", ":": ":", "。": ".", "、": ","}
_LEAST_WORDS, _LEAST_BESIDE_ELLIPSES = 2, 3
_TELLING_WORD = re.compile(rf"[\w{MARKS}]{{4}}|\d|[{UNSPACED}]")


class Leap(IntEnum):
    """What may stand in the document between a piece and the one before; the wider swallows the narrower."""

    NOTHING = 0
    END_OF_WORD = 1
    FEW_WORDS = 2
    ANYTHING = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that must stand as they are, in one of `variants`: tight forms by first letter and spelling."""

    variants: tuple[str, ...]
    leap: Leap
    # What the reporter put in brackets, in the place of the words leapt over.
    stand_in: str
    word_count: int
    # The reporter gave the last word another ending: "compan[ies]".
    is_open_ended: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage as a reporter prints it, taken apart."""

    pieces: tuple[Piece, ...]
    # The text between two ellipses, without what stands in brackets: what an altered passage is measured by.
    parts: tuple[str, ...]
    # Punctuation at the end that may be the reporter's own, or nothing.
    last_mark: str
    # Has the first word no small letter, as at the beginning of a sentence?
    may_begin_sentence: bool
    # What stands in brackets before the first word and behind the last.
    first_remark: str = ""
    last_remark: str = ""
    # The passage with what stands in brackets, if something does: the document may have it, too.
    with_brackets: str = ""


@dataclass(slots=True)
class _Reading:
    """Where the reading of a passage stands: how the next piece will join."""

    leap: Leap = Leap.ANYTHING
    stand_in: str = ""
    is_free: bool = True


def take_apart(passage: str) -> Quotation:
    """The pieces of `passage`, of which the first 20,000 characters and 60 joints count; linear in its length.

    One that has hardly a word beside its brackets, or beside its ellipses, is taken literally, for what is
    left of it stands on many pages; so is one from the manual of a program.

    `take_apart("“[W]e may … sell it,”").parts` is `("“We may ", " sell it,”")`, its last mark `","`.
    """
    bare = _bare(passage).translate(_IN_BRACKETS).replace(_FREE, "")
    passage = _BRACKETED_LETTER.sub(rf"{_FREE}\1", bare)
    if not _JOINT.search(passage) or _OF_MANUAL.search(passage):
        return taken_literally(bare)
    pieces: list[Piece] = []
    parts = [""]
    reading, at = _Reading(), 0
    joints = list(islice(_JOINT.finditer(passage), _MOST_JOINTS))
    for joint in joints:
        _read(passage[at : joint.start()], pieces, parts, reading)
        at = joint.end()
        _leap_over(joint, passage, pieces, parts, reading)
    _read(passage[at:], pieces, parts, reading)
    if _tells_too_little(passage, joints, parts):
        return taken_literally(bare)
    return Quotation(
        tuple(_without_slack(pieces)),
        tuple(part for part in parts if part.strip()),
        _last_mark(passage),
        begins_as_sentence(passage),
        "" if _WORD.search(passage, 0, joints[0].start()) else joints[0]["stand_in"] or "",
        "" if _WORD.search(passage, joints[-1].end()) else joints[-1]["stand_in"] or "",
        bare if any(joint["stand_in"] for joint in joints) else "",
    )


def taken_literally(passage: str) -> Quotation:
    """The passage as one piece, with its dots and brackets for what they are: the document may have them too.

    Linear in the first 20,000 characters.
    """
    pieces: list[Piece] = []
    parts = [""]
    figure = _LEADING_FIGURE.match(passage)
    _read(_bare(passage), pieces, parts, _Reading())
    return Quotation(
        tuple(_without_slack(pieces)),
        tuple(part for part in parts if part.strip()),
        _last_mark(passage),
        begins_as_sentence(passage),
        figure[1] if figure else "",
    )


def _bare(passage: str) -> str:
    """What counts of the passage, without the mark of the list item that it begins with."""
    bare = passage[:LONGEST_PASSAGE].strip()
    mark = _LIST_MARK.match(bare)
    return bare[mark.end() :] if mark else bare


def _leap_over(
    joint: re.Match[str], passage: str, pieces: list[Piece], parts: list[str], reading: _Reading
) -> None:
    if joint["ellipsis"]:
        parts.append("")
        reading.leap, reading.is_free = Leap.ANYTHING, True
    elif joint["free"]:
        reading.is_free = True
    else:
        leap = Leap.END_OF_WORD if _is_inside_word(passage, joint.start()) else Leap.FEW_WORDS
        if leap is Leap.END_OF_WORD and pieces:
            pieces[-1] = replace(pieces[-1], is_open_ended=True)
        told = f"{reading.stand_in}] [{joint['stand_in']}" if reading.stand_in else joint["stand_in"]
        reading.leap, reading.stand_in = max(reading.leap, leap), told


def _tells_too_little(passage: str, joints: list[re.Match[str]], parts: list[str]) -> bool:
    """Is too little of the passage left without what stands in brackets, beside words or for whole ones?"""
    remarks = [joint for joint in joints if joint["stand_in"] and not _is_inside_word(passage, joint.start())]
    told = [word for part in parts for word in WORD.findall(part)]
    has_gap = sum(map(bool, map(str.strip, parts))) > 1
    if not remarks and not has_gap:
        return False
    least = _LEAST_BESIDE_ELLIPSES if has_gap else _LEAST_WORDS
    if len(told) < least or not any(map(_TELLING_WORD.search, parts)):
        return True
    in_brackets = sum(len(WORD.findall(joint["stand_in"])) for joint in remarks)
    return len(told) < min(in_brackets, _LEAST_BESIDE_ELLIPSES)


def _is_inside_word(passage: str, place: int) -> bool:
    before = passage[max(0, place - 1) : place]
    return before.isalnum() and not _UNSPACED.match(before)


def _read(literal: str, pieces: list[Piece], parts: list[str], reading: _Reading) -> None:
    parts[-1] += literal
    plain = normalise(literal).plain.strip()
    if not plain:
        return
    variants = _variants(literal) if reading.is_free else (literal,)
    written = (spelling for variant in variants for spelling in spellings(normalise(variant).plain))
    tight = dict.fromkeys(normalise(spelling).tight.strip(" ") for spelling in written)
    pieces.append(Piece(tuple(tight), reading.leap, reading.stand_in, plain.count(" ") + 1))
    reading.leap, reading.stand_in, reading.is_free = Leap.NOTHING, "", False


def _variants(literal: str) -> tuple[str, ...]:
    """The piece as it is, and with its first letter in the other case, or the others: Turkish has two of i."""
    for place, character in enumerate(literal):
        if character.isalpha():
            other_cases = dict.fromkeys((character.swapcase(), _TURKISH.get(character, "")))
            others = (literal[:place] + other + literal[place + 1 :] for other in other_cases if other)
            return literal, *others
        if character.isalnum():
            break
    return (literal,)


def _without_slack(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the punctuation at either end of the passage and at an ellipsis, which is the reporter's."""
    trimmed = []
    for number, piece in enumerate(pieces):
        is_last = number + 1 == len(pieces) or pieces[number + 1].leap is Leap.ANYTHING
        variants = piece.variants
        if piece.leap is Leap.ANYTHING:
            variants = tuple(variant.lstrip(_SLACK if number else " '") for variant in variants)
        if is_last:
            variants = tuple(variant.rstrip(_SLACK) for variant in variants)
        if variants[0]:
            trimmed.append(replace(piece, variants=variants))
    return trimmed


def _last_mark(passage: str) -> str:
    if _ENDS_WITH_ELLIPSIS.search(passage[-_FARTHEST_END:]):
        return ""
    if _GREEK_QUESTION.search(passage[-_FARTHEST_END:]):
        return "?"
    end = normalise(passage).plain.rstrip(" '")[-1:]
    return _LAST_MARKS.get(end, "")
