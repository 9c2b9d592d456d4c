"""HTML that is too large or nested too deeply for a tree, read bit by bit, whatever is inside what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

from stories.text.copy_errors import CopyTooLarge
from stories.text.language.word_lists import words_in
from stories.text.limits import MOST_CHARACTERS
from stories.text.struck import STRUCK_IN, STRUCK_OUT, TAGS, as_typed, with_marks

_BREAK = "\ue010"
_PRIVATE = dict.fromkeys(map(ord, (_BREAK, STRUCK_IN, STRUCK_OUT)))
_CHUNK = 65_536
_LONGEST_TITLE = 20_000
# A picture may be written out in its tag.
_LONGEST_TAG = 1_000_000
_LONGEST_ENTITY = 40
_UNREAD = words_in("script style template title iframe noembed noframes xmp")
_BEGINS_UNREAD = re.compile(rf"<!--(?!-?>)|<({'|'.join(sorted(_UNREAD))})(?=[\s/>])[^>]*+>", re.IGNORECASE)
_BREAKING = (
    "address|article|aside|blockquote|br|button|caption|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure"
    "|footer|form|h[1-6]|header|hr|label|legend|li|main|nav|ol|option|p|pre|section|select|summary|table|td|th|tr|ul"
)
# Possessive and atomic, so that an unclosed quotation mark is looked for once and never again.
_REST_OF_TAG = r"(?>(?:(?>(?:[^>=]++|=\s*+(?>(?:\"[^\"]*+\"|'[^']*+')?)){1,500}))*)>"
_BREAKING_TAG = re.compile(rf"</?(?:{_BREAKING})(?![\w-]){_REST_OF_TAG}", re.IGNORECASE)
_STRIKING_TAG = re.compile(rf"<(/?)(?:{'|'.join(sorted(TAGS))})(?![\w-]){_REST_OF_TAG}", re.IGNORECASE)
_TAG = re.compile(rf"<[/!?a-zA-Z]{_REST_OF_TAG}")
_WHOLE_TAG = re.compile(r"<(?>(?:(?>(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+'){1,500}))*)>")
_OPEN_TAG = re.compile(r"<[/!?a-zA-Z][^>]*+$")
_SPACES = re.compile(r"\s+")
_BREAKS = re.compile(f" ?{_BREAK}[ {_BREAK}]*+")


def flat_text(pieces: Iterable[str]) -> tuple[str, str]:
    """The title and the text of a page that comes in pieces; the markup is held for no longer than its piece.

    Raises CopyTooLarge beyond 3,000,000 characters of text. Linear in the length of the markup.
    """
    reader = _Reader()
    for piece in pieces:
        for at in range(0, len(piece), _CHUNK):
            reader.feed(piece[at : at + _CHUNK])
    return reader.close()


class _Reader:
    def __init__(self) -> None:
        self.title = ""
        self._text: list[str] = []
        self._length = 0
        self._rest = ""
        # What ends the element or comment that is passed over, and the text of the title so far.
        self._until = ""
        self._told = ""

    def feed(self, markup: str) -> None:
        self._rest = self._read(self._rest + markup.translate(_PRIVATE))

    def close(self) -> tuple[str, str]:
        if not self._until:
            self._keep(_OPEN_TAG.sub("", self._rest))
        text = _BREAKS.sub("\n", _SPACES.sub(" ", as_typed("".join(self._text)))).strip()
        return self.title, "\n".join(with_marks(text.split("\n"))) if STRUCK_IN in text else text

    def _read(self, markup: str) -> str:
        """Take in what is whole of `markup` and give back the rest."""
        at = 0
        while True:
            if self._until:
                at = self._pass_over(markup, at)
                if self._until:
                    return markup[max(at, len(markup) - len(self._until)) :]
            begin = _BEGINS_UNREAD.search(markup, at)
            if begin is None:
                break
            self._keep(markup[at : begin.start()])
            self._until = f"</{begin[1].lower()}" if begin[1] else "-->"
            self._told, at = "", begin.end()
        whole = _end_of_whole(markup, at)
        self._keep(markup[at:whole])
        return markup[whole:]

    def _pass_over(self, markup: str, at: int) -> int:
        found = _found(self._until, markup, at)
        if self._until == "</title" and not self.title and len(self._told) < _LONGEST_TITLE:
            self._told += markup[at : found if found >= 0 else max(at, len(markup) - len(self._until))]
        if found < 0:
            return at
        if self._until == "</title":
            self.title = self.title or " ".join(unescape(self._told).split())
        at = found + len(self._until) if self._until == "-->" else found
        self._until = ""
        return at

    def _keep(self, markup: str) -> None:
        text = _SPACES.sub(" ", unescape(_without_tags(markup) if "<" in markup else markup))
        self._length += len(text)
        if self._length > 2 * MOST_CHARACTERS:
            raise CopyTooLarge("too_much_text", detail=str(self._length))
        if text:
            self._text.append(text)


def _found(mark: str, markup: str, at: int) -> int:
    match = _mark(mark).search(markup, at)
    return match.start() if match else -1


@lru_cache(maxsize=16)
def _mark(mark: str) -> re.Pattern[str]:
    return re.compile(re.escape(mark), re.IGNORECASE)


def _without_tags(markup: str) -> str:
    # Where no tag is closed any more, each would be looked through to the end.
    last = markup.rfind(">") + 1
    marked = _STRIKING_TAG.sub(_side_of, _BREAKING_TAG.sub(_BREAK, markup[:last]))
    return _TAG.sub("", marked) + markup[last:]


def _side_of(tag: re.Match[str]) -> str:
    return STRUCK_OUT if tag[1] else STRUCK_IN


def _end_of_whole(markup: str, at: int) -> int:
    """Where the last tag or entity begins that may go on in the next piece, or the end."""
    end = len(markup)
    tag = markup.rfind("<", max(at, end - _LONGEST_TAG))
    if tag >= 0 and _WHOLE_TAG.match(markup, tag) is None:
        return tag
    entity = markup.rfind("&", max(at, end - _LONGEST_ENTITY))
    return entity if entity >= 0 and markup.find(";", entity) < 0 else end
