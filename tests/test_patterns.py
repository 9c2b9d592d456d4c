"""Every Python that the product runs on reads our patterns alike."""

import pkgutil
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from re import _constants as kinds
from re import _parser as parser
from typing import Any

import pytest

import newsroom
import stories

_ONE_CHARACTER = {kinds.ANY, kinds.IN, kinds.LITERAL, kinds.NOT_LITERAL}


def patterns() -> Iterator[re.Pattern[Any]]:
    for package in (newsroom, stories):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations." not in module.name and not module.name.startswith("newsroom.settings."):
                yield from _patterns_among(vars(import_module(module.name)).values())


def _patterns_among(values: Iterable[object]) -> Iterator[re.Pattern[Any]]:
    for value in values:
        if isinstance(value, re.Pattern):
            yield value
        elif isinstance(value, (tuple, list, frozenset, set)):
            yield from _patterns_among(value)
        elif isinstance(value, dict):
            yield from _patterns_among([*value, *value.values()])


def repeats_a_group_possessively(parsed: Any) -> bool:
    """Up to Python 3.11.4, which Debian 12 has, `(?:ab)*+` takes the "a" of "ac" (CPython issue 106052).

    `(?>(?:ab)*)` says the same, and every Python reads it so.
    """
    if isinstance(parsed, parser.SubPattern):
        return any(repeats_a_group_possessively(each) for each in parsed)
    if isinstance(parsed, tuple) and parsed and parsed[0] is kinds.POSSESSIVE_REPEAT:
        repeated = parsed[1][2]
        if len(repeated) != 1 or repeated[0][0] not in _ONE_CHARACTER:
            return True
    return isinstance(parsed, (tuple, list)) and any(map(repeats_a_group_possessively, parsed))


@pytest.mark.parametrize(
    ("pattern", "is_told"),
    [
        (r"a(?:b|c(?:de)?+)", True),
        (r"(?:ab)*+", True),
        (r"(.)\1++", True),
        (r"(?>(?:ab)*)[ab]++\d?+.*+", False),
    ],
)
def test_a_group_that_is_repeated_possessively_is_found(pattern, is_told):
    assert repeats_a_group_possessively(parser.parse(pattern)) is is_told


def test_no_pattern_of_ours_repeats_a_group_possessively():
    ours = list(patterns())

    assert len(ours) > 400
    assert [
        each.pattern for each in ours if repeats_a_group_possessively(parser.parse(each.pattern, each.flags))
    ] == []
