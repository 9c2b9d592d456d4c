"""A short sentence that now says the opposite: a negation and the verb beside it may be half of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from rapidfuzz.distance import Prefix

from stories.text.language.boundaries import SENTENCE_MARKS, sentence_around
from stories.text.language.word_lists import words_in
from stories.text.language.words import words_of
from stories.text.normalise import Normalised, normalise
from stories.text.passage.nearest import Altered, nearness

MOST_WORDS = 12
_LEAST_OF_A_PART = 3
_MOST_PLACES = 5_000
_MOST_SENTENCES = 500
_MOST_BETWEEN = 4
# Of a sentence that has no more words than one of ours and what may stand between them.
_LONGEST_SENTENCE = 500
# What has no such end is a label or a link: “Comment” is not what “No comment.” has become.
_ENDS_SENTENCE = re.compile(rf"[{SENTENCE_MARKS}]\W{{0,3}}$")


def _in_print(words: str) -> list[str]:
    """In the form in which words are compared, where letters that are drawn alike are one."""
    return words_of(normalise(words).plain).keys


_NEGATIONS = frozenset(
    _in_print(
        "not never no nobody none nicht nie kein keine keinen keiner keinem keines niemand ne pas jamais nunca jamás "
        "nadie non mai nessuno não ninguém niet nooit geen 안 못 не neither nor weder ni né nem ani ни"
    )
)
# A negation of two things has its own word in the place of these: “neither … nor”.
_JOINING = frozenset(_in_print("and or et ou y e o und oder noch en of i lub и или"))
# These tell of how many, too: none.
_NONE = words_in(
    "no nobody none kein keine keinen keiner keinem keines niemand nadie nessuno ninguém geen personne"
)
# Of how many something is said, or of whom, if that is all that is told of them.
_COUNTED = words_in(
    "one two three four five six seven eight nine ten some many several few all person persons people someone "
    "somebody everyone everybody jemand einer eine zwei drei vier fünf einige mehrere personen menschen alguien tres "
    "cuatro cinco personas personne personnes deux trois quatre cinq quelques qualcuno persone alguém pessoas iemand"
)
# What stands beside a count and belongs to it: “at least two”, “up to a dozen”.
_ABOUT_HOW_MANY = words_in(
    "at least most more fewer less than over under about around roughly nearly almost only up to the a dozen dozens "
    "hundred hundreds thousand thousands of mindestens höchstens wenigstens etwa rund über unter mehr weniger als "
    "fast nur au moins plus de environ al menos más unas unos casi dos almeno più di circa pelo menos mais cerca"
)
# Verbs that negate the one in front of them, which then ends with 지.
_KOREAN_NEGATIONS = ("않", "못하")
# They help a negation, and say nothing by themselves beside one.
_HELPING = words_in("do does did")
_CONTRACTED = dict(
    zip(_in_print("won't can't shan't cannot нет"), _in_print("will can shall can есть"), strict=True)
)
_LEAST_STEM = 3
_ENDINGS = frozenset(
    _in_print(
        "s es d ed ied ies y e ing t en te ten n o os a as i é és ée ées ó aron eron ou aram eram "
        # The Slavic languages put into another case what is negated.
        "u ę ą ów ek ku у ы и ов ев ей ой ок ку о ь ю ую я ая"
    )
) | {""}
_IRREGULAR = dict(
    pair.split("/")
    for pair in words_in(
        "sold/sell told/tell said/say made/make paid/pay went/go took/take gave/give knew/know met/meet kept/keep "
        "lost/lose held/hold broke/break fell/fall rose/rise grew/grow won/win saw/see came/come got/get had/have "
        "left/leave found/find sent/send built/build bought/buy brought/bring began/begin ran/run led/lead "
        "spoke/speak wrote/write stole/steal struck/strike sank/sink drew/draw felt/feel lied/lie stood/stand "
        "thought/think has/have des/de was/were is/are wird/werden ist/sind hat/haben "
        "a/ont est/sont fue/fueron foi/foram è/sono fu/furono ha/hanno"
    )
)


@dataclass(frozen=True, slots=True)
class _Core:
    """The words of a text without what negates or counts, whether it is negated, and what counts, and where."""

    words: tuple[str, ...]
    is_negated: bool
    # By how many of the words stand before.
    counted: frozenset[tuple[int, str]]
    none: frozenset[int]

    def counts_at(self, place: int) -> bool:
        return place in self.none or any(at == place for at, _ in self.counted)


def negated(document: Normalised, passage: str) -> Altered | None:
    """The first place where the passage, of at most twelve words, stands with a negation put in or taken out.

    A whole sentence is found as one; a part of a sentence needs three words that stay. The verb may be inflected for
    it (“denied”, “did not deny”). Linear in the length of the document; of the places where its first word stands
    5,000 are looked at, and 500 of those where all of it stands.

    >>> negated(normalise("We met. She did not deny it. We left."), "She denied it.").wording
    'She did not deny it.'
    """
    keys = words_of(normalise(passage).plain).keys
    core = _core_of(_counted_alike(keys))
    is_sentence = _is_sentence(passage.strip(), core)
    if len(keys) > MOST_WORDS or len(core.words) < (1 if is_sentence else _LEAST_OF_A_PART):
        return None
    for first, last in islice(_places(document, core), _MOST_SENTENCES):
        start, end = document.plain_span(document.words.starts[first], document.words.ends[last - 1])
        if is_sentence:
            start, end = sentence_around(document.source, start, end)
            if not _is_sentence_of(document.source[start:end], last - first):
                continue
        wording = document.source[start:end]
        return Altered(start, end, wording, nearness(passage, wording)[0])
    return None


def _is_sentence(passage: str, core: _Core) -> bool:
    """Is it one by its capital and its mark, or in a script without capitals by its mark and by being short?"""
    begins = passage[:1].isupper() or (not passage[:1].islower() and len(core.words) < _LEAST_OF_A_PART)
    return begins and passage[-1:] in tuple(SENTENCE_MARKS)


def _is_sentence_of(text: str, words: int) -> bool:
    if len(text) > _LONGEST_SENTENCE or not _ENDS_SENTENCE.search(text[-4:]):
        return False
    return len(words_of(normalise(text).plain)) <= words


def _places(document: Normalised, core: _Core) -> Iterator[tuple[int, int]]:
    """Where the core stands and is negated as it was not, or the other way round: its first word and its end."""
    keys = document.words.keys
    # A text says most of its words many times over.
    first_words = {key for key in set(keys) if _is_same(_said(key), core.words[0])}
    begins = (place for place, key in enumerate(keys) if key in first_words)
    for first in islice(begins, _MOST_PLACES):
        last = _end_of(keys, first, core.words)
        if last is None:
            continue
        while first and _is_beside(keys[first - 1], core, 0) and not _is_parted(document, first):
            first -= 1
        while (
            last < len(keys)
            and _is_beside(keys[last], core, len(core.words))
            and not _is_parted(document, last)
        ):
            last += 1
        if _is_turned(core, _core_of(_counted_alike(keys[first:last]))):
            yield first, last


def _is_parted(document: Normalised, place: int) -> bool:
    """Does a sentence end in front of this word?"""
    words = document.words
    between = document.plain[words.ends[place - 1] : words.starts[place]]
    return _ENDS_SENTENCE.search(between.rstrip()) is not None


def _is_beside(key: str, core: _Core, place: int) -> bool:
    """Does the word negate, or count where the passage counts, what stands next to it?"""
    if key in _ABOUT_HOW_MANY or _is_count(key):
        return core.counts_at(place)
    return key not in _JOINING and not _said(key)


def _counted_alike(keys: Sequence[str]) -> list[str]:
    """The words without what belongs to a count at either end of them."""
    return _without_about(_without_about(list(keys))[::-1])[::-1]


def _without_about(keys: list[str]) -> list[str]:
    run = list(takewhile(lambda key: key in _ABOUT_HOW_MANY or _is_count(key), keys))
    if not any(map(_is_count, run)):
        return keys
    return [key for key in run if key not in _ABOUT_HOW_MANY] + keys[len(run) :]


def _is_turned(one: _Core, other: _Core) -> bool:
    """Is one of them negated, and as many counted in both but where one tells of none?"""
    none = one.none | other.none
    rest, other_rest = ({count for count in core.counted if count[0] not in none} for core in (one, other))
    return one.is_negated is not other.is_negated and rest == other_rest


def _end_of(keys: Sequence[str], first: int, words: Sequence[str]) -> int | None:
    """Behind which word all of `words` were told, if but negations, what helps them and counts stand between."""
    left = list(reversed(words))
    for place in range(first, min(len(keys), first + len(words) + _MOST_BETWEEN)):
        if _is_same(_said(keys[place]), left[-1]):
            left.pop()
        elif _said(keys[place]) and not (_is_negation(keys[place]) or keys[place] in _HELPING):
            return None
        if not left:
            return place + 1
    return None


def _core_of(keys: Sequence[str]) -> _Core:
    is_negated = any(map(_is_negation, keys))
    words, counted, none = list[str](), set[tuple[int, str]](), set[int]()
    for key in keys:
        said = _said(key)
        if key in _NONE:
            none.add(len(words))
        elif _is_count(key):
            counted.add((len(words), key))
        elif said and not (is_negated and key in _HELPING):
            words.append(said)
    return _Core(tuple(words), is_negated, frozenset(counted), frozenset(none))


def _is_count(key: str) -> bool:
    return key in _COUNTED or key.isdigit()


def _is_negation(key: str) -> bool:
    return (
        key in _NEGATIONS
        or key in _CONTRACTED
        or key.endswith("n't")
        or key.startswith(("n'", *_KOREAN_NEGATIONS))
    )


def _said(key: str) -> str:
    """What the word says but for its negation: nothing, the verb of “isn't”, or itself; “and” and counts say none."""
    if key in _NEGATIONS or key in _JOINING or _is_count(key) or key.startswith(_KOREAN_NEGATIONS):
        return ""
    if key in _CONTRACTED:
        return _CONTRACTED[key]
    bare = key.removesuffix("n't").removeprefix("n'")
    return "" if bare != key and bare in _HELPING else bare


def _is_same(one: str, other: str) -> bool:
    """Are they one word, or forms of one?"""
    if one == other or _IRREGULAR.get(one) == other or _IRREGULAR.get(other) == one:
        return bool(one)
    negated, plain = (one, other) if one.endswith("지") else (other, one)
    if len(negated) > 1 and negated.endswith("지") and plain.startswith(negated[:-1]):
        return True
    stem = Prefix.similarity(one, other)
    return stem >= _LEAST_STEM and one[stem:] in _ENDINGS and other[stem:] in _ENDINGS
