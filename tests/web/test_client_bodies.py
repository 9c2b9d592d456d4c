"""What a server sends as an answer's body: too much of it, in codings of its own, ending where it should not."""

import contextlib
import gc
import tracemalloc
from collections.abc import Iterator

import pytest

from stories.web.client import Limits
from stories.web.errors import BadEncoding, FetchError, ProtocolBroken, TooLarge, Truncated
from tests.web.conftest import LONGEST_SECONDS, Fetch
from tests.web.misbehaving_server import CODINGS, PAGE

SMALL = Limits(total_seconds=LONGEST_SECONDS, raw_bytes=200_000, decoded_bytes=400_000)


@pytest.fixture
def traced_memory() -> Iterator[None]:
    gc.collect()
    tracemalloc.start()
    yield
    tracemalloc.stop()


class TestSizes:
    @pytest.mark.parametrize(
        ("path", "reason"),
        [
            ("/endless-body", "raw_too_large"),
            ("/endless-chunks", "raw_too_large"),
            ("/endless-chunk-extension", "raw_too_large"),
            ("/endless-interim", "raw_too_large"),
            ("/claims-a-terabyte", "raw_too_large"),
            ("/gzip-bomb", "decoded_too_large"),
        ],
    )
    def test_more_than_the_bound_is_refused(self, fetch: Fetch, path: str, reason: str) -> None:
        with pytest.raises(TooLarge) as large:
            fetch(path, limits=SMALL)

        assert large.value.reason == reason

    @pytest.mark.parametrize("path", ["/endless-header", "/endless-headers", "/huge-headers"])
    def test_more_headers_than_the_bound_are_refused(self, fetch: Fetch, path: str) -> None:
        with pytest.raises(ProtocolBroken) as broken:
            fetch(path)

        assert broken.value.reason == "headers_too_large"

    def test_a_body_at_the_bound_is_read(self, fetch: Fetch) -> None:
        limits = Limits(total_seconds=LONGEST_SECONDS, raw_bytes=len(PAGE), decoded_bytes=len(PAGE))

        assert fetch("/page", limits=limits).body == PAGE

    def test_a_body_a_byte_over_the_bound_is_not(self, fetch: Fetch) -> None:
        with pytest.raises(TooLarge):
            fetch("/until-close", limits=Limits(total_seconds=LONGEST_SECONDS, raw_bytes=len(PAGE) - 1))

    @pytest.mark.parametrize("path", ["/gzip-bomb", "/endless-body", "/endless-headers", "/flood-of-answers"])
    def test_memory_stays_bounded_whatever_is_sent(
        self, fetch: Fetch, traced_memory: None, path: str
    ) -> None:
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()

        with contextlib.suppress(FetchError):
            fetch(
                path,
                limits=Limits(total_seconds=LONGEST_SECONDS, raw_bytes=1_000_000, decoded_bytes=2_000_000),
            )

        _, peak = tracemalloc.get_traced_memory()
        assert peak - before < 24 * 1024 * 1024


class TestCodings:
    @pytest.mark.parametrize("coding", [*CODINGS, "bare-deflate"])
    def test_one_coding_is_undone(self, fetch: Fetch, coding: str) -> None:
        assert fetch(f"/coded-{coding}").body == PAGE

    @pytest.mark.parametrize(
        ("path", "reason"),
        [
            ("/nested-coding", "nested_coding"),
            ("/nested-coding-in-two-lines", "nested_coding"),
            ("/unknown-coding", "unknown_coding"),
            ("/wrong-coding", "wrong_coding"),
        ],
    )
    def test_any_other_is_refused(self, fetch: Fetch, path: str, reason: str) -> None:
        with pytest.raises(BadEncoding) as bad:
            fetch(path)

        assert bad.value.reason == reason

    def test_a_page_that_is_gone_is_known_to_be_whatever_its_body(self, fetch: Fetch) -> None:
        with pytest.raises(BadEncoding) as bad:
            fetch("/gone-in-wrong-coding")

        assert bad.value.status == 410


class TestFraming:
    @pytest.mark.parametrize("path", ["/length-too-long", "/chunks-cut-off", "/half-a-gzip"])
    def test_a_body_that_ends_early_is_not_believed(self, fetch: Fetch, path: str) -> None:
        with pytest.raises(Truncated) as truncated:
            fetch(path)

        assert not truncated.value.permanent

    @pytest.mark.parametrize(
        ("path", "reason"),
        [
            ("/length-too-short", "bad_response"),
            ("/length-negative", "bad_response"),
            ("/length-of-zeros", "bad_header"),
            ("/length-twice", "conflicting_length"),
            ("/length-and-chunked", "conflicting_length"),
            ("/bad-chunk-size", "bad_response"),
            ("/bad-chunk-end", "bad_response"),
            ("/chunked-gzip-transfer", "bad_header"),
            ("/not-http", "bad_response"),
            ("/http-0.9", "bad_response"),
            ("/switching", "bad_status"),
        ],
    )
    def test_broken_rules_are_named(self, fetch: Fetch, path: str, reason: str) -> None:
        with pytest.raises(ProtocolBroken) as broken:
            fetch(path)

        assert broken.value.reason == reason

    @pytest.mark.parametrize(
        "path",
        [
            *("/carriage-return-in-header", "/null-in-header", "/control-in-header", "/space-in-header-name"),
            "/two-locations",
        ],
    )
    def test_an_injected_header_is_not_believed(self, fetch: Fetch, path: str) -> None:
        with pytest.raises(ProtocolBroken):
            fetch(path)

    def test_what_follows_an_answer_is_nobodys(self, fetch: Fetch) -> None:
        assert fetch("/flood-of-answers").body == PAGE
