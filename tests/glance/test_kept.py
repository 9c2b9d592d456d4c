from datetime import timedelta
from itertools import count

from stories.glance.kept import KEPT_SECONDS, kept
from tests.glance.scenes import NOW


def test_a_figure_is_counted_once_within_a_minute_and_says_when():
    numbers = count()

    first = kept("a", make=lambda: next(numbers), now=NOW)
    again = kept("a", make=lambda: next(numbers), now=NOW + timedelta(seconds=KEPT_SECONDS - 1))
    later = kept("a", make=lambda: next(numbers), now=NOW + timedelta(seconds=KEPT_SECONDS))

    assert (first.value, again, later.value) == (0, first, 1)
    assert later.as_of == NOW + timedelta(seconds=KEPT_SECONDS)


def test_each_key_has_its_own():
    assert kept("a", 1, make=lambda: "one", now=NOW).value == "one"
    assert kept("a", 2, make=lambda: "two", now=NOW).value == "two"
