"""The desk on a phone of 320 pixels, or at 400 % zoom (WCAG 2.2, 1.4.10): nothing has to be scrolled sideways."""

import pytest

from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser

ONE_WORD = "Wharf" * 40


def test_nothing_is_wider_than_a_small_phone(page, newsroom):
    newsroom.wait_until(lambda: newsroom.count("delivery", "state = 'sent'") >= 2, "the alerts are out")
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(page, newsroom, "noor")

    for address in ("/desk/", "/desk/alerts/1/", "/desk/hearing/", "/desk/following/", "/desk/sources/1/"):
        page.goto(address)
        for name in page.locator(".thing__what a, h1").all():
            name.evaluate("(name, word) => { name.textContent = word }", ONE_WORD)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert (address, width) == (address, 320)
