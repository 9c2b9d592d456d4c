"""Two people and a clock: a story withdrawn with a second person's word, and one that the worker publishes in time."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.windows import assert_nothing_sticks_out, on_a_desktop, on_a_phone
from tests.running import RunningNewsroom

pytestmark = pytest.mark.browser


def write_story(page: Page, headline: str) -> None:
    """As an editor at an empty form; it ends at the story's page."""
    page.goto("/admin/stories/article/add/")
    page.get_by_label("Headline").fill(headline)
    page.locator("#id_body").fill("The bridge closes on Monday.")
    page.locator("#id_slug").fill(headline.lower().replace(" ", "-"))
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_url(re.compile(r"/article/\d+/change/"))


def open_panel(page: Page) -> None:
    page.goto(page.url.replace("/change/", "/publish"))


@on_a_phone
def test_a_story_is_retracted_by_two_people(page: Page, browser: Browser, newsroom: RunningNewsroom) -> None:
    sign_in(page, newsroom, "ruth")
    write_story(page, "The bridge closes")
    story = page.url
    open_panel(page)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page).to_have_url(f"{newsroom.home}/stories/the-bridge-closes/changes/")

    page.goto(story.replace("/change/", "/publish") + "?kind=retraction")
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_hidden()
    page.get_by_label("Note to readers").fill("We withdraw this story. Nobody had told us of a closure.")
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Send for approval").click()
    expect(page).to_have_url(re.compile(r"/admin/stories/publication/\d+/"))
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    assert_nothing_sticks_out(page)
    asked = page.url
    page.goto("/stories/the-bridge-closes/")
    expect(page.get_by_text("The bridge closes on Monday.")).to_be_visible()

    second = browser.new_context(base_url=newsroom.home).new_page()
    sign_in(second, newsroom, "noor")
    second.goto("/admin/stories/publication/?state__exact=awaiting")
    second.get_by_role("link", name="The bridge closes").click()
    expect(second).to_have_url(re.compile(re.escape(asked)))
    second.get_by_role("button", name="Approve and publish").click()
    expect(second.get_by_text("It is published.")).to_be_visible()
    second.context.close()

    page.goto("/stories/the-bridge-closes/")
    expect(page.get_by_text("We withdraw this story.").first).to_be_visible()
    expect(page.get_by_text("The bridge closes on Monday.")).to_have_count(0)
    page.goto("/stories/the-bridge-closes/versions/1/")
    expect(page.get_by_text("The bridge closes on Monday.")).to_be_visible()


@on_a_desktop
def test_the_worker_publishes_what_was_scheduled(page: Page, newsroom: RunningNewsroom) -> None:
    sign_in(page, newsroom, "ruth")
    write_story(page, "The ferry sails again")
    open_panel(page)
    page.get_by_label("At a later time").check()
    page.get_by_label("Zone").select_option("UTC")
    soon = datetime.now(UTC) + timedelta(seconds=30)
    page.get_by_label("Date and time").fill(soon.strftime("%Y-%m-%dT%H:%M:%S"))
    page.get_by_role("button", name="Schedule").click()
    expect(page.get_by_text("It waits for its time")).to_be_visible()
    scheduled = page.url

    newsroom.wait_until(
        lambda: newsroom.count("publication", "state = 'published' AND publish_at IS NOT NULL") == 1,
        "the worker publishes it",
    )

    page.goto("/stories/the-ferry-sails-again/")
    expect(page.get_by_role("heading", name="The ferry sails again")).to_be_visible()
    page.goto(scheduled)
    expect(page.get_by_text("version 1", exact=True)).to_be_visible()


@on_a_desktop
def test_what_readers_will_see_follows_what_is_typed_in_the_panel(
    page: Page, newsroom: RunningNewsroom
) -> None:
    sign_in(page, newsroom, "ruth")
    write_story(page, "The market moves")
    open_panel(page)
    entry = page.get_by_role("region", name="In the changelog")

    page.get_by_label("Correction", exact=True).check()
    page.get_by_label("Note to readers").fill("It moves in May, not in June.")

    expect(entry.get_by_text("It moves in May, not in June.")).to_be_visible()
    expect(entry.get_by_text("Correction", exact=True)).to_be_visible()
    expect(page.get_by_label("Note to readers")).to_be_focused()

    page.context.clear_cookies(name=re.compile("session"))
    page.get_by_label("Note to readers").fill("It moves in June.")

    # What is seen no longer follows, and whoever presses it is asked to sign in.
    expect(page.get_by_role("button", name="Update the preview")).to_be_visible()
