"""What keeps robots.txt from us is told as what it is, and a long one is no other page's business."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from stories.web.client import Client, Limits
from stories.web.errors import NameUnresolved
from stories.web.guard import check_url
from stories.web.manners import Manners, Robots
from stories.web.robots import Rules, RulesCache

LONG = {site: "User-agent: *\n" + f"Disallow: /{site}/\n" * 6_000 for site in ("one", "two")}
TEXTS = {**LONG, "short": "User-agent: *\nDisallow: /private/\n"}
TARGETS = {
    site: check_url(f"http://{site}.example/page", resolver=lambda _: ["198.41.0.4"]) for site in TEXTS
}


class Gate:
    """Whoever passes it waits until it is opened, which the event loop can do only if it is not waiting itself."""

    def __init__(self) -> None:
        self._opened = threading.Event()
        self._lock = threading.Lock()
        self._inside = self.most_at_once = 0

    def open(self) -> None:
        self._opened.set()

    def close(self) -> None:
        self._opened.clear()

    def go_through(self) -> None:
        with self._lock:
            self._inside += 1
            self.most_at_once = max(self.most_at_once, self._inside)
        assert self._opened.wait(5), "The event loop waits for this."
        with self._lock:
            self._inside -= 1


class GatedParsing(RulesCache):
    """Of long ones."""

    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._gate = gate

    def rules_of(self, text: str, *, product: str) -> Rules:
        if text in LONG.values():
            self._gate.go_through()
        return super().rules_of(text, product=product)


class GatedMatching(RulesCache):
    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._gate = gate

    def rules_of(self, text: str, *, product: str) -> Rules:
        gate = self._gate

        class GatedRules(Rules):
            def allows(self, url: str) -> bool:
                gate.go_through()
                return super().allows(url)

        return GatedRules(text, product=product)


def test_a_name_that_is_not_found_in_time_is_no_fault_of_robots_txt():
    target = check_url("http://site.example/page", resolver=lambda _: ["198.41.0.4"])
    release = threading.Event()

    def slow(_name: str) -> list[str]:
        release.wait(10)
        return []

    async def run() -> None:
        async with Client(user_agent="tests", resolver=slow, limits=Limits(total_seconds=0.2)) as reader:
            try:
                await Manners(reader, product="tests", now=lambda: datetime.now(UTC)).permit(target)
            finally:
                release.set()

    with pytest.raises(NameUnresolved) as late:
        asyncio.run(run())

    assert late.value.message == "The site’s name could not be looked up in time."


def manners_with(rules: RulesCache) -> Manners:
    def now() -> datetime:
        return datetime(2026, 3, 1, tzinfo=UTC)

    known = {TARGETS[site].origin: Robots(text, now() + timedelta(hours=1)) for site, text in TEXTS.items()}
    return Manners(Client(user_agent="tests"), product="tests", now=now, known=known, rules=rules)


@pytest.mark.parametrize("gated", [GatedParsing, GatedMatching])
def test_while_a_long_robots_txt_is_asked_other_pages_go_on(gated: Callable[[Gate], RulesCache]) -> None:
    gate = Gate()

    async def run() -> None:
        asking = asyncio.create_task(manners_with(gated(gate)).permit(TARGETS["one"]))
        while not gate.most_at_once:
            await asyncio.sleep(0.001)
        gate.open()
        await asking

    asyncio.run(run())


def test_long_ones_are_taken_apart_one_after_the_other() -> None:
    gate = Gate()

    async def run() -> None:
        manners = manners_with(GatedParsing(gate))
        asking = [asyncio.create_task(manners.permit(TARGETS[site])) for site in LONG]
        await asyncio.wait(asking, timeout=0.1)
        gate.open()
        await asyncio.gather(*asking)

    asyncio.run(run())

    assert gate.most_at_once == 1


@pytest.mark.parametrize("site", ["one", "short"])
def test_one_that_is_remembered_or_short_waits_for_no_other(site: str) -> None:
    gate = Gate()

    async def run() -> None:
        manners = manners_with(GatedParsing(gate))
        gate.open()
        await manners.permit(TARGETS["one"])
        gate.close()
        other = asyncio.create_task(manners.permit(TARGETS["two"]))
        await asyncio.sleep(0)
        await asyncio.wait_for(manners.permit(TARGETS[site]), 4)
        gate.open()
        await other

    asyncio.run(run())
