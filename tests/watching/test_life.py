"""A source's life in a picture: as small after 10,000 looks as after ten, and the same in words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from stories.models import Check, Source
from stories.models.words import Outcome, VerdictWord
from stories.watching.life import MOST_LANES, MOST_PERIODS, life_of
from stories.watching.picture import draw, picture_of
from tests.factories import CheckFactory, CitationFactory, SnapshotFactory, SourceFactory, VerdictFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 15, 18, 30, tzinfo=UTC)


def look(source: Source, *, days: float, outcome: Outcome = Outcome.UNCHANGED, **fields: Any) -> Check:
    return CheckFactory(source=source, started_at=NOW - timedelta(days=days), outcome=outcome, **fields)


def kinds(source: Source) -> list[str]:
    picture = picture_of(source, citations=[], now=NOW)
    assert picture
    return [mark.kind for mark in picture.looks]


@pytest.fixture
def source() -> Source:
    return SourceFactory()


def test_before_the_first_look_there_is_no_life(source: Source) -> None:
    assert picture_of(source, citations=[], now=NOW) is None


def test_looks_are_counted_by_period_and_outcome(source: Source) -> None:
    look(source, days=50)
    look(source, days=20, outcome=Outcome.NOISE)
    look(source, days=20.01, outcome=Outcome.FAILED)
    look(SourceFactory(), days=20)

    life = life_of(source, citations=[], now=NOW)

    assert life
    assert life.period == timedelta(days=1)
    assert [period.looks for period in life.periods] == [1, 2]
    assert life.periods[1].begins_at == datetime(2026, 5, 26, tzinfo=UTC)
    assert life.periods[1].endings == [("only noise changed", 1), ("failed", 1)]
    assert life.looks_that_ended(Outcome.NOISE, Outcome.FAILED) == 2


def test_looks_counted_together_are_spread_over_the_time_that_they_took(source: Source) -> None:
    look(source, days=50)
    counted = look(source, days=40.01, looks=100, last_at=NOW - timedelta(days=20))
    look(source, days=20, outcome=Outcome.CHANGED)

    life = life_of(source, citations=[], now=NOW)

    assert life
    assert (life.period, life.looks) == (timedelta(days=1), 102)
    of_it = [period for period in life.periods if Outcome.UNCHANGED in period.by_outcome][1:]
    assert (of_it[0].begins_at.date(), of_it[-1].begins_at.date()) == (
        counted.started_at.date(),
        counted.last_started_at.date(),
    )
    assert {period.by_outcome[Outcome.UNCHANGED] for period in of_it[1:-1]} == {4, 5}


@pytest.mark.parametrize("days", [0, 0.001, 0.3, 2, 30, 400, 9_000])
def test_however_long_a_life_is_it_fits(source: Source, days: float) -> None:
    look(source, days=days)
    look(source, days=0)

    life = life_of(source, citations=[], now=NOW)

    assert life
    assert (life.ends_at - life.begins_at) / life.period <= MOST_PERIODS + 1
    assert life.begins_at <= NOW - timedelta(days=days) <= NOW < life.ends_at
    assert all(mark.left >= 0 and mark.left + mark.width <= 100 for mark in draw(life).looks)


@pytest.mark.parametrize(
    ("looks", "drawn"),
    [
        ([(Outcome.UNCHANGED, True)], ["read"]),
        ([(Outcome.UNCHANGED, True), (Outcome.NOISE, True)], ["noise"]),
        ([(Outcome.UNCHANGED, True), (Outcome.CHANGED, False)], ["suspected"]),
        ([(Outcome.CHANGED, False), (Outcome.CHANGED, True)], ["changed"]),
        ([(Outcome.MOVED, True)], ["changed"]),
        ([(Outcome.UNCHANGED, True), (Outcome.BLOCKED, True)], ["read", "unread"]),
        ([(Outcome.FAILED, True), (Outcome.GONE, False)], ["gone"]),
    ],
)
def test_a_period_is_drawn_as_the_gravest_of_its_looks(
    source: Source, looks: list[tuple[Outcome, bool]], drawn: list[str]
) -> None:
    for outcome, is_confirmed in looks:
        look(source, days=0, outcome=outcome, is_confirmed=is_confirmed)

    assert kinds(source) == drawn


def test_a_passage_stands_until_another_verdict_takes_its_place(source: Source) -> None:
    citation = CitationFactory(source=source)
    words = [(9, "verbatim"), (6, "altered"), (5, "altered"), (2, "verbatim")]
    for days, word in words:
        VerdictFactory(citation=citation, verdict=word, found_by=look(source, days=days))
    unconfirmed = look(source, days=1)
    VerdictFactory(
        citation=citation, verdict="missing", found_by=unconfirmed, is_confirmed=False, is_news=False
    )

    life = life_of(source, citations=[citation], now=NOW)

    assert life
    [lane] = life.lanes
    assert [(span.word, (NOW - span.begins_at).days, (NOW - span.ends_at).days) for span in lane.spans] == [
        (VerdictWord.VERBATIM, 9, 6),
        (VerdictWord.ALTERED, 6, 2),
        (VerdictWord.VERBATIM, 2, 0),
    ]
    [drawn] = draw(life).lanes
    assert (drawn.word, [mark.kind for mark in drawn.marks]) == (
        "as quoted",
        ["verbatim", "altered", "verbatim"],
    )


def test_a_passage_not_looked_for_yet_has_an_empty_lane(source: Source) -> None:
    look(source, days=1)
    citation = CitationFactory(source=source, exact="A long passage " * 9)

    picture = picture_of(source, citations=[citation], now=NOW)

    assert picture
    assert (picture.lanes[0].word, picture.lanes[0].marks) == ("not looked for yet", [])
    assert len(picture.lanes[0].label) < 45


@pytest.mark.parametrize(("exact", "most"), [("A long passage " * 9, 22), ("岸壁の修理は三月に完了" * 4, 12)])
def test_a_passage_leaves_room_for_its_word_on_a_phone(source: Source, exact: str, most: int) -> None:
    look(source, days=1)
    citation = CitationFactory(source=source, exact=exact)

    picture = picture_of(source, citations=[citation], now=NOW)

    assert picture
    assert picture.lanes[0].word == "not looked for yet"
    assert picture.lanes[0].label.endswith("…”")
    assert len(picture.lanes[0].label) <= most


def test_of_very_many_passages_the_first_are_drawn_and_the_others_counted(source: Source) -> None:
    look(source, days=1)
    citations = [CitationFactory(source=source) for _ in range(MOST_LANES + 3)]

    life = life_of(source, citations=citations, now=NOW)

    assert life
    assert (len(life.lanes), life.lanes_left_out) == (MOST_LANES, 3)


def test_the_summary_says_what_is_drawn(source: Source) -> None:
    look(source, days=3, snapshot=SnapshotFactory(source=source, fetched_at=NOW - timedelta(days=3)))
    look(source, days=2, outcome=Outcome.CHANGED, is_confirmed=False)
    look(source, days=1.9, outcome=Outcome.CHANGED)
    look(source, days=1, outcome=Outcome.GONE)

    picture = picture_of(source, citations=[], now=NOW)

    assert picture
    assert picture.summary == (
        "4 checks, 1 copy kept; 2 checks found a change; 1 was to be confirmed; 1 found nothing there."
    )
    assert [mark.kind for mark in picture.copies] == ["copy"]


def test_a_page_that_moved_is_not_said_to_have_changed(source: Source) -> None:
    look(source, days=2, outcome=Outcome.MOVED)

    picture = picture_of(source, citations=[], now=NOW)

    assert picture
    assert picture.summary == "1 check, 0 copies kept; 1 check found it moved."


def test_ten_thousand_looks_are_as_little_to_draw_as_ten(
    source: Source, django_assert_num_queries: Any
) -> None:
    citation = CitationFactory(source=source)
    rows = [
        Check(source=source, started_at=NOW - timedelta(hours=n), duration_ms=1, outcome=Outcome.UNCHANGED)
        for n in range(10_000)
    ]
    Check.objects.bulk_create(rows)

    # The first look, the looks by period, the copies by period, the verdicts.
    with django_assert_num_queries(4):
        life = life_of(source, citations=[citation], now=NOW)

    assert life
    assert life.looks == 10_000
    assert len(life.periods) <= MOST_PERIODS
