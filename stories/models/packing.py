"""Bytes made small: zstd (RFC 8878), against a copy that is much the same where there is one."""

from backports import zstd

#: The tenth level makes pages a tenth smaller and takes six times as long.
COMPRESSION_LEVEL = 3
#: Larger ones are packed by themselves, which bounds time and memory.
LARGEST_FOR_A_DELTA = 4_000_000
#: zstd takes no shorter prefix.
LEAST_PREFIX = 8


def pack(body: bytes, *, near: bytes | None = None) -> bytes:
    """What `unpack`, given the same `near`, turns back into `body`."""
    if near and len(body) <= LARGEST_FOR_A_DELTA:
        return zstd.compress(body, COMPRESSION_LEVEL, zstd_dict=_prefix(near))
    return zstd.compress(body, COMPRESSION_LEVEL)


def unpack(packed: bytes, *, near: bytes | None = None) -> bytes:
    """Raises zstd.ZstdError where the bytes are damaged so much that they cannot be read."""
    if near:
        return zstd.decompress(packed, zstd_dict=_prefix(near))
    return zstd.decompress(packed)


def may_be_near(size: int, body: bytes) -> bool:
    """Whether a copy of so many bytes can serve as `near` of `body`."""
    return LEAST_PREFIX <= size <= LARGEST_FOR_A_DELTA and size / 4 <= len(body) <= min(
        4 * size, LARGEST_FOR_A_DELTA
    )


def _prefix(near: bytes) -> "tuple[zstd.ZstdDict, int]":
    return zstd.ZstdDict(near, is_raw=True).as_prefix
