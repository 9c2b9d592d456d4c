"""Every desk on a phone of 320 pixels, or at 400 % zoom (WCAG 2.2, 1.4.10): nothing has to be scrolled sideways."""

import pytest

from stories.management.example.newsroom import SLACK_SLUG
from tests.browser.conftest import sign_in
from tests.browser.windows import on_a_phone

pytestmark = pytest.mark.browser

ONE_WORD = "Wharf" * 40
#: As whom, where, and what of it may be as long as any word.
PAGES = {
    "noor": (
        ("/desk/", ".thing__what a, h1"),
        ("/desk/alerts/1/", ".thing__what a, h1, .alert__source a, .panel p"),
        ("/desk/hearing/", ".thing__what a, h1"),
        ("/desk/following/", ".thing__what a, h1"),
        ("/desk/sources/", ".sources th a"),
        ("/desk/sources/1/", ".thing__what a, h1"),
    ),
    "ruth": (
        ("/admin/stories/article/1/history/", ".nr-trail__who a, .nr-trail__who"),
        ("/admin/stories/article/1/publish/", ".nr-crumbs a, .nr-panel li a"),
        ("/admin/stories/source/1/change/", "#content-main p a"),
    ),
    "": (
        (f"/stories/{SLACK_SLUG}/compare/1/2/?view=side", ".beside p"),
        ("/corrections/", ".search option"),
    ),
}


@on_a_phone
@pytest.mark.parametrize("who", PAGES)
def test_nothing_is_wider_than_a_small_phone(page, newsroom, who):
    newsroom.wait_until(lambda: newsroom.count("delivery", "state = 'sent'") >= 2, "the alerts are out")
    page.set_viewport_size({"width": 320, "height": 640})
    if who:
        sign_in(page, newsroom, who)

    for address, long_ones in PAGES[who]:
        page.goto(address)
        page.locator(long_ones).evaluate_all(
            "(names, word) => { for (const name of names) name.textContent = word }", ONE_WORD
        )
        width = page.evaluate("document.documentElement.scrollWidth")
        assert (address, width) == (address, 320)
