"""Cut a text into words, numbers and punctuation, each with the white space behind it; nothing is lost.

A token is what a reader would call one thing: a word with its apostrophes and hyphens ("editor's", "on-duty"),
a number with its separators ("1,250.75", "3:24"), an address, an emoji with its modifiers, one mark of
punctuation or a row of the same. Scripts written without spaces are cut by character.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import add

from stories.text.language.characters import MARKS

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTERS = rf"[^\W{_UNSPACED}]++(?>(?:(?>(?:[{MARKS}]++[^\W{_UNSPACED}]*+){{1,500}}))*)"
_WORD = "|".join(
    (
        r"https?://[^\s<>\"]*[\w/]",
        rf"\d++(?>(?:(?>(?:[.,:]\d++){{1,500}}))*)(?:[-'’]?{_LETTERS})?",
        r"(?:[^\W\d_]\.){2,}",
        rf"{_LETTERS}(?>(?:(?>(?:[-‐‑'’]{_LETTERS}){{1,500}}))*)",
        rf"[{_UNSPACED}][{MARKS}\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*+",
        r"[\U0001f1e6-\U0001f1ff]{2}",
        r"([^\w\s])(?>(?:(?>\2{1,500}))+)",
        r"\S(?>(?:(?>(?:\ufe0f|[\U0001f3fb-\U0001f3ff]|\u200d\S){1,500}))*)",
    )
)
_TOKEN = re.compile(rf"({_WORD})(\s*+)")
_LEADING_SPACE = re.compile(r"\s*")
_SENTENCE_END = frozenset(".!?…")
_UNSPACED_SENTENCE_END = frozenset("。！？")
_CLOSING = frozenset("\"'”’»)]")
_MAY_END = _SENTENCE_END | _UNSPACED_SENTENCE_END | _CLOSING


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text; `gaps[i]` is the white space that follows `words[i]`.

    The first token is empty and carries the white space before the first word.
    """

    words: tuple[str, ...]
    gaps: tuple[str, ...]

    def text(self, start: int, end: int) -> str:
        """The exact text of the tokens from `start` up to `end`."""
        return "".join(map(add, self.words[start:end], self.gaps[start:end]))


def split_tokens(text: str) -> Tokens:
    """All of `text`, token by token; linear in its length.

    >>> split_tokens("It cost $1,250 (net).").words
    ('', 'It', 'cost', '$', '1,250', '(', 'net', ')', '.')
    """
    leading = _LEADING_SPACE.match(text)
    start = leading.end() if leading else 0
    found = _TOKEN.findall(text, start)
    words, _, gaps = zip(*found, strict=True) if found else ((), (), ())
    return Tokens(words=("", *words), gaps=(text[:start], *gaps))


def is_word(token: str) -> bool:
    """Whether a token says something, rather than punctuating. Looks at a few characters only."""
    return token[:1].isalnum() or any(character.isalnum() for character in token[1:])


def word_count(text: str) -> int:
    """How many words and numbers a text has; punctuation does not count. Linear."""
    return sum(map(is_word, split_tokens(text).words))


def ends_sentence(tokens: Tokens, index: int) -> bool:
    """Whether a sentence (or a line) ends with the token at `index`. Looks at a few characters only."""
    gap = tokens.gaps[index]
    if "\n" in gap:
        return True
    word = tokens.words[index]
    if word in _CLOSING and index:
        word = tokens.words[index - 1]
    last = word[-1:]
    return last in _UNSPACED_SENTENCE_END or (last in _SENTENCE_END and bool(gap))


def sentence_spans(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Where each sentence starts and ends, in tokens. Every token is in exactly one sentence. Linear."""
    start = 0
    for index, (word, gap) in enumerate(zip(tokens.words, tokens.gaps, strict=True)):
        if (word[-1:] in _MAY_END or "\n" in gap) and ends_sentence(tokens, index):
            yield start, index + 1
            start = index + 1
    if start < len(tokens.words):
        yield start, len(tokens.words)
