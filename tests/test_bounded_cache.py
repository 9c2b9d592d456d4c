"""What is kept in the memory of a process has an end, whatever its pieces."""

import pytest

from newsroom.bounded_cache import BoundedMemoryCache


@pytest.fixture
def cache(request):
    cache = BoundedMemoryCache(request.node.name, {"OPTIONS": {"MOST_BYTES": 32_000}})
    yield cache
    cache.clear()


def test_what_has_not_been_asked_for_the_longest_goes_first(cache):
    for number in range(10):
        cache.set(number, b"x" * 3_000)
    cache.get(0)

    cache.set(10, b"x" * 3_000)

    assert [number for number in range(11) if number in cache] == [0, *range(2, 11)]


def test_what_would_put_out_most_of_the_others_is_not_kept(cache):
    cache.set("page", b"x" * 3_000)

    cache.set("large", b"x" * 20_000)

    assert (cache.get("large"), cache.get("page")) == (None, b"x" * 3_000)


def test_what_is_kept_anew_counts_once(cache):
    for _ in range(20):
        cache.set("page", b"x" * 3_000)
        cache.set("other", b"x" * 3_000)

    assert (cache.get("page"), cache.get("other")) == (b"x" * 3_000, b"x" * 3_000)
