"""Which names, numbers, dates, units, quotes and negations one text has and the other has not.

What an editor may call a minor change leaves them all as they were. A name that stands only at the start of a
sentence is known by its surroundings: by the same word elsewhere, by a capital behind it, or because it is no word
that sentences begin with. In doubt it counts as a name: a note costs a sentence, a silent change costs trust.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from rapidfuzz.distance import Levenshtein

from stories.text.language.fact_words import (
    CERTAINTY,
    CONTRACTIONS,
    DATES,
    NEGATIONS,
    OPENERS,
    RELATIVE_DAYS,
    UNITS,
    is_number_word,
    number_value,
)
from stories.text.normalise import normalise

FactKind = Literal["name", "number", "unit", "date", "negation", "certainty", "quote"]

#: Small words that bear the sense of a sentence, and replace each other: "few" and "none".
_SMALL_WORDS = {"negation", "certainty"}
#: Beyond this, what differs is told as a whole: aligning it would take too long.
_MOST_ALIGNED = 4000
#: No name has more words before or behind one of its words.
_LONGEST_NAME = 4
_TOKEN = re.compile(
    r"(?:(?<!\S)-)?\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?![^\W\d_]{3})|[€$£¥%°]|[^\W\d_]+(?:['.\-][^\W_]+)*"
)
_ENDS_SENTENCE = re.compile(r"[.!?:;…\n'(\[]")
_QUOTES = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“”]+)[“”]|(?<!\w)‘([^‘\n]{1,1000}?)’(?!\w)")
_FIRST_PERSON = re.compile(r"I(?:'\w+)?")


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact before and after; empty where it is new or gone, and twice the same where it stands elsewhere."""

    kind: FactKind
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    is_opening: bool

    @property
    def folded(self) -> str:
        return self.text.removesuffix("'s").removesuffix("'").casefold()

    @property
    def is_capitalised(self) -> bool:
        return self.text[:1].isupper() and not _FIRST_PERSON.fullmatch(self.text)

    @property
    def is_unmistakable(self) -> bool:
        """Capitals inside a word: NASA, iPhone, McCartney."""
        return any(character.isupper() for character in self.text[1:])


@dataclass(frozen=True, slots=True)
class _Fact:
    kind: FactKind
    key: str
    text: str


def fact_changes(before: str, after: str, *, context: str = "") -> tuple[FactChange, ...]:
    """What facts differ, in reading order; names are also recognised by what `context` has of them.

    Typography, spelling of numbers ("twelve" and "12") and letter case make no difference; order does.

    Linear, but for the alignment of at most 4,000 facts on either side.

    >>> fact_changes("Twelve people met Ann Reed.", "On Monday, 12 people met Ann Reid.")
    (FactChange(kind='date', before='', after='Monday'), FactChange(kind='name', before='Ann Reed', after='Ann Reid'))
    """
    if before == after:
        return ()
    old, new = _tokens(before), _tokens(after)
    names = _names([*old, *new, *_tokens(context)])
    told = [*_compared(_quotes(before), _quotes(after))]
    told += _compared(list(_facts(old, names)), list(_facts(new, names)))
    return tuple(dict.fromkeys(_moved_once(told)))


def _moved_once(told: Sequence[FactChange]) -> Iterator[FactChange]:
    """What went from one place and came in another is told as one change."""
    gone = {(change.kind, change.before) for change in told if not change.after}
    come = {(change.kind, change.after) for change in told if not change.before}
    for change in told:
        text = change.before or change.after
        is_moved = (change.kind, text) in gone & come
        yield FactChange(change.kind, text, text) if is_moved else change


def _tokens(text: str) -> list[_Token]:
    plain = "\n".join(normalise(line).plain for line in text.splitlines())
    tokens: list[_Token] = []
    end = 0
    for match in _TOKEN.finditer(plain):
        is_opening = not tokens or bool(_ENDS_SENTENCE.search(plain, end, match.start()))
        tokens += _without_hyphen(_Token(match.group(), match.start(), match.end(), is_opening))
        end = match.end()
    return tokens


def _without_hyphen(token: _Token) -> Iterator[_Token]:
    """A number in words is one of its own before what it counts: "five" and "year" in "five-year"."""
    number, _, counted = token.text.partition("-")
    if not counted or not is_number_word(number.casefold()) or is_number_word(counted.casefold()):
        yield token
        return
    middle = token.start + len(number)
    yield _Token(number, token.start, middle, token.is_opening)
    yield _Token(counted, middle + 1, token.end, is_opening=False)


def _names(tokens: Sequence[_Token]) -> frozenset[str]:
    """The words, in lower case, that are names somewhere in these texts."""
    written_small = {token.text for token in tokens if token.text.islower()}
    sure = {token.folded for token in tokens if _is_surely_name(token)}
    opening = {
        token.folded
        for token, following in zip_longest(tokens, tokens[1:])
        if token.is_opening and token.is_capitalised and _may_be_name(token, following, written_small)
    }
    return frozenset(sure | opening) - DATES.keys()


def _is_surely_name(token: _Token) -> bool:
    return token.is_unmistakable or (token.is_capitalised and not token.is_opening)


def _may_be_name(token: _Token, following: _Token | None, written_small: set[str]) -> bool:
    if token.folded in OPENERS or is_number_word(token.folded):
        return False
    if following and following.is_capitalised and not following.is_opening:
        return True
    return token.folded not in written_small and not token.folded.endswith(("ing", "ly"))


def _facts(tokens: Sequence[_Token], names: frozenset[str]) -> Iterator[_Fact]:
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if number := number_value([each.text.casefold() for each in tokens[place : place + 8]]):
            value, length = number
            last = tokens[place + length - 1]
            yield _Fact("number", value, " ".join(each.text for each in tokens[place : place + length]))
            place += length
            if place < len(tokens) and (unit := _unit(tokens[place], last)):
                yield _Fact("unit", unit, tokens[place].text)
                place += 1
            continue
        if fact := _fact(token, names, tokens, place):
            yield fact
        place += 1


def _unit(token: _Token, number: _Token) -> str | None:
    """A word is a unit only right behind its number, if need be after a hyphen."""
    if token.start - number.end > 1:
        return None
    word = token.folded.rstrip(".")
    return UNITS.get(word) or UNITS.get(word.partition("-")[0])


def _fact(token: _Token, names: frozenset[str], tokens: Sequence[_Token], place: int) -> _Fact | None:
    word = token.folded
    if token.text in "€$£¥%°":
        return _Fact("unit", UNITS[token.text], token.text)
    if word.endswith("n't") or word.replace("'", "") in CONTRACTIONS or word in NEGATIONS:
        return _Fact("negation", NEGATIONS.get(word, "not"), token.text)
    if (day := DATES.get(word.rstrip("."))) and (token.is_capitalised or word in RELATIVE_DAYS):
        return _Fact("date", day, token.text)
    if word in names:
        return _Fact("name", word, _full_name(tokens, place, names))
    if word in CERTAINTY:
        return _Fact("certainty", word, token.text)
    return None


def _full_name(tokens: Sequence[_Token], place: int, names: frozenset[str]) -> str:
    """The name with those beside it: "Ann Reed" for either of the two."""
    start = end = place
    while (
        place - start < _LONGEST_NAME and start > 0 and _are_one_name(tokens[start - 1], tokens[start], names)
    ):
        start -= 1
    while (
        end - place < _LONGEST_NAME
        and end + 1 < len(tokens)
        and _are_one_name(tokens[end], tokens[end + 1], names)
    ):
        end += 1
    return " ".join(token.text for token in tokens[start : end + 1])


def _are_one_name(first: _Token, second: _Token, names: frozenset[str]) -> bool:
    are_names = first.folded in names and second.folded in names
    return are_names and second.start - first.end == 1 and second.is_capitalised and first.is_capitalised


def _quotes(text: str) -> list[_Fact]:
    # Whether the sentence's comma or full stop stands inside the marks is the house's style.
    quoted = ["".join(groups).rstrip(" ,.") for groups in _QUOTES.findall(text)]
    return [_Fact("quote", normalise(words).tight.casefold(), " ".join(words.split())) for words in quoted]


def _compared(before: Sequence[_Fact], after: Sequence[_Fact]) -> Iterator[FactChange]:
    old, new = [fact.key for fact in before], [fact.key for fact in after]
    for old_start, old_end, new_start, new_end in _unequal(old, new):
        for gone, come in zip_longest(before[old_start:old_end], after[new_start:new_end]):
            yield from _told(gone, come)


def _unequal(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[int, int, int, int]]:
    if max(len(old), len(new)) > _MOST_ALIGNED:
        return [] if old == new else [(0, len(old), 0, len(new))]
    return [
        (code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in Levenshtein.opcodes(old, new)
        if code.tag != "equal"
    ]


def _told(gone: _Fact | None, come: _Fact | None) -> Iterator[FactChange]:
    if gone and come and (gone.kind == come.kind or {gone.kind, come.kind} <= _SMALL_WORDS):
        yield FactChange(gone.kind, gone.text, come.text)
        return
    if gone:
        yield FactChange(gone.kind, gone.text, "")
    if come:
        yield FactChange(come.kind, "", come.text)
