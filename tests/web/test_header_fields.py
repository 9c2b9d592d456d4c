"""Headers, read strictly."""

import pytest

from stories.web.errors import ProtocolBroken
from stories.web.header_fields import header, header_list, read_headers


def test_names_are_lower_case_and_the_order_is_kept() -> None:
    fields = read_headers([(b"X-B", b" 1 "), (b"x-a", b"2"), (b"X-B", b"3")], max_bytes=1000)

    assert fields == (("x-b", "1"), ("x-a", "2"), ("x-b", "3"))
    assert header(fields, "x-b") == "1"
    assert header_list(fields, "x-b") == "1, 3"
    assert header(fields, "x-c") == header_list(fields, "x-c") == ""


@pytest.mark.parametrize("size", [0, 1])
def test_the_bound_is_exact(size: int) -> None:
    pairs = [(b"ab", b"cde")] * 10

    if size:
        assert len(read_headers(pairs, max_bytes=90)) == 10
        return
    with pytest.raises(ProtocolBroken):
        read_headers(pairs, max_bytes=89)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((b"", b"x"), (b"a b", b"x"), (b"a:b", b"x"), (b"a\r", b"x"), ("é".encode(), b"x")),
        *((b"a", b"x\ry"), (b"a", b"x\ny"), (b"a", b"x\0y"), (b"a", b"x\x1by"), (b"a", b"x\x7fy")),
    ],
)
def test_forbidden_characters_are_refused(name: bytes, value: bytes) -> None:
    with pytest.raises(ProtocolBroken) as broken:
        read_headers([(name, value)], max_bytes=1000)

    assert broken.value.reason == "bad_header"


@pytest.mark.parametrize(
    ("value", "text"),
    [("Zürich".encode(), "Zürich"), ("Zürich".encode("latin-1"), "Zürich"), (b"a\tb", "a\tb")],
)
def test_values_beyond_ascii_are_read(value: bytes, text: str) -> None:
    assert read_headers([(b"x", value)], max_bytes=100) == (("x", text),)


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ([(b"Location", b"/a"), (b"location", b"/b")], "bad_header"),
        ([(b"Content-Length", b"1"), (b"Content-Length", b"2")], "bad_header"),
        ([(b"Content-Length", b"1"), (b"Transfer-Encoding", b"chunked")], "conflicting_length"),
        ([(b"Transfer-Encoding", b"gzip, chunked")], "bad_header"),
    ],
)
def test_headers_that_contradict_each_other_are_refused(
    pairs: list[tuple[bytes, bytes]], reason: str
) -> None:
    with pytest.raises(ProtocolBroken) as broken:
        read_headers(pairs, max_bytes=1000)

    assert broken.value.reason == reason


def test_the_same_header_twice_is_no_contradiction() -> None:
    fields = read_headers([(b"Location", b"/a"), (b"Location", b"/a")], max_bytes=1000)

    assert header(fields, "location") == "/a"


def test_a_length_of_thousands_of_zeros_is_refused() -> None:
    with pytest.raises(ProtocolBroken):
        read_headers([(b"content-length", b"0" * 5000 + b"5")], max_bytes=10_000)
