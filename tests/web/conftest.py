"""Servers on loopback for the tests of this room."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from stories.web.client import Client, Fetched, Limits
from tests.web.certificates import Authority
from tests.web.misbehaving_server import MisbehavingServer

#: Only a test that hangs waits so long.
LONGEST_SECONDS = 120

Fetch = Callable[..., Fetched]


@pytest.fixture
def server() -> Iterator[MisbehavingServer]:
    with MisbehavingServer() as running:
        yield running


@pytest.fixture
def fetch(server: MisbehavingServer) -> Fetch:
    """Fetch a path of the server, or a whole address, with a client made for it."""

    def fetch_once(path: str, *, limits: Limits | None = None, tls: Any = None, **conditions: str) -> Fetched:
        async def run() -> Fetched:
            async with Client(
                user_agent="tests (+https://newsroom.example/bot)",
                limits=limits or Limits(total_seconds=LONGEST_SECONDS),
                allowed=server.allowed,
                tls=tls,
            ) as client:
                url = server.url(path) if path.startswith("/") else path
                return await client.fetch(url, **conditions)

        return asyncio.run(run())

    return fetch_once


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.create(tmp_path_factory.mktemp("authority"))
