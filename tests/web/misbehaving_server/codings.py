"""Content codings: honest, nested, unknown, wrong, broken, and a bomb."""

import gzip
import zlib
from collections.abc import Callable

import brotli
from backports import zstd

from tests.web.misbehaving_server.server import PAGE, ROUTES, Connection, Request, respond, route


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
    "identity": bytes,
}
for _name, _pack in CODINGS.items():
    ROUTES[f"/coded-{_name}"] = lambda visitor, _, name=_name, pack=_pack: visitor.send(
        respond("200 OK", pack(PAGE), {"Content-Encoding": name})
    )


@route("/coded-bare-deflate")
def _coded_bare_deflate(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", bare_deflate(PAGE), {"Content-Encoding": "deflate"}))


@route("/gzip-bomb")
def _gzip_bomb(visitor: Connection, _: Request) -> None:
    """About a kilobyte for each megabyte, and no end to them."""
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    visitor.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
    while visitor.wait(0):
        visitor.send(packer.compress(bytes(1_000_000)))


@route("/nested-coding")
def _nested_coding(visitor: Connection, _: Request) -> None:
    body = gzip.compress(gzip.compress(PAGE))
    visitor.send(respond("200 OK", body, {"Content-Encoding": "gzip, gzip"}))


@route("/nested-coding-in-two-lines")
def _nested_coding_in_two_lines(visitor: Connection, _: Request) -> None:
    body = brotli.compress(gzip.compress(PAGE))
    visitor.send(respond("200 OK", body, {"Content-Encoding": "gzip", "content-encoding": "br"}))


@route("/unknown-coding")
def _unknown_coding(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE, {"Content-Encoding": "sdch"}))


@route("/wrong-coding")
def _wrong_coding(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE, {"Content-Encoding": "gzip"}))


@route("/gone-in-wrong-coding")
def _gone_in_wrong_coding(visitor: Connection, _: Request) -> None:
    visitor.send(respond("410 Gone", PAGE, {"Content-Encoding": "gzip"}))


@route("/half-a-gzip")
def _half_a_gzip(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", gzip.compress(PAGE)[:-12], {"Content-Encoding": "gzip"}))
