"""What is kept in the memory of a process has an end, whatever its pieces."""

import pytest

from newsroom.bounded_cache import BoundedMemoryCache


@pytest.fixture
def cache(request):
    cache = BoundedMemoryCache(request.node.name, {"OPTIONS": {"MOST_BYTES": 10_000}})
    yield cache
    cache.clear()


def test_what_has_not_been_asked_for_the_longest_goes_first(cache):
    for name in ("first", "second", "third"):
        cache.set(name, b"x" * 3_000)
    cache.get("first")

    cache.set("fourth", b"x" * 3_000)

    assert [name for name in ("first", "second", "third", "fourth") if name in cache] == [
        "first",
        "third",
        "fourth",
    ]


def test_what_has_no_room_is_not_kept(cache):
    cache.set("large", b"x" * 20_000)

    assert cache.get("large") is None


def test_what_is_kept_anew_counts_once(cache):
    for _ in range(5):
        cache.set("page", b"x" * 3_000)
        cache.set("other", b"x" * 3_000)

    assert (cache.get("page"), cache.get("other")) == (b"x" * 3_000, b"x" * 3_000)
