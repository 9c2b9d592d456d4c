"""A connection leads to what was checked, whoever asks for something else."""

import asyncio
import socket

import aiohttp
import pytest

from stories.web.connection import Wire, default_tls, open_connector
from stories.web.errors import AddressRefused
from stories.web.guard import Target
from tests.web.misbehaving_server import MisbehavingServer


def _target(*addresses: str, host: str = "site.example", port: int = 80) -> Target:
    return Target("http", host, port, "/", addresses, f"http://{host}:{port}/")


def _info(address: str, port: int) -> aiohttp.AddrInfoType:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    peer = (address, port, 0, 0) if ":" in address else (address, port)
    return (family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", peer)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1"])
def test_a_socket_is_made_for_a_checked_address(address: str) -> None:
    wire = Wire(_target("93.184.215.14", "2606:4700::1"))

    with wire.open_socket(_info(address, 80)) as made:
        assert made.family == (socket.AF_INET6 if ":" in address else socket.AF_INET)


@pytest.mark.parametrize(
    ("address", "port"),
    [("93.184.215.14", 443), ("93.184.215.15", 80), ("127.0.0.1", 80), ("10.0.0.1", 80), ("::1", 80)],
)
def test_no_socket_is_made_for_any_other(address: str, port: int) -> None:
    wire = Wire(_target("93.184.215.14"))

    with pytest.raises(AddressRefused) as refused:
        wire.open_socket(_info(address, port))

    assert refused.value.reason == "not_checked"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "other.example"])
def test_a_session_reaches_nothing_but_its_target(server: MisbehavingServer, host: str) -> None:
    """Whatever host stands in a URL: a literal address, which no resolver sees, or another name."""
    wire = Wire(_target("93.184.215.14", port=server.port))

    async def ask() -> None:
        async with aiohttp.ClientSession(connector=open_connector(wire, tls=default_tls())) as session:
            await session.get(server.url("/page", host=host))

    with pytest.raises(AddressRefused):
        asyncio.run(ask())

    assert not server.requests
