"""Boxes without a name that ask the visitor for something, known by what they speak of and by their button."""

import pytest

from tests.text.test_page_change import STORY, became, page

GIFT = "<div><p>Journalism like ours costs money. Please support us with 5 euros a month.</p>{}</div>"
LETTER = "<div><p>Join 20,000 readers who begin the day with us.</p><form><input type=email>{}</form></div>"
COOKIES = "<div><p>By reading on you agree to our use of cookies.</p>{}</div>"


@pytest.mark.parametrize(
    "box",
    [
        GIFT.format("<a href=/give>Donate</a>"),
        GIFT.format("<button>Give now</button>"),
        "<div><p>Unsere Arbeit lebt von Ihrer Spende.</p><a href=/s>Jetzt spenden</a></div>",
        "<div><p>Votre don nous aide à rester libres.</p><a href=/d>Faire un don</a></div>",
        LETTER.format("<button>Sign up</button>"),
        "<div><p>Get our newsletter.</p><form><input type=submit value=Subscribe></form></div>",
        COOKIES.format("<a href=#>Got it</a>"),
        "<div><p>Käytämme evästeitä.</p><button>Hyväksy</button></div>",
    ],
)
def test_a_box_that_asks_may_come_and_go_anywhere(box):
    assert became(page(), page(STORY + box)) == "noise"
    assert became(page(), page(after=box)) == "noise"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<div><p>You may give blood at our clinic on 4 June.</p>", "5 June"),
        ("<div><p>Donations to the party rose by 4 million.</p><a href=/d>Donate</a>", "5 million"),
        ("<div><p>You may attend our hearing on 4 May.</p><a href=/s>Sign up</a>", "5 May"),
        ("<div><p>You can end our newsletter within 4 days.</p>", "5 days"),
    ],
)
def test_what_only_speaks_of_giving_or_of_a_letter_is_content(before, after):
    assert became(page(STORY + before), page(STORY + before.replace(f"4{after[1:]}", after))) == "changed"
