"""Days and ages: of the story, of other stories, and of today."""

from collections.abc import Iterator

import pytest

from stories.text.judge import judge_page
from tests.text.pages_of_a_story import NAVIGATION, NEWS, PARAGRAPHS, STORY, became, copy_of, page


@pytest.mark.parametrize(
    ("date", "age"),
    [
        ("14:05", "3 minutes ago"),
        ("Published 3 June 2024, 14:05", "Published 2 hours ago"),
        ("By Ann Lee · 3 June 2024", "By Ann Lee · 2 days ago"),
        ("03.06.2024", "vor 2 Tagen"),
    ],
)
def test_a_date_that_becomes_an_age_and_back_is_noise(date, age):
    dated, aged = copy_of(page(f"<p>{date}</p>{STORY}")), copy_of(page(f"<p>{age}</p>{STORY}"))

    assert judge_page(dated, aged).outcome.value == "noise"
    assert judge_page(aged, dated).outcome.value == "noise"


def test_another_time_of_opening_beside_an_age_is_a_change():
    before = copy_of(page(f"<p>1 hour ago</p>{STORY}<p>Opens 19:30</p>"))
    after = copy_of(page(f"<p>2 hours ago</p>{STORY}<p>Opens 20:30</p>"))

    assert judge_page(before, after).outcome.value == "changed"


def dated(*numbers: int, day: int = 1) -> str:
    """Items of a list, each with its own day below its link."""
    items = (
        f"<li><h4><a href=/{number}>{NEWS[number]}</a></h4><span><p>{day + number} May 2026</p></span></li>"
        for number in numbers
    )
    return f"<ul>{''.join(items)}</ul>"


OTHER_MENU = NAVIGATION.replace("Sport", "Weather")


@pytest.mark.parametrize("navigation", [NAVIGATION, OTHER_MENU])
@pytest.mark.parametrize(
    ("before", "after"),
    [((0, 1, 2), (3, 0, 1)), ((0, 1, 2), (3, 4, 0)), ((0, 1, 2), (1, 2, 3)), ((0, 1), (2, 3))],
    ids=["one", "two", "the oldest first", "all"],
)
def test_days_of_other_stories_come_at_one_end_as_others_go_at_the_other(before, after, navigation):
    new = page(STORY + dated(*after), navigation=navigation)

    assert became(page(STORY + dated(*before)), new) == "noise"


@pytest.mark.parametrize("navigation", [NAVIGATION, OTHER_MENU])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((0, 1), (2, 0, 1)),
        ((0, 1, 2), (0, 1)),
        ((0, 1, 2), (0, 3, 2)),
        ((0, 1, 2), (0, 1, 3)),
        ((0, 1, 2), (3, 0, 2)),
    ],
    ids=["grows", "shrinks", "in the middle", "in place of the last", "one taken out of the middle"],
)
def test_a_list_of_which_items_come_or_go_by_themselves_is_a_record(before, after, navigation):
    new = page(STORY + dated(*after), navigation=navigation)

    assert became(page(STORY + dated(*before)), new) == "changed"


def test_a_link_below_a_list_that_leads_to_all_of_it_is_none_of_its_items():
    before, after = (
        page(STORY + dated(*numbers).replace("</ul>", "<li><a href=/all>All news</a></li></ul>"))
        for numbers in ((0, 1, 2), (3, 0, 1))
    )

    assert became(before, after) == "noise"


def test_a_day_beside_a_link_that_stays_is_content():
    assert became(*(page(STORY + dated(0, 1, day=day)) for day in (1, 2))) == "changed"


def test_days_in_a_table_of_links_are_content():
    row = "<tr><td><a href=/1>{}</a></td><td>{} May 2026</td></tr>"
    rows = f"<table>{row}<tr><td><a href=/2>Fees</a></td></tr></table>"

    assert became(page(rows.format(NEWS[0], 4)), page(rows.format(NEWS[1], 5))) == "changed"


def led_to_by(before: str) -> Iterator[str]:
    """A page that names no content, on two days."""
    for day in (4, 5):
        yield f"<html><body><p>{day} May 2026</p>{before}<h1>Gate stays open</h1>{STORY}</body></html>"


def list_of_links(links: int, address: str = "/") -> str:
    return "".join(f"<li><a href={address}{number}>Part {number}</a></li>" for number in range(links))


def test_the_day_above_the_menu_of_a_page_that_names_no_content_is_todays():
    assert became(*led_to_by(f"<ul>{list_of_links(30)}</ul>")) == "noise"


@pytest.mark.parametrize(
    "before",
    [
        f"<ul>{list_of_links(3)}</ul>",
        STORY * 8,
        f"<ul>{list_of_links(30)}</ul><p>{PARAGRAPHS[0]}</p>",
        f"<ul>{list_of_links(30, '#part-')}</ul>",
        f"<ul>{list_of_links(12)}</ul>" + "<p>Boats wait.</p>" * 14,
    ],
    ids=["few links", "a story", "a paragraph", "contents", "more lines than links"],
)
def test_a_day_above_anything_but_a_menu_is_that_of_the_story(before):
    assert became(*led_to_by(before)) == "changed"
