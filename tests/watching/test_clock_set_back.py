"""A clock is set back between two looks at a page: which came first is not told by what it says. Invariant 7."""

from datetime import timedelta

import pytest

from stories.models import Verdict, Watch
from tests.watching.looking import PASSAGE, REWORDED, CitedPage

pytestmark = pytest.mark.django_db


def set_back(cited: CitedPage, **back: float) -> None:
    """And make it due, as the first tick of the right clock does."""
    cited.clock.advance(**{unit: -much for unit, much in back.items()})
    Watch.objects.update(due_at=cited.clock() + timedelta(seconds=1))


@pytest.mark.parametrize("back", [{"hours": 1}, {"days": 1}], ids=["an hour", "a day"])
def test_a_change_after_it_is_seen_twice_and_told(cited, back):
    cited.cite()
    cited.put(PASSAGE)
    cited.look()
    set_back(cited, **back)
    cited.put(REWORDED)

    first, second = cited.look(), cited.look()

    assert (first.is_confirmed, second.is_confirmed) == (False, True)
    assert Verdict.objects.untold().get().found_by == second


def test_a_change_before_it_is_confirmed_by_the_look_after_it(cited):
    cited.cite()
    cited.put(PASSAGE)
    cited.look()
    cited.put(REWORDED)
    first = cited.look()
    set_back(cited, hours=1)

    second = cited.look()

    assert (first.is_confirmed, second.is_confirmed) == (False, True)
    assert Verdict.objects.untold().get().found_by == second
