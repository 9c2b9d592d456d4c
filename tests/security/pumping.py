"""Texts that keep a careless regular expression busy, made from the expression itself.

`python -m tests.security.pumping` reads expressions, one JSON list of pattern and flags a line, tries each on its
texts and says so in a line: whoever waits knows which one was tried when the time was over.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

#: Squared it is work of a second, cubed of half a minute; every way to part it, of ages.
TIMES = 1_000
_REPEATS = {kinds.MAX_REPEAT, kinds.MIN_REPEAT}
_SAMPLES = {
    kinds.CATEGORY_DIGIT: "7",
    kinds.CATEGORY_NOT_DIGIT: "x",
    kinds.CATEGORY_SPACE: " ",
    kinds.CATEGORY_NOT_SPACE: "x",
    kinds.CATEGORY_WORD: "a",
    kinds.CATEGORY_NOT_WORD: ".",
}
#: After these nothing that was pumped matches any more.
_ENDS = ("\0", "!\n", "")


def pumped(pattern: str, flags: int) -> Iterator[str]:
    """For each repetition in the pattern: what leads to it, its inside many times over, and something else."""
    parsed = _parser.parse(pattern, flags)
    for before, inside in _repeats(list(parsed), ""):
        for end in _ENDS:
            yield before + inside * TIMES + end
    for alone in ("a", " ", "\n", "7", '"', "<", "(", "."):
        yield alone * TIMES + "\0"


def _repeats(parts: list[Any], before: str) -> Iterator[tuple[str, str]]:
    for kind, given in parts:
        if kind in _REPEATS:
            inside = _sample(list(given[2])) or "a"
            yield before, inside
            yield from _repeats(list(given[2]), before)
        for inner in _inner(kind, given):
            yield from _repeats(list(inner), before)
        before += _sample([(kind, given)])


def _inner(kind: Any, given: Any) -> list[Any]:
    if kind is kinds.SUBPATTERN:
        return [given[3]]
    if kind is kinds.BRANCH:
        return list(given[1])
    if kind in (kinds.ASSERT, kinds.ASSERT_NOT):
        return [given[1]]
    if kind is kinds.ATOMIC_GROUP:
        return [given]
    return []


def _sample(parts: list[Any]) -> str:
    """One text that the parts match, more or less."""
    return "".join(_sample_of(kind, given) for kind, given in parts)


def _sample_of(kind: Any, given: Any) -> str:
    if kind is kinds.LITERAL:
        return chr(given)
    if kind in (kinds.NOT_LITERAL, kinds.ANY):
        return "a" if given != ord("a") else "b"
    if kind is kinds.IN:
        return _member(given)
    if kind in _REPEATS or kind is kinds.POSSESSIVE_REPEAT:
        return _sample(list(given[2])) * max(1, given[0])
    inner = _inner(kind, given) if kind not in (kinds.ASSERT, kinds.ASSERT_NOT) else []
    return _sample(list(inner[0])) if inner else ""


def _member(members: list[Any]) -> str:
    negated = bool(members) and members[0][0] is kinds.NEGATE
    if negated:
        return next((each for each in "a7 .\n-é" if not re.fullmatch(_class_of(members[1:]), each)), "\x01")
    kind, given = members[0]
    if kind is kinds.RANGE:
        return chr(given[0])
    return chr(given) if kind is kinds.LITERAL else _SAMPLES.get(given, "a")


def _class_of(members: list[Any]) -> str:
    said = ""
    for kind, given in members:
        if kind is kinds.LITERAL:
            said += re.escape(chr(given))
        elif kind is kinds.RANGE:
            said += f"{re.escape(chr(given[0]))}-{re.escape(chr(given[1]))}"
        elif kind is kinds.CATEGORY:
            said += {
                kinds.CATEGORY_DIGIT: r"\d",
                kinds.CATEGORY_SPACE: r"\s",
                kinds.CATEGORY_WORD: r"\w",
                kinds.CATEGORY_NOT_DIGIT: r"\D",
                kinds.CATEGORY_NOT_SPACE: r"\S",
                kinds.CATEGORY_NOT_WORD: r"\W",
            }[given]
    return f"[{said}]"


def main() -> None:
    for line in sys.stdin:
        pattern, flags = json.loads(line)
        compiled = re.compile(pattern, flags)
        for text in dict.fromkeys(pumped(pattern, flags & ~re.DEBUG)):
            compiled.match(text)
            compiled.fullmatch(text)
            compiled.search(text[-TIMES // 2 :])
        sys.stdout.write(f"{pattern!r}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
