"""Words that a page has struck through: still to be seen, and no longer said.

They stand between two pairs of tildes, as in GitHub Flavored Markdown ("Strikethrough"), so that a text tells of them
wherever it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MARK = "~~"
#: What says that its words are struck through (HTML, "Edits", and `s`; `strike` is obsolete and still about).
TAGS = frozenset(("del", "s", "strike"))
STRUCK_IN, STRUCK_OUT = "\ue015", "\ue016"
# A text goes from one pair of tildes to the next and no further, so that looking is linear.
_STRUCK = re.compile(rf"{MARK}(?=\S)[^\n~]++(?>(?:(?>(?:~[^\n~]++){{1,500}}))*)(?<=\S){MARK}")
_SIDE = re.compile(f"[{STRUCK_IN}{STRUCK_OUT}]")
_WORD_JOINER = "\u2060"
_GAP = re.compile(f" ?{_WORD_JOINER}[ {_WORD_JOINER}]*+(?=([.,;:!?]|$))?")


def holds_struck(text: str) -> bool:
    """
    >>> holds_struck("The fee is ~~$5~~ $7."), holds_struck("Well~~ yes ~~ no")
    (True, False)

    Linear.
    """
    return MARK in text and _STRUCK.search(text) is not None


def as_said(text: str) -> str:
    """The text with characters of no width in the place of what is struck: all else stands where it stood. Linear."""
    return _STRUCK.sub(lambda found: _WORD_JOINER * len(found[0]), text)


def without_gaps(wording: str) -> str:
    """A part of `as_said` without what the struck words left. Linear.

    >>> without_gaps(as_said("The fee is $7 ~~$5~~, ~~only~~ by re~~-~~serving."))
    'The fee is $7, by reserving.'
    """
    return _GAP.sub(lambda found: " " if " " in found[0] and not found[1] else "", wording).strip()


def with_marks(lines: Iterable[str]) -> Iterator[str]:
    """Lines in which private characters tell where struck words begin and end, be it lines later, with each marked.

    >>> list(with_marks([f"One{STRUCK_IN} two", f"three{STRUCK_OUT} four"]))
    ['One ~~two~~', '~~three~~ four']

    Linear.
    """
    depth = 0
    for line in lines:
        if not depth and STRUCK_IN not in line and STRUCK_OUT not in line:
            yield line
            continue
        told, at = "", 0
        for side in _SIDE.finditer(line):
            told += _marked(line[at : side.start()], depth)
            at = side.end()
            depth = depth + 1 if side[0] == STRUCK_IN else max(0, depth - 1)
        told += _marked(line[at:], depth)
        yield " ".join(told.split())


def as_typed(text: str) -> str:
    """A page's own tildes, kept from being read as marks: what joins them has no width. Linear."""
    return text.replace(MARK, f"~{_WORD_JOINER}~") if MARK in text else text


def as_markup(text: str) -> str:
    """Marked words inside of `<del>`, for text that is read as HTML. Linear."""
    return _STRUCK.sub(lambda found: f"<del>{found[0][2:-2]}</del>", text) if MARK in text else text


def _marked(text: str, depth: int) -> str:
    words = text.strip()
    if not depth or not words:
        return text
    before, _, after = text.partition(words)
    # A tilde of its own at either end is kept apart from the marks.
    first = _WORD_JOINER if words[0] == "~" else ""
    last = _WORD_JOINER if words[-1] == "~" else ""
    return f"{before}{MARK}{first}{words}{last}{MARK}{after}"
