"""Take a paragraph out of its wrapping, of bullets, Markdown emphasis, brackets and odd characters, to be read."""

import re
from dataclasses import dataclass

from stories.text.language.composed import composed

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_BULLET = re.compile(r"(?:#{1,6}|>{1,3}|[-–—•‣▪●◦*+†])\s+")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=[^\s*_])")
_CLOSING = {"(": ")", "[": "]"}
_MOST_WRAPPINGS = 5

# One character for one, so that a place in the folded text is the same place in the shown text.
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006", " "),
        **dict.fromkeys("\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
        **dict.fromkeys("‘’‛ʼ´`′", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2212", "-"),
        **dict.fromkeys("―─", "—"),
        **dict.fromkeys("：︰", ":"),
        **dict.fromkeys("\u2028\u2029\u0085\v\f", "\n"),
    }
)


@dataclass(frozen=True, slots=True)
class Surface:
    """A paragraph as its reader sees it, and the same with its typography evened out, character by character."""

    shown: str
    folded: str
    was_bracketed: bool
    emphasis_end: int | None

    def shown_from(self, start: int, end: int | None = None) -> str:
        return self.shown[start:end].strip()


def read_surface(text: str) -> Surface:
    """The paragraph without what surrounds its words; `emphasis_end` is where a bold or italic beginning ended.

    Linear.
    """
    # An accent that stands behind its letter is the same letter.
    shown = _UNSEEN.sub("", composed(text).replace("\r\n", "\n").replace("\r", "\n")).strip()
    was_bracketed, emphasis_end = False, None
    for _ in range(_MOST_WRAPPINGS):
        inner = _BULLET.sub("", shown, count=1) if _BULLET.match(shown) else shown
        if inner == shown:
            inner = _without_brackets(shown)
            was_bracketed = was_bracketed or inner != shown
        if inner == shown and emphasis_end is None:
            inner, emphasis_end = _without_emphasis(shown)
        if inner == shown or not inner:
            break
        shown = inner
    return Surface(
        shown=shown, folded=shown.translate(_FOLDED), was_bracketed=was_bracketed, emphasis_end=emphasis_end
    )


def _without_emphasis(shown: str) -> tuple[str, int | None]:
    opening = _EMPHASIS.match(shown)
    if opening is None:
        return shown, None
    marker, rest = opening.group(), shown[opening.end() :]
    closing = rest.find(marker)
    if closing < 0:
        return rest, None
    after = rest[closing + len(marker) :]
    if not after.strip():
        return rest[:closing].strip(), None
    return rest[:closing] + after, closing


def _without_brackets(shown: str) -> str:
    closing = _CLOSING.get(shown[:1])
    inner = shown.removesuffix(".")
    if closing is None or not inner.endswith(closing):
        return shown
    depth = 0
    for position, character in enumerate(inner):
        depth += (character == shown[0]) - (character == closing)
        if depth == 0:
            return inner[1:-1].strip() if position == len(inner) - 1 else shown
    return shown
