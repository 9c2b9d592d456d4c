"""Certificates that cannot be trusted, and what https promises beside them."""

import asyncio
import ssl
from pathlib import Path

import pytest

from stories.web.client import Client, Fetched, Limits
from stories.web.errors import BadRedirect, ProtocolBroken, TLSFailed, TooLarge
from tests.web.certificates import Authority, self_signed
from tests.web.conftest import LONGEST_SECONDS
from tests.web.misbehaving_server import PAGE, MisbehavingServer, redirect_path

GOOD = "DNS:localhost,IP:127.0.0.1"


def _fetch(server: MisbehavingServer, path: str, *, tls: ssl.SSLContext | None, host: str = "") -> Fetched:
    async def fetch() -> Fetched:
        limits = Limits(total_seconds=LONGEST_SECONDS, raw_bytes=500_000)
        async with Client(user_agent="tests", limits=limits, allowed=server.allowed, tls=tls) as client:
            return await client.fetch(server.url(path, host=host))

    return asyncio.run(fetch())


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
@pytest.mark.parametrize("path", ["/page", "/until-close", "/chunked", "/coded-br"])
def test_a_trusted_certificate_is_trusted(authority: Authority, host: str, path: str) -> None:
    with MisbehavingServer(tls=authority.issue("good", alternative=GOOD)) as server:
        fetched = _fetch(server, path, tls=authority.trusting(), host=host)

    assert fetched.body == PAGE


def test_an_expired_certificate_is_refused(authority: Authority) -> None:
    with (
        MisbehavingServer(tls=authority.issue("expired", alternative=GOOD, days=-1)) as server,
        pytest.raises(TLSFailed) as failed,
    ):
        _fetch(server, "/page", tls=authority.trusting())

    assert failed.value.reason == "tls_expired"
    assert not server.requests


def test_a_self_signed_certificate_is_refused(authority: Authority, tmp_path: Path) -> None:
    with (
        MisbehavingServer(tls=self_signed(tmp_path, alternative=GOOD)) as server,
        pytest.raises(TLSFailed) as failed,
    ):
        _fetch(server, "/page", tls=authority.trusting())

    assert failed.value.reason == "tls_self_signed"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_certificate_for_another_host_is_refused(authority: Authority, host: str) -> None:
    with (
        MisbehavingServer(tls=authority.issue("other", alternative="DNS:other.example")) as server,
        pytest.raises(TLSFailed) as failed,
    ):
        _fetch(server, "/page", tls=authority.trusting(), host=host)

    assert failed.value.reason == "tls_wrong_host"


def test_a_common_name_is_no_name_of_a_site(authority: Authority) -> None:
    with MisbehavingServer(tls=authority.issue("localhost")) as server, pytest.raises(TLSFailed) as failed:
        _fetch(server, "/page", tls=authority.trusting(), host="localhost")

    assert failed.value.reason == "tls_wrong_host"


def test_a_server_that_knows_outdated_tls_alone_is_told_so(authority: Authority) -> None:
    outdated = authority.issue("good", alternative=GOOD)
    outdated.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning):
        outdated.minimum_version = outdated.maximum_version = ssl.TLSVersion.TLSv1

    with MisbehavingServer(tls=outdated) as server, pytest.raises(TLSFailed, match="no longer safe"):
        _fetch(server, "/page", tls=authority.trusting())


def test_a_server_that_does_not_know_the_name_is_told_so(authority: Authority) -> None:
    choosy = authority.issue("good", alternative=GOOD)
    choosy.sni_callback = lambda _wire, _name, _context: ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME

    with MisbehavingServer(tls=choosy) as server, pytest.raises(TLSFailed, match="by this name"):
        _fetch(server, "/page", tls=authority.trusting(), host="localhost")


def test_an_authority_that_nobody_knows_is_refused(authority: Authority) -> None:
    """To OpenSSL a chain that lacks its middle looks the same."""
    with (
        MisbehavingServer(tls=authority.issue("good", alternative=GOOD)) as server,
        pytest.raises(TLSFailed) as failed,
    ):
        _fetch(server, "/page", tls=None)

    assert failed.value.reason == "tls_unknown_issuer"
    assert "leaves out the certificates in between" in str(failed.value)


def test_plain_http_where_tls_should_be_is_refused(server: MisbehavingServer, authority: Authority) -> None:
    async def fetch() -> None:
        async with Client(user_agent="tests", allowed=server.allowed, tls=authority.trusting()) as client:
            await client.fetch(server.url("/page").replace("http:", "https:"))

    with pytest.raises(TLSFailed) as failed:
        asyncio.run(fetch())

    assert failed.value.reason == "tls_handshake"
    assert "does not speak TLS" in failed.value.message


def test_a_redirect_from_https_to_http_is_not_followed(
    server: MisbehavingServer, authority: Authority
) -> None:
    async def fetch(secure: MisbehavingServer) -> None:
        allowed = (*secure.allowed, *server.allowed)
        async with Client(user_agent="tests", allowed=allowed, tls=authority.trusting()) as client:
            await client.fetch(secure.url(redirect_path(server.url("/page"))))

    with (
        MisbehavingServer(tls=authority.issue("good", alternative=GOOD)) as secure,
        pytest.raises(BadRedirect) as refused,
    ):
        asyncio.run(fetch(secure))

    assert refused.value.reason == "redirect_downgrade"
    assert not server.requests


def test_the_bounds_hold_under_tls(authority: Authority) -> None:
    with (
        MisbehavingServer(tls=authority.issue("good", alternative=GOOD)) as server,
        pytest.raises(TooLarge),
    ):
        _fetch(server, "/endless-body", tls=authority.trusting())


def test_a_body_that_breaks_in_the_middle_is_noticed_under_tls(authority: Authority) -> None:
    with (
        MisbehavingServer(tls=authority.issue("good", alternative=GOOD)) as server,
        pytest.raises(ProtocolBroken),
    ):
        _fetch(server, "/bad-chunk-size", tls=authority.trusting())
