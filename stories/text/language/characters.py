"""Which characters stand for the same thing in print, and which must never be taken for one another."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Characters that take no room on the page: joiners, soft hyphens, marks of direction, variation selectors. What turns
# the order round (U+202E) makes another figure of one, and is none of them.
INVISIBLE = (
    "\u00ad\u034f\u061c\u0640\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
CONTROL_SPACES = "\t\n\r\f\v\x1c\x1d\x1e\x1f"
OTHER_SPACES = "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
SPACES = " " + CONTROL_SPACES + OTHER_SPACES
QUOTES = "‘’‚‛′´ʼʹ\u05f3“”„‟″ˮ\u05f4〝〞〟＇＂‹›«»「」『』"
SLASHES = "⁄∕"
DASHES = "‐‑‒–—―−⁃﹘﹣－\u05be─━"
BULLETS = "•▪◦‣●○■∙"
MINUS = "\u2212"
# What marks an item of a list in front of its words. A minus that may be one of a sum does not: before a figure, or
# money, be they in brackets or behind the short name of a currency.
LIST_MARK = (
    rf"(?:[-*+–]|{MINUS}(?!\W{{0,9}}(?:[^\W\d_]{{1,4}}\W{{0,2}})?[\d½¼¾⅐-⅞]|\W{{0,9}}[$€£¥₩₹₽]))"
    r" {1,8}(?=[^\-–\s])"
)
# Scripts that are written without spaces between words, as the inside of a regular expression's class.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f"
)
# Python's \w leaves out combining marks; without them a decomposed accent would cut its word in two. Soft
# hyphens and zero-width characters hide inside words, and a word that gained one must show as a whole.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d"
    "\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b4d\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c4d\u0c81-\u0c83"
    "\u0cbc-\u0ccd\u0d00-\u0d03\u0d3b-\u0d4d\u0dca-\u0ddf\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u00ad\u034f\u200b-\u200d\u2060\ufeff"
)
GREEK = "[\u0370-\u03ff\u1f00-\u1fff]"
# Letters of other alphabets that are drawn like Latin ones; each alphabet keeps its own letters apart. And those of
# Romanian, which older pages write with a cedilla.
_LOOK_ALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТХаеорсухѕіјԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοȘșȚț",
        "ABESIJKMHOPCTXaeopcyxsijdhqwABEZHIKMNOPTYXoŞşŢţ",
        strict=True,
    )
)
# What a language writes in either way: ё as е in all Russian papers, the ya and kaf of Persian as those of Arabic,
# raised endings of ordinal numbers on the line; and signs that several keyboards have under several numbers.
_EITHER_WAY = dict(zip("ёЁیکᵉʳᵈˢᵗʰᵒºª٪،؛؟〜・ㆍ‧", "eEيكerdsthooa%,;?~···", strict=True))
# Compatibility forms that NFKC would turn into something else: x² into x2, ½ into 1⁄2, ㎡ into m2, ① into 1.
_KEPT_APART = ("<super>", "<sub>", "<fraction>", "<square>", "<circle>", "<vertical>")
_BLOCKS_WITH_FORMS = (range(0xA0, 0x3400), range(0xF900, 0xFFF0), range(0x1D400, 0x1D800))
_DIGITS = range(0x660, 0xABFA)


@lru_cache(maxsize=1)
def printed_alike() -> dict[int, str | None]:
    """What each character becomes in the matching form, as a table for `str.translate`.

    Made once, in constant work.
    """
    digits = {code: unicodedata.decimal(chr(code), None) for code in _DIGITS}
    table = drawn_alike() | {code: str(digit) for code, digit in digits.items() if digit is not None}
    return table | {ord(character): made for character, made in _EITHER_WAY.items()}


@lru_cache(maxsize=1)
def drawn_alike() -> dict[int, str | None]:
    """The same for what a reader cannot tell apart. Made once, in constant work."""
    table: dict[int, str | None] = {}
    for codes in _BLOCKS_WITH_FORMS:
        table |= {code: made for code in codes if (made := _compatible(chr(code))) is not None}
    table |= {ord(character): latin for character, latin in _LOOK_ALIKES.items()}
    table |= dict.fromkeys(map(ord, QUOTES), "'") | dict.fromkeys(map(ord, DASHES), "-")
    table |= dict.fromkeys(map(ord, SLASHES), "/")
    return table | dict.fromkeys(map(ord, OTHER_SPACES), " ") | dict.fromkeys(map(ord, INVISIBLE), None)


def _compatible(character: str) -> str | None:
    """The Unicode form (NFKC, but for what it would change in meaning) of a character that has another one."""
    tag = unicodedata.decomposition(character).partition(" ")[0]
    if not tag or tag in _KEPT_APART:
        return None
    made = unicodedata.normalize("NFKC" if tag[0] == "<" else "NFC", character)
    return made if made != character and " " not in made else None
