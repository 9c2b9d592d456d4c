"""The matching form of a text: typography made alike, with a way back from every place in it to the original.

`plain` undoes what a font, an encoding or a layout engine does to characters: Unicode forms, ligatures, invisible
characters, kinds of quotation marks, dashes and spaces, look-alike letters. `tight` goes on to what a sub-editor
may do without changing a word: spaces beside dashes, quotation marks and punctuation, bullets, footnote marks, a
small L in the place of a capital i. Neither touches letters, digits or signs, nor takes punctuation away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from stories.text.language.characters import (
    BULLETS,
    CONTROL_SPACES,
    INVISIBLE,
    LIST_MARK,
    MINUS,
    OTHER_SPACES,
    SPACES,
    UNSPACED,
    printed_alike,
)
from stories.text.language.footnotes import BRACKETED_FOOTNOTE, RAISED, RAISED_FOOTNOTE
from stories.text.language.rewrite import Edit, Rewrite, rewrite
from stories.text.language.running_lines import past_running_lines
from stories.text.language.words import Words, words_of

_UNUSUAL = re.compile(
    rf"(?:[{SPACES}{INVISIBLE}]{{2,}}+|[{CONTROL_SPACES}{OTHER_SPACES}])"
    rf"(?P<mark>{LIST_MARK})?"
    rf"|[\x21-\x7e]?[^\x00-\x7f{SPACES}]+"
    r"|\.(?: \.){2,}"
)
_JAMO = re.compile("[\u1160-\u11ff\uff9e\uff9f]")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_SPACE_IN_UNSPACED = re.compile(f"(?<=[{UNSPACED}、。，！？：；]) | (?=[{UNSPACED}、。，！？：；])")
_PRINTED_AS_THEY_ARE = frozenset(map(chr, range(0x20, 0x7F)))
# The Stream-Safe Text Format (UAX 15) allows thirty marks on a letter; putting more in order takes quadratic time.
_MOST_MARKS = 30
_TIGHT = rf"\-',.;:!?()\[\]{{}}%‰°€£¥$§<>=≤≥±×/{BULLETS}"
_RUNS = re.compile(rf" ?[{_TIGHT}][ {_TIGHT}]*")
# What changes the length of a text, or depends on what stands beside it.
_RUN_OF_SPACES = re.compile(rf"[{SPACES}]{{2}}")
_LIST_MARK = re.compile(rf"[{CONTROL_SPACES}{OTHER_SPACES}][-*+–{MINUS}] ")
# With these a line ends that leads to items of a list, or that is one.
_BEFORE_ITEMS = (":", ";", ".")
_SPACED_POINTS = ". . ."
# Each is looked for in the whole text.
_MOST_OTHERS = 40
# A line of a page is asked for by each who looks at it.
_LONGEST_KEPT = 400


@dataclass(frozen=True)
class Normalised:
    """A text with its matching forms and its words, each made once and only when asked for."""

    source: str

    @cached_property
    def _plain(self) -> Rewrite:
        return _plain_form(self.source)

    @cached_property
    def _unmarked(self) -> Rewrite:
        return rewrite(self.plain, _footnote_edits(self.plain))

    @cached_property
    def _tight(self) -> Rewrite:
        """The way back from the tight form: most texts are only asked whether something stands in them."""
        return rewrite(self._unmarked.text, _tight_edits(self._unmarked.text))

    @property
    def plain(self) -> str:
        return self._plain.text

    @cached_property
    def tight(self) -> str:
        made = _RUNS.sub(_tightened, self._unmarked.text).replace("I", "l")
        # Houses differ in whether a quotation is closed before or behind the comma.
        return made.replace("',", ",'").replace("'.", ".'")

    @cached_property
    def words(self) -> Words:
        """The words of `plain`."""
        return words_of(self.plain)

    @cached_property
    def without_running_lines(self) -> Normalised:
        """The same places without what runs through the document; itself if nothing does."""
        past = past_running_lines(self.source)
        return self if past == self.source else Normalised(past)

    def plain_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that `plain[start:end]` stands for."""
        return self._plain.start_of(start), self._plain.end_of(end)

    def tight_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that `tight[start:end]` stands for."""
        unmarked_start, unmarked_end = self._tight.start_of(start), self._tight.end_of(end)
        return self.plain_span(self._unmarked.start_of(unmarked_start), self._unmarked.end_of(unmarked_end))


def normalise(text: str) -> Normalised:
    """The matching forms of `text`, which are computed on first use in time linear in its length.

    `normalise("“Our\\xa0 ﬁles”").plain` is `"'Our files'"`; `normalise("10 m²").plain` keeps its square.
    """
    return _kept(text) if len(text) <= _LONGEST_KEPT else Normalised(text)


@lru_cache(maxsize=128)
def _kept(line: str) -> Normalised:
    return Normalised(line)


def _plain_form(text: str) -> Rewrite:
    in_place = _plain_in_place(text)
    made = rewrite(text, _plain_edits(text)) if in_place is None else rewrite(in_place, ())
    return made.with_text(made.text.replace('"', "'").replace("`", "'"))


def _plain_in_place(text: str) -> str | None:
    """What `_plain_edits` would make of a text in which one character stands for one, as in most; None of others.

    It takes a tenth of the time.
    """
    if _RUN_OF_SPACES.search(text) or _LIST_MARK.search(text) or _SPACED_POINTS in text:
        return None
    others = set(text).difference(_PRINTED_AS_THEY_ARE)
    if len(others) > _MOST_OTHERS:
        return None
    for character in others:
        made = _in_place(character)
        if made is None:
            return None
        text = text.replace(character, made)
    return text


@lru_cache(maxsize=4096)
def _in_place(character: str) -> str | None:
    """The one character that this becomes wherever it stands; None where its surroundings have a say."""
    if character in CONTROL_SPACES:
        return " "
    if _continues(character) or _UNSPACED.match(character):
        return None
    made = printed_alike().get(ord(character), character)
    # What becomes an ordinary character is sure not to be replaced once more.
    is_final = made == character or (made is not None and len(made) == 1 and made.isascii())
    return made if is_final else None


def _plain_edits(text: str) -> Iterator[Edit]:
    item: int | None = None  # Where the last one begins that a minus marks.
    for match in _UNUSUAL.finditer(text):
        (start, end), mark = match.span(), match["mark"] or ""
        run = match.group().removesuffix(mark)
        is_item = bool(mark) and "\n" in run
        if is_item and mark[0] == MINUS:
            is_item = text.endswith(_BEFORE_ITEMS, 0, start) or (
                item is not None and "\n" not in text[item:start]
            )
            item = end if is_item else None
        end -= 0 if is_item else len(mark)
        if not run.strip(SPACES + INVISIBLE):
            made = "" if not run.strip(INVISIBLE) or _is_only_a_line_break(text, start, end) else " "
            yield start, end, made
            if mark and not is_item:
                yield end, end + len(mark), mark[0].translate(printed_alike()) + " "
            continue
        for from_, to, made in _edits_of_short_run(run) if len(run) <= 64 else _edits_of_run(run):
            yield start + from_, start + to, made


def _is_only_a_line_break(text: str, start: int, end: int) -> bool:
    """Is the space there for the layout alone: a line's end after a soft hyphen, or in a script that has no spaces?"""
    if (
        "\n" in text[start:end]
        and "\u00ad" in text[max(0, start - 1) : start + 1]
        and "\xa0" not in text[start:end]
    ):
        return True
    return bool(start and _UNSPACED.match(text[start - 1]) and _UNSPACED.match(text[end : end + 1]))


def _edits_of_run(run: str) -> tuple[Edit, ...]:
    """What a run of unusual characters, not all of them spaces, becomes."""
    if run.isascii():
        return ((0, len(run), "..."),)
    if not any(map(unicodedata.combining, run)) and not _JAMO.search(run):
        made = run.translate(printed_alike())
        if len(made) == len(run):
            return ((0, len(run), made),) if made != run else ()
    return tuple(_edits_of_clusters(run))


_edits_of_short_run = lru_cache(maxsize=4096)(_edits_of_run)


def _edits_of_clusters(run: str) -> Iterator[Edit]:
    start, length = 0, len(run)
    while start < length:
        end = start + 1
        while end < length and end - start <= _MOST_MARKS and _continues(run[end]):
            end += 1
        made = unicodedata.normalize("NFC", run[start:end]).translate(printed_alike())
        # A Latin letter made of another may be one with its mark: what is normalised must stay as it is.
        made = unicodedata.normalize("NFC", made)
        if made != run[start:end]:
            yield start, end, made
        start = end


def _continues(character: str) -> bool:
    return unicodedata.combining(character) != 0 or _JAMO.match(character) is not None


def _footnote_edits(plain: str) -> Iterator[Edit]:
    """The marks of footnotes, which no reporter quotes, and spaces in scripts that have none."""
    spans = (
        [match.span() for match in BRACKETED_FOOTNOTE.finditer(plain)]
        if "]" in plain or "(sic)" in plain
        else []
    )
    if RAISED.search(plain):
        spans += [match.span() for match in RAISED_FOOTNOTE.finditer(plain)]
    if not plain.isascii() and _UNSPACED.search(plain):
        spans += [match.span() for match in _SPACE_IN_UNSPACED.finditer(plain)]
    last = 0
    for start, end in sorted(spans):
        if start >= last:
            yield start, end, ""
            last = end


def _tight_edits(text: str) -> Iterator[Edit]:
    for match in _RUNS.finditer(text):
        start, end = match.span()
        for from_, to, made in _tight_run(match.group(), text[end : end + 1].isdigit()):
            yield start + from_, start + to, made


def _tightened(match: re.Match[str]) -> str:
    """The same, for the text alone."""
    end = match.end()
    return _tight_text(match.group(), match.string[end : end + 1].isdigit())


@lru_cache(maxsize=4096)
def _tight_text(run: str, before_digit: bool) -> str:
    return rewrite(run, _tight_run(run, before_digit)).text


@lru_cache(maxsize=4096)
def _tight_run(run: str, before_digit: bool) -> tuple[Edit, ...]:
    """What to leave out of a run of punctuation and spaces: spaces, bullets, and marks told twice."""
    kept = [place for place, character in enumerate(run) if character != " " and character not in BULLETS]
    if not kept:
        return ((0, len(run), " "),)
    kept = [p for n, p in enumerate(kept) if not (n and run[p] in "'-" and run[kept[n - 1]] == run[p])]
    # "2023, 500" must not become "2023,500".
    if before_digit and run[-1] == " " and run[kept[-1]] in ".,:;)":
        kept.append(len(run) - 1)
    edges = [-1, *kept, len(run)]
    return tuple((a + 1, b, "") for a, b in pairwise(edges) if b > a + 1)
