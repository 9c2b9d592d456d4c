"""Beside the text: quotes check themselves and are attached with one click, and the preview is the readers' page."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.windows import assert_nothing_sticks_out, on_a_desktop, on_a_phone
from tests.running import RunningNewsroom

pytestmark = pytest.mark.browser


def open_slack_story(page: Page, newsroom: RunningNewsroom) -> None:
    newsroom.wait_until(lambda: newsroom.count("delivery", "state = 'sent'") >= 2, "the alerts are out")
    sign_in(page, newsroom, "ruth")
    page.goto("/admin/stories/article/1/change/")


@on_a_phone
def test_the_page_says_it_otherwise_and_its_wording_is_taken_into_text_and_passage(page, newsroom):
    open_slack_story(page, newsroom)
    altered = page.locator(".nr-quotes__one--altered").first
    expect(altered.locator("ins")).to_contain_text("excluding")
    assert_nothing_sticks_out(page)

    altered.get_by_role("button", name="Take the page’s wording").click()

    expect(page.locator(".nr-quotes__one--altered")).to_have_count(0)
    expect(page.locator("#id_body")).to_have_value(re.compile("excluding messages and files"))
    assert "excluding messages and files" in page.evaluate(
        "[...document.querySelectorAll('[name$=-exact]')].map((each) => each.value).join()"
    )


@on_a_desktop
def test_a_new_quotation_is_attached_with_one_click_to_the_source_whose_page_says_it(page, newsroom):
    open_slack_story(page, newsroom)
    body = page.locator("#id_body")
    body.fill(f"{body.input_value()}\n\nThey add: “we confirm each request in writing” first, says Slack.")

    new = page.locator(".nr-quotes__one").filter(has_text="we confirm each request")
    expect(new).to_contain_text("Not attached to a source")
    new.get_by_role("button", name="Leaving the global models, which says this").click()
    expect(new.get_by_text("with the next save")).to_be_visible()
    page.get_by_role("button", name="Save and continue editing").click()

    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(new.get_by_text("On its page, word for word")).to_be_visible()
    attached = (
        "article_id = 1 AND claim_id IS NOT NULL AND source_id IS NOT NULL AND exact LIKE 'we confirm each%'"
    )
    assert newsroom.count("citation", attached) == 1


@on_a_desktop
def test_the_preview_is_the_readers_page_of_what_is_typed(page, newsroom):
    open_slack_story(page, newsroom)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#id_headline").fill("A headline that is being typed")
    page.get_by_role("tab", name="Preview").click()

    frame = page.frame_locator(".nr-preview")
    expect(frame.get_by_role("heading", name="A headline that is being typed")).to_be_visible()
    expect(frame.locator("sup.mark").first).to_be_visible()
    expect(frame.locator("h1")).to_have_css("font-family", re.compile("serif", re.IGNORECASE))
    page.locator("#id_body").fill("Only *this*.")
    expect(frame.locator(".prose em")).to_have_text("this")
