"""Read the break in typography after a label or a date: a colon, a dash, a new line, or where bold type ends."""

import re
from dataclasses import dataclass
from enum import Enum, auto


class BreakKind(Enum):
    """How the words before are set off; `SET_OFF` is by a bracket or by bold or italic type that ends here."""

    END = auto()
    COLON = auto()
    DASH = auto()
    LINE = auto()
    SET_OFF = auto()
    STOP = auto()
    COMMA = auto()
    SPACE = auto()


_WEAK = frozenset({BreakKind.STOP, BreakKind.COMMA, BreakKind.SPACE})
_PATTERNS = (
    (BreakKind.END, re.compile(r"\s*[.:]?\s*$")),
    (
        BreakKind.COLON,
        re.compile(r"\s{0,2}[.,]?\s?:(?!\d)\s*|\s{0,2}(?:\|{1,2}|»|//|::|>{1,3}|\.{3}|…)\s*"),
    ),
    (BreakKind.DASH, re.compile(r"\s{0,2},?(?:[—–]|--|\s-\s)-?\s*")),
    (BreakKind.LINE, re.compile(r" {0,3}\.?\n\s*")),
    (BreakKind.STOP, re.compile(r"[.;!]\s+")),
    (BreakKind.COMMA, re.compile(r",\s+")),
    (BreakKind.SPACE, re.compile(r"\s+")),
)
_CLOSING = re.compile(r"\s?[)\]]")
_OPENS_SENTENCE = re.compile(r"[\"'(\[*_@#$£€¿¡«]{0,3}[A-ZÀ-ÖØ-Þ0-9]")
_DASH = re.compile(r"[—–]|\s--?\s")


@dataclass(frozen=True, slots=True)
class Break:
    """A break and what its text goes on with."""

    kind: BreakKind
    end: int
    opens_sentence: bool
    has_dash_later: bool


def read_break(text: str, position: int, *, is_bracketed: bool, emphasis_end: int | None) -> Break | None:
    """The break at this place, or None in the middle of a word; an open bracket may close before it. Linear."""
    closing = _CLOSING.match(text, position) if is_bracketed else None
    start = closing.end() if closing else position
    is_set_off = closing is not None or (emphasis_end is not None and position <= emphasis_end <= start + 2)
    for kind, pattern in _PATTERNS:
        if found := pattern.match(text, start):
            return _break(text, BreakKind.SET_OFF if is_set_off and kind in _WEAK else kind, found.end())
    return _break(text, BreakKind.SET_OFF, start) if is_set_off else None


def _break(text: str, kind: BreakKind, end: int) -> Break:
    return Break(
        kind=kind,
        end=end,
        opens_sentence=_OPENS_SENTENCE.match(text, end) is not None,
        has_dash_later=_DASH.search(text, end) is not None,
    )
