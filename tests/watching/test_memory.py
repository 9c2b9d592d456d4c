"""A worker's memory stays bounded, whatever its servers send, and however many of them at once."""

import asyncio
import json
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from stories.watching.memory import Memory, NoRoom
from tests.web.misbehaving_server import PAGE, MisbehavingServer, respond

ROOT = Path(__file__).parents[2]


def gzipped(body: bytes, content_type: str) -> bytes:
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    packed = packer.compress(body) + packer.flush()
    return respond("200 OK", packed, {"Content-Encoding": "gzip", "Content-Type": content_type})


def test_a_worker_grows_by_no_more_than_64_mb():
    """Invariant 6: six pages at the bound, a bomb and an endless one, in one batch."""
    large = gzipped(b"word " * 3_980_000, "application/x-unknown")
    with MisbehavingServer() as server:
        ordinary = server.serve_bytes("/ordinary", respond("200 OK", PAGE * 20))
        server.serve_bytes("/large", large)
        paths = [*(f"/large?{number}" for number in range(6)), "/gzip-bomb", "/endless-body"]
        command = [sys.executable, "-m", "tests.watching.heavy_worker", ordinary, *map(server.url, paths)]

        ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=900)

    found = json.loads(ran.stdout)
    assert found["grown_bytes"] < 64_000_000
    assert set(found["reasons"].values()) >= {"unknown_kind", "decoded_too_large", "raw_too_large"}
    assert len(found["reasons"]) == len(paths)


def test_pages_share_the_pool_and_give_back_what_they_took():
    async def run() -> None:
        memory = Memory(pool_bytes=100)
        first, second = memory.room(), memory.room()
        first.grow(40)
        first.grow(60)
        with pytest.raises(NoRoom):
            second.grow(50)
        first.close()
        second.grow(100)

    asyncio.run(run())


def test_a_page_that_found_no_room_is_read_alone_however_large():
    async def run() -> list[str]:
        memory, order = Memory(pool_bytes=100), []

        async def read_alone(name: str) -> None:
            room = memory.room()
            await room.wait_to_be_alone()
            order.append(f"{name} begins")
            room.grow(1_000_000)
            await asyncio.sleep(0)
            order.append(f"{name} ends")
            room.close()

        await asyncio.gather(read_alone("first"), read_alone("second"))
        return order

    assert asyncio.run(run()) == ["first begins", "first ends", "second begins", "second ends"]
