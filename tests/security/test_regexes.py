"""No regular expression of the product can be kept busy by the text that it reads.

Whether one backtracks is a matter of its steps, which Python does not count; so all of them are tried, in a process
that may use so much of a processor as all together need many times over, on texts that grow what each repeats. One
that takes the square of a text's length passes, and one that takes its cube may; one that tries every way never ends.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import resource
import subprocess
import sys
from collections.abc import Iterator

import pytest

import newsroom
import stories
from tests.security.pumping import pumped
from tests.test_house import ROOT

#: Only a run that never ends takes so long.
MOST_SECONDS = 90


def modules() -> Iterator[object]:
    for package in (stories, newsroom):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not re.search(r"\.(migrations|__main__|wsgi|asgi)\b", found.name):
                yield importlib.import_module(found.name)


def patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """Those of the value, and of what it holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth < 4:
        yield from patterns_in(list(value.values()), depth + 1)
    elif isinstance(value, list | tuple | set | frozenset) and depth < 4:
        for each in list(value):
            yield from patterns_in(each, depth + 1)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type) and depth < 4:
        yield from patterns_in([getattr(value, name) for name in value.__dataclass_fields__], depth + 1)


def expressions() -> list[tuple[str, int]]:
    found = {}
    for module in modules():
        for value in vars(module).values():
            for each in patterns_in(value):
                if isinstance(each.pattern, str):
                    found[each.pattern, each.flags] = None
    return sorted(found)


def try_all(lines: list[tuple[str, int]], *, seconds: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.security.pumping"],
        input="".join(json.dumps(line) + "\n" for line in lines),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)),
    )


def test_no_expression_is_kept_busy_by_what_it_reads() -> None:
    found = expressions()

    ended = try_all(found, seconds=MOST_SECONDS)

    tried = ended.stdout.splitlines()
    assert len(found) > 100
    assert ended.returncode == 0, (
        f"after {tried[-1:]}: {found[len(tried) : len(tried) + 1]} {ended.stderr[-500:]}"
    )


@pytest.mark.parametrize("careless", [r"(a+)+$", r"(a|a)*$", r"(\w+\s?)*$", r"<(.*)*>$"])
def test_a_careless_expression_is_found(careless: str) -> None:
    """Or the test above would prove nothing."""
    assert any(len(text) > 1_000 for text in pumped(careless, 0))
    assert try_all([(careless, 0)], seconds=1).returncode != 0
