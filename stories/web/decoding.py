"""Undoing one content coding as the bytes come in, and stopping at a bound.

gzip (RFC 1952), deflate (RFC 1950, and bare RFC 1951, which some servers mean by it), br (RFC 7932), zstd (RFC 8878).
"""

import io
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli
from backports import zstd

from stories.web.errors import BadEncoding, TooLarge, Truncated

ACCEPTED = "gzip, deflate, br, zstd"

_PIECE_BYTES = 64 * 1024
# A stream may be many members, each with a set-up of its own to pay for; block-wise writers make some hundreds.
_MAX_MEMBERS = 1_000
# RFC 9659: on the web a zstd window is 8 MB at most. It would otherwise be the sender who chooses our memory.
_ZSTD_OPTIONS: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}
# What some servers write there although it is no coding; like browsers, we read the page all the same.
_NO_CODINGS = frozenset({"", "identity", "none", "utf-8", "8bit", "binary"})
_GZIP_MAGIC = b"\x1f\x8b"


class _Coding(Protocol):
    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What these bytes decode to, in pieces of about 64 KiB."""

    @property
    def is_complete(self) -> bool: ...


class CappedDecoder:
    """Collects a body, decoded, and never more of it than `max_bytes`."""

    def __init__(
        self, coding: str, *, max_bytes: int, grow: Callable[[int], object] = lambda _size: None
    ) -> None:
        """`coding` is the value of Content-Encoding; raises BadEncoding if it is not one that we undo.

        `grow` is told how large the body is about to be, and may raise.
        """
        self._coding = _coding_named(coding)
        self._max_bytes, self._grow = max_bytes, grow
        self._body = io.BytesIO()
        self._has_data = False

    def feed(self, data: bytes) -> None:
        """Take some more of the body. Raises TooLarge and BadEncoding."""
        self._has_data = self._has_data or bool(data)
        try:
            for piece in self._coding.pieces(data):
                self._keep(piece)
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
            raise BadEncoding(
                "wrong_coding", "The page is not compressed in the way its server says."
            ) from error

    def finish(self) -> bytes:
        """The whole body. Raises Truncated where its coding says that there should be more."""
        if self._has_data and not self._coding.is_complete:
            raise Truncated("truncated", "The page broke off in the middle of its compressed text.")
        return self._body.getvalue()

    def _keep(self, piece: bytes) -> None:
        room = self._max_bytes - self._body.tell()
        self._grow(self._body.tell() + min(len(piece), room))
        self._body.write(piece[:room] if len(piece) > room else piece)
        if len(piece) > room:
            raise self._too_large()

    def _too_large(self) -> TooLarge:
        error = TooLarge("decoded_too_large", f"Unpacked, the page is larger than {self._max_bytes:,} bytes.")
        error.beginning = self._body.getvalue()
        return error


def _coding_named(value: str) -> _Coding:
    names = [name for part in value.split(",") if (name := part.strip().lower()) not in _NO_CODINGS]
    if len(names) > 1:
        raise BadEncoding("nested_coding", "The page is compressed several times over.")
    match names:
        case []:
            return _Identity()
        case ["gzip" | "x-gzip"]:
            return _Gzip()
        case ["deflate"]:
            return _Deflate()
        case ["br"]:
            return _Brotli()
        case ["zstd"]:
            return _Zstd()
    raise BadEncoding(
        "unknown_coding", f"The page is compressed in a way that we do not know ({names[0][:40]})."
    )


class _Identity:
    is_complete = True

    def pieces(self, data: bytes) -> Iterator[bytes]:
        yield data


class _Gzip:
    def __init__(self) -> None:
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._members = 1
        self._rest = b""

    @property
    def is_complete(self) -> bool:
        return self._member.eof

    def pieces(self, data: bytes) -> Iterator[bytes]:
        data = self._rest + data
        self._rest = b""
        while data:
            if self._member.eof and not self._begin_next(data):
                return
            yield from _inflate(self._member, data)
            data = self._member.unused_data

    def _begin_next(self, data: bytes) -> bool:
        """Whether another member follows; what else follows the last one is padding, as for browsers."""
        if data == _GZIP_MAGIC[:1]:
            self._rest = data
            return False
        if not data.startswith(_GZIP_MAGIC):
            return False
        self._members += 1
        _refuse_too_many(self._members)
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return True


class _Deflate:
    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None
        self._head = b""

    @property
    def is_complete(self) -> bool:
        return self._stream is not None and self._stream.eof

    def pieces(self, data: bytes) -> Iterator[bytes]:
        data = self._head + data
        self._head = b""
        if self._stream is None:
            if len(data) < 2:
                self._head = data
                return
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if _is_zlib_header(data) else -zlib.MAX_WBITS)
        if not self._stream.eof:
            yield from _inflate(self._stream, data)


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def is_complete(self) -> bool:
        return bool(self._stream.is_finished())

    def pieces(self, data: bytes) -> Iterator[bytes]:
        # `can_accept_more_data` says yes while output still waits: only an empty piece says that none does.
        while piece := self._stream.process(data, output_buffer_limit=_PIECE_BYTES):
            yield piece
            data = b""


class _Zstd:
    def __init__(self) -> None:
        self._frame = zstd.ZstdDecompressor(options=_ZSTD_OPTIONS)
        self._frames = 1

    @property
    def is_complete(self) -> bool:
        return self._frame.eof

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._frame.eof:
                self._begin_next()
            yield self._frame.decompress(data, _PIECE_BYTES)
            while not (self._frame.needs_input or self._frame.eof):
                yield self._frame.decompress(b"", _PIECE_BYTES)
            data = self._frame.unused_data if self._frame.eof else b""

    def _begin_next(self) -> None:
        self._frames += 1
        _refuse_too_many(self._frames)
        self._frame = zstd.ZstdDecompressor(options=_ZSTD_OPTIONS)


def _inflate(stream: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    """A piece shorter than asked for means that zlib holds nothing back."""
    while True:
        piece = stream.decompress(data, _PIECE_BYTES)
        yield piece
        data = stream.unconsumed_tail
        if stream.eof or (not data and len(piece) < _PIECE_BYTES):
            return


def _is_zlib_header(data: bytes) -> bool:
    """RFC 1950, section 2.2: the method is 8, and the first two bytes are a multiple of 31."""
    return data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0


def _refuse_too_many(members: int) -> None:
    if members > _MAX_MEMBERS:
        raise BadEncoding("wrong_coding", "The page is compressed in more parts than any honest page.")
