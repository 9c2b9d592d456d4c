"""Make visible what a reader cannot see: zero-width characters, direction marks, unusual spaces."""

import re
import unicodedata

_NAMES = {"\u00a0": "NBSP", "\u00ad": "SHY", "\ufeff": "BOM"}
#: To stand between the brackets of a pattern.
INVISIBLE = (
    "\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    "\u2000-\u200f\u2028-\u202f\u2800\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff0-\ufffb\ufe00-\ufe0e"
    "\U000e0000-\U000e0fff"
)
_UNSEEN = re.compile(f"[{INVISIBLE}]")
# Symbols, and the modifiers of their colour.
_EMOJI = frozenset({"So", "Sk"})


def show_invisible(text: str) -> str:
    """The text with each invisible or easily mistaken space, control and format character spelled out.

    Ordinary spaces, tabs and line feeds stay; so does the joiner inside an emoji, which is part of its picture.
    Linear in the length of the text.

    >>> show_invisible("pri\\u200bvacy")
    'pri⟨U+200B⟩vacy'
    """
    return _UNSEEN.sub(_spelled_out, text)


def _spelled_out(match: re.Match[str]) -> str:
    character = match.group()
    if character == "\u200d" and _joins_emoji(match):
        return character
    name = _NAMES.get(character)
    return f"⟨{name}⟩" if name else f"⟨U+{ord(character):04X}⟩"


def _joins_emoji(match: re.Match[str]) -> bool:
    after = match.string[match.end() : match.end() + 1]
    before = match.string[max(0, match.start() - 2) : match.start()].rstrip("\ufe0f")[-1:]
    return all(side and unicodedata.category(side) in _EMOJI for side in (before, after))
