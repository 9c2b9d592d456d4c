"""The loop as people see it: from the alert to the changelog in three clicks, at either width."""

import pytest
from playwright.sync_api import expect

from stories.management.example.newsroom import QUESTIONS_SLUG, SLACK_SLUG
from tests.browser.conftest import sign_in
from tests.browser.windows import assert_nothing_sticks_out

pytestmark = pytest.mark.browser


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
    expect(page.get_by_role("link", name="Back to the desk")).to_be_visible()
    assert_nothing_sticks_out(page)
    expect(page.locator("ins").filter(has_text="excluding").first).to_be_visible()
    expect(page.locator("del").filter(has_text="including").first).to_be_visible()
    page.goto(f"/stories/{slug}/")
    expect(page.get_by_text("excluding messages and files").first).to_be_visible()
    page.goto(f"/stories/{slug}/changes/", referer=page.url)
    expect(page.get_by_text("Back to the desk")).to_be_hidden()
