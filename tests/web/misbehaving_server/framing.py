"""Lengths and chunks that contradict themselves, and what is no HTTP at all."""

import gzip

from tests.web.misbehaving_server.server import CHUNKED, PAGE, Connection, Request, chunk, respond, route


@route("/length-too-long")
def _length_too_long(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE, length=len(PAGE) + 100))


@route("/length-too-short")
def _length_too_short(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE, length=len(PAGE) - 30))


@route("/length-negative")
def _length_negative(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE, length=-1))


@route("/length-twice")
def _length_twice(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", PAGE, {"content-length": "10"}))


@route("/length-of-zeros")
def _length_of_zeros(visitor: Connection, _: Request) -> None:
    visitor.send(f"HTTP/1.1 200 OK\r\nContent-Length: {'0' * 5000}{len(PAGE)}\r\n\r\n", PAGE)


@route("/length-and-chunked")
def _length_and_chunked(visitor: Connection, _: Request) -> None:
    visitor.send(respond("200 OK", chunk(PAGE) + b"0\r\n\r\n", {"Transfer-Encoding": "chunked"}))


@route("/bad-chunk-size")
def _bad_chunk_size(visitor: Connection, _: Request) -> None:
    visitor.send(CHUNKED, chunk(PAGE))
    visitor.wait(0.05)
    visitor.send("zz\r\nnot a number\r\n")
    visitor.wait(0.3)


@route("/bad-chunk-end")
def _bad_chunk_end(visitor: Connection, _: Request) -> None:
    visitor.send(CHUNKED, "5\r\nlonger than five\r\n0\r\n\r\n")


@route("/chunks-cut-off")
def _chunks_cut_off(visitor: Connection, _: Request) -> None:
    visitor.send(CHUNKED, chunk(PAGE))


@route("/chunked-gzip-transfer")
def _chunked_gzip_transfer(visitor: Connection, _: Request) -> None:
    visitor.send(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", chunk(gzip.compress(PAGE)), "0\r\n\r\n"
    )


@route("/not-http")
def _not_http(visitor: Connection, _: Request) -> None:
    visitor.send("SSH-2.0-OpenSSH_9.7\r\n")


@route("/http-0.9")
def _http_09(visitor: Connection, _: Request) -> None:
    visitor.send(PAGE)
