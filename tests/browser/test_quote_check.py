"""An editor types a passage, hears at once that its page says otherwise, and takes the page's wording."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.windows import on_a_desktop

pytestmark = pytest.mark.browser


@on_a_desktop
def test_the_pages_wording_is_told_while_a_passage_is_typed_and_can_be_taken(page, newsroom):
    newsroom.wait_until(lambda: newsroom.count("delivery", "state = 'sent'") >= 2, "the alerts are out")
    sign_in(page, newsroom, "ruth")
    page.goto("/admin/stories/citation/?q=customer+data")
    # What is typed while a page still loads may go elsewhere.
    with page.expect_navigation():
        page.locator("table a[href*='/change/']").first.click()
    passage = page.get_by_label("Passage")
    told = page.get_by_role("status").and_(page.locator(".nr-quote-check"))

    passage.press_sequentially(" indeed")
    expect(told).to_contain_text("The page says it differently:indeed")
    expect(told).not_to_contain_text("Reading")
    take = page.get_by_role("button", name="Take the page’s wording")
    pressed = take.element_handle()
    with page.expect_response("**/quote-check/"):
        passage.dispatch_event("input")
    expect(told).to_contain_text("The page says it differently:indeed")
    assert pressed.evaluate("button => button.isConnected"), (
        "an answer that says the same took the button away"
    )
    take.click()

    expect(told).to_contain_text("The page says this, word for word")
    assert "indeed" not in passage.input_value()
