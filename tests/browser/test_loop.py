"""The loop as people see it: from the alert to the changelog in three clicks, and every page at every width."""

import pytest
from playwright.sync_api import Page, expect

from stories.management.example.newsroom import QUESTIONS_SLUG, SLACK_SLUG
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser

READERS_PAGES = [
    "/",
    f"/stories/{SLACK_SLUG}/",
    f"/stories/{SLACK_SLUG}/changes/",
    f"/stories/{SLACK_SLUG}/versions/1/",
    f"/stories/{SLACK_SLUG}/compare/1/3/",
    f"/stories/{SLACK_SLUG}/compare/1/3/?view=side",
    "/corrections/",
]


def assert_nothing_sticks_out(page: Page) -> None:
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1], f"{page.url} is wider than its window: {widths}"


@pytest.mark.parametrize("address", READERS_PAGES)
def test_every_readers_page_has_one_headline_and_fits_its_window(page, address):
    page.goto(address)

    expect(page.locator("h1")).to_have_count(1)
    assert_nothing_sticks_out(page)


def test_every_page_of_the_desk_fits_its_window(page, newsroom):
    newsroom.wait_until(lambda: newsroom.count("delivery", "state = 'sent'") >= 2, "the alerts are out")
    sign_in(page, newsroom, "ruth")
    expect(page.locator("h1")).to_have_count(1)
    assert_nothing_sticks_out(page)

    for address in ("/desk/alerts/1/", "/desk/sources/", "/desk/sources/1/"):
        page.goto(address)
        expect(page.locator("h1")).to_have_count(1)
        assert_nothing_sticks_out(page)


def test_from_the_alert_to_the_changelog_in_three_clicks(page, newsroom):
    newsroom.wait_until(lambda: newsroom.count("delivery", "state = 'sent'") >= 2, "the alerts are out")
    is_phone = page.viewport_size["width"] < 600
    slug, headline = (SLACK_SLUG, "Slack builds") if is_phone else (QUESTIONS_SLUG, "Three questions")
    sign_in(page, newsroom, "ruth")

    page.get_by_role("link", name=f"A passage quoted in “{headline}").click()
    page.get_by_role("button", name="Needs an update").click()
    page.get_by_role("button", name="Publish", exact=True).click()

    expect(page).to_have_url(f"{newsroom.home}/stories/{slug}/changes/")
    assert_nothing_sticks_out(page)
    expect(page.locator("ins").filter(has_text="excluding").first).to_be_visible()
    expect(page.locator("del").filter(has_text="including").first).to_be_visible()
    page.goto(f"/stories/{slug}/")
    expect(page.get_by_text("excluding messages and files").first).to_be_visible()
