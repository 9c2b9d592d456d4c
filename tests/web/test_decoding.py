"""One coding undone piece by piece, whatever the pieces, and never past the bound."""

import gzip
import os
import tracemalloc
import zlib

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from stories.web.decoding import CappedDecoder
from stories.web.errors import BadEncoding, FetchError, TooLarge, Truncated
from tests.web.misbehaving_server import PAGE, bare_deflate

CODINGS = [
    ("", bytes),
    ("identity", bytes),
    ("none", bytes),
    ("UTF-8", bytes),
    ("gzip", gzip.compress),
    ("X-GZIP", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", bare_deflate),
    (" br ", brotli.compress),
    ("zstd", zstd.compress),
    ("identity, gzip", gzip.compress),
]
LARGE = PAGE * 5_000


def _decode(coding: str, data: bytes, *, step: int, max_bytes: int = 10_000_000) -> bytes:
    decoder = CappedDecoder(coding, max_bytes=max_bytes)
    for start in range(0, len(data), step):
        decoder.feed(data[start : start + step])
    return decoder.finish()


@pytest.mark.parametrize("step", [1, 7, 100_000])
@pytest.mark.parametrize(("coding", "pack"), CODINGS)
def test_a_coding_is_undone_in_pieces_of_any_size(coding, pack, step: int) -> None:
    assert _decode(coding, pack(PAGE), step=step) == PAGE


@pytest.mark.parametrize("step", [1000, 10_000_000])
@pytest.mark.parametrize(("coding", "pack"), CODINGS)
def test_a_large_body_comes_whole(coding, pack, step: int) -> None:
    assert _decode(coding, pack(LARGE), step=step) == LARGE


@pytest.mark.parametrize(("coding", "pack"), CODINGS)
def test_the_bound_is_exact(coding, pack) -> None:
    packed = pack(LARGE)

    assert _decode(coding, packed, step=50_000, max_bytes=len(LARGE)) == LARGE
    with pytest.raises(TooLarge):
        _decode(coding, packed, step=50_000, max_bytes=len(LARGE) - 1)


@pytest.mark.parametrize(("coding", "pack"), CODINGS)
def test_no_body_at_all_is_an_empty_one(coding, pack) -> None:
    assert CappedDecoder(coding, max_bytes=10).finish() == b""


@pytest.mark.parametrize(("coding", "pack"), [case for case in CODINGS if case[1] is not bytes])
def test_a_stream_without_its_end_is_truncated(coding, pack) -> None:
    with pytest.raises(Truncated):
        _decode(coding, pack(LARGE)[:-6], step=1000)


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
@pytest.mark.parametrize("step", [1, 50, 100_000])
def test_members_that_follow_each_other_are_one_body(pack, step: int) -> None:
    coding = "gzip" if pack is gzip.compress else "zstd"

    assert _decode(coding, pack(PAGE) + pack(PAGE), step=step) == PAGE + PAGE


@pytest.mark.parametrize("padding", [b"\0" * 100, b"\x1f", b"\n", b"trailing"])
@pytest.mark.parametrize("step", [1, 100_000])
def test_padding_after_a_gzip_is_passed_over(padding: bytes, step: int) -> None:
    assert _decode("gzip", gzip.compress(PAGE) + padding, step=step) == PAGE


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("zstd", zstd.compress)])
def test_members_without_end_are_refused(coding: str, pack) -> None:
    with pytest.raises(BadEncoding):
        _decode(coding, pack(b"") * 5_000, step=64_000)


BOMB = bytes(50_000_000)


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", gzip.compress(BOMB, 1)),
        ("deflate", zlib.compress(BOMB, 1)),
        ("br", brotli.compress(BOMB, quality=1)),
        ("zstd", zstd.compress(BOMB, 1)),
    ],
    ids=["gzip", "deflate", "br", "zstd"],
)
def test_a_bomb_goes_off_in_a_small_room(coding: str, bomb: bytes) -> None:
    tracemalloc.start()

    with pytest.raises(TooLarge):
        _decode(coding, bomb, step=len(bomb), max_bytes=2_000_000)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000


def test_a_zstd_window_larger_than_the_web_allows_is_refused() -> None:
    options = {zstd.CompressionParameter.window_log: 27, zstd.CompressionParameter.checksum_flag: 1}
    packer = zstd.ZstdCompressor(options=options)
    packed = packer.compress(os.urandom(100)) + packer.flush()

    with pytest.raises(BadEncoding):
        _decode("zstd", packed, step=1000)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("gzip, gzip", "nested_coding"),
        ("gzip,br", "nested_coding"),
        ("gzip, identity, deflate", "nested_coding"),
        ("compress", "unknown_coding"),
        ("sdch", "unknown_coding"),
        ("gzip;q=1", "unknown_coding"),
    ],
)
def test_what_we_do_not_undo_is_refused_at_once(value: str, reason: str) -> None:
    with pytest.raises(BadEncoding) as bad:
        CappedDecoder(value, max_bytes=10)

    assert bad.value.reason == reason


@given(
    coding=st.sampled_from(["gzip", "deflate", "br", "zstd"]),
    data=st.binary(max_size=300),
    step=st.integers(1, 64),
)
def test_no_bytes_raise_anything_but_our_errors(coding: str, data: bytes, step: int) -> None:
    try:
        body = _decode(coding, data, step=step, max_bytes=100_000)
    except FetchError:
        return

    assert len(body) <= 100_000


@given(
    case=st.sampled_from([case for case in CODINGS if case[1] is not bytes]),
    place=st.integers(0, 10_000),
    bit=st.integers(0, 7),
)
def test_a_flipped_bit_raises_nothing_but_our_errors(case, place: int, bit: int) -> None:
    coding, pack = case
    packed = bytearray(pack(PAGE))
    packed[place % len(packed)] ^= 1 << bit

    try:
        body = _decode(coding, bytes(packed), step=10)
    except FetchError:
        return

    assert len(body) <= 10_000_000
