"""The two windows in which pages are looked at. What may differ by them is asked in both, all else in one."""

import pytest
from playwright.sync_api import Page

DESKTOP = pytest.param((1280, 900, "light"), id="desktop-light")
PHONE = pytest.param((390, 844, "dark"), id="phone-dark")
on_a_desktop = pytest.mark.parametrize("page", [DESKTOP], indirect=True)
on_a_phone = pytest.mark.parametrize("page", [PHONE], indirect=True)


def assert_nothing_sticks_out(page: Page) -> None:
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1], f"{page.url} is wider than its window: {widths}"
