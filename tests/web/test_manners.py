"""What keeps robots.txt from us is told as what it is."""

import asyncio
import threading
from datetime import UTC, datetime

import pytest

from stories.web.client import Client, Limits
from stories.web.errors import NameUnresolved
from stories.web.guard import check_url
from stories.web.manners import Manners


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
