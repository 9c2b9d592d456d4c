"""A finished page, kept in parts and compressed, that goes out with another nonce each time.

A page's scripts run by a nonce that nobody can know beforehand (CSP Level 3, section 7.1), while the page itself is
rendered and compressed once. So it is kept as what stands between its nonces: each part is compressed up to a full
flush, and a nonce goes between two of them as a stored block (RFC 1951, section 3.2.4).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import NamedTuple

_LEVEL = 6
#: RFC 1952, section 2.3: deflated, no flags, no time, no hint, and from a system that is nobody's business.
_HEADER = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
_CYCLE = 2**32


class Parted(NamedTuple):
    """What stands around the nonces, as it is and deflated; the latter is empty for what does not get smaller."""

    plain: tuple[bytes, ...]
    deflated: tuple[bytes, ...]

    def with_nonce(self, nonce: bytes) -> bytes:
        return nonce.join(self.plain)

    def gzipped_with_nonce(self, nonce: bytes) -> bytes:
        """The same as a member of a gzip file. A stored block holds at most 65,535 bytes, and a nonce has 24."""
        length = len(nonce)
        stored = b"\0" + length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little") + nonce
        whole = self.with_nonce(nonce)
        ending = zlib.crc32(whole).to_bytes(4, "little") + (len(whole) % _CYCLE).to_bytes(4, "little")
        return _HEADER + stored.join(self.deflated) + ending


def part_page(page: bytes, *, nonce: bytes, compress: bool) -> Parted:
    plain = tuple(page.split(nonce)) if nonce else (page,)
    return Parted(plain, tuple(_deflate(plain)) if compress else ())


def _deflate(parts: tuple[bytes, ...]) -> Iterator[bytes]:
    """Nothing in a part refers to one before it, so that anything may stand between them."""
    deflater = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    for part in parts[:-1]:
        yield deflater.compress(part) + deflater.flush(zlib.Z_FULL_FLUSH)
    yield deflater.compress(parts[-1]) + deflater.flush(zlib.Z_FINISH)
