"""What a page tells of the day, the hour, the weather and the markets round its story, and what its story tells."""

import pytest

from stories.text.noise.present import tells_the_present, tells_weather_or_prices
from tests.text.pages_of_a_story import NAVIGATION, STORY, became, page

TIMES = [
    ("12:03", "12:09"),
    ("12:03 GMT", "12:09 GMT"),
    ("Mon, 2 Mar 2026", "Tue, 3 Mar 2026"),
    ("jueves, 08 enero 2026 - 10:21 h", "viernes, 09 enero 2026 - 11:05 h"),
    ("lun, 2 marzo 2026", "mié, 4 marzo 2026"),
    ("ven. 6 mars 2026", "dim. 8 mars 2026"),
    ("Понедельник, 2 марта 2026", "Вторник, 3 марта 2026"),
    ("2026年3月2日（月）", "2026年3月3日（火）"),
    ("2026年3月2日 星期一", "2026年3月3日 星期二"),
    ("الاثنين 2 مارس 2026", "الثلاثاء 3 مارس 2026"),
    ("02.03.2026 | 4°C", "03.03.2026 | 6°C"),
]
BOARDS = [
    ("Orlen 11°C, cloudy", "Orlen 14°C, sunny"),
    ("Springfield, IL 52°", "Springfield, IL 61°"),
    ("DAX 18,204.10 +0.4 % EUR/USD 1.0841", "DAX 18,311.50 +0.9 % EUR/USD 1.0852"),
]


@pytest.mark.parametrize(("before", "after"), TIMES)
def test_what_day_and_hour_it_is_above_the_story_is_noise_and_in_it_a_change(before, after):
    above, later = (page(navigation=f"<div>{told}</div>{NAVIGATION}") for told in (before, after))
    within, edited = (page(f"{STORY}<p>{told}</p>") for told in (before, after))

    assert became(above, later) == "noise"
    assert became(within, edited) == "changed"


@pytest.mark.parametrize(("before", "after"), BOARDS)
def test_weather_and_prices_beside_the_story_are_noise_and_in_it_a_change(before, after):
    for place in ("after", "navigation"):
        assert (
            became(page(**{place: f"<div>{before}</div>"}), page(**{place: f"<div>{after}</div>"})) == "noise"
        )
    assert became(page(f"{STORY}<p>{before}</p>"), page(f"{STORY}<p>{after}</p>")) == "changed"


def test_the_date_under_the_title_is_that_of_the_story_wherever_the_story_begins():
    title = "<div><h1>Gate stays open</h1><p>2 March 2026</p></div>"

    assert became(page(navigation=title), page(navigation=title.replace("2 M", "3 M"))) == "changed"


@pytest.mark.parametrize(
    "line", ["Opens 12:03", "Hearing: 2 March 2026", "The DAX fell to 18,204.10.", "12 gates", "2 March"]
)
def test_a_line_that_tells_what_happens_then_is_not_of_the_present(line):
    assert not tells_the_present(line)
    assert not tells_weather_or_prices(line)
