"""Marks keep within their picture, in the order of what they stand for."""

from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.glance import geometry
from stories.glance.drawing import BASE, HIGHEST, draw_columns, draw_row, draw_spreads
from stories.glance.times_to_update import TimesOfWeek, spread_of
from stories.glance.updates import UpdatesOfWeek
from stories.glance.weeks import weeks_until
from stories.models.words import UpdateKind
from tests.glance.scenes import NOW

WEEKS = weeks_until(NOW, zone=UTC)


def updates(*totals):
    counts = [dict.fromkeys(UpdateKind, 0) | {UpdateKind.UPDATE: total} for total in totals]
    return [UpdatesOfWeek(week, count) for week, count in zip(WEEKS, counts, strict=False)]


@given(st.integers(0, 10**9))
def test_a_scale_begins_at_nothing_ends_above_the_most_and_has_few_marks(most):
    scale = geometry.ticks(most)

    assert scale[0] == 0
    assert scale[-1] >= most
    assert 2 <= len(scale) <= 6


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=2000)), min_size=1, max_size=9))
def test_whatever_the_durations_their_boxes_stand_on_the_scale(durations):
    drawn = draw_spreads([TimesOfWeek(WEEKS[0], spread_of(durations))])

    (box,) = drawn.boxes
    heights = [float(box.top), float(box.median), float(box.bottom)]
    assert heights == sorted(heights)
    assert all(BASE - HIGHEST - 0.1 <= height <= BASE for height in heights)
    assert float(box.box_height) >= 3


@pytest.mark.parametrize("totals", [(0, 0), (1, 0), (7, 250)])
def test_the_highest_column_is_as_high_as_its_share_of_the_scale(totals):
    drawn = draw_columns(updates(*totals))

    top = drawn.lines[-1].value
    for total, marks in zip(totals, drawn.marks, strict=True):
        assert len(marks) == (total > 0)
        for mark in marks:
            assert float(mark.y) == pytest.approx(BASE - HIGHEST * total / top, abs=0.1)


def test_no_spread_at_all_is_no_picture():
    assert draw_spreads([TimesOfWeek(week, None) for week in WEEKS]) is None


def test_parts_of_a_row_fill_it_and_nothing_is_not_drawn():
    marks = draw_row(("a", "b", "c"), (1, 0, 3), of=4)

    assert [(mark.kind, mark.x, mark.width) for mark in marks] == [
        ("a", "0.00%", "25.00%"),
        ("c", "25.00%", "75.00%"),
    ]
