"""The floor: the pages fetched, read, hashed and searched for their passages, in one process and into no database.

`python -m tests.benchmarks.checks.floor FOLDER COUNT` prints a line of JSON for each phase.
"""

import asyncio
import hashlib
import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp
from lxml import html

from tests.benchmarks.checks.site import PORT, address_of, load_corpus

_AT_ONCE = 20
_FRAME = "//script|//style|//noscript|//nav|//footer|//header|//aside|//section[@class='related']"


class Floor:
    def __init__(self, passages: list[list[str]]) -> None:
        self.passages = passages
        self.digests: dict[int, bytes] = {}

    async def look_at_all(self) -> None:
        numbers = iter(range(len(self.passages)))
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=_AT_ONCE)) as session:
            await asyncio.gather(*(self._look(session, numbers) for _ in range(_AT_ONCE)))

    async def _look(self, session: aiohttp.ClientSession, numbers: Iterator[int]) -> None:
        for number in numbers:
            async with session.get(address_of(number)) as response:
                body = await response.read()
            digest = hashlib.sha256(body).digest()
            if self.digests.get(number) != digest:
                self.digests[number] = digest
                self._search(number, body)

    def _search(self, number: int, body: bytes) -> int:
        tree = html.fromstring(body)
        for element in tree.xpath(_FRAME):
            element.drop_tree()
        text = " ".join(tree.text_content().split())
        hashlib.sha256(text.encode()).digest()
        return sum(" ".join(passage.split()) not in text for passage in self.passages[number])


async def show(version: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{PORT}/ctl/{version}"):
        return


def main(folder: Path, count: int) -> None:
    quotes = load_corpus(folder)["quotes"]
    floor = Floor([quotes(number) for number in range(count)])
    for phase, version in (("first", "v1"), ("unchanged", "v1"), ("same text", "token"), ("changed", "v2")):
        asyncio.run(show(version))
        cpu, wall = time.process_time(), time.perf_counter()
        asyncio.run(floor.look_at_all())
        told = {
            "phase": phase,
            "cpu_seconds": time.process_time() - cpu,
            "wall_seconds": time.perf_counter() - wall,
            "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
