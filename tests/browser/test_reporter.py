"""A reporter’s day at the desk, in a real browser: cite what a page says, look again, choose how to hear."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.windows import on_a_desktop, on_a_phone

pytestmark = pytest.mark.browser

#: Selects the sentence as a person would, with the mouse, but sooner.
SELECT = """sentence => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    const start = node.data.indexOf(sentence);
    if (start >= 0) getSelection().setBaseAndExtent(node, start, node, start + sentence.length);
  }
  return String(getSelection());
}"""
#: A bookmark leaves the selection as it is; so does a link that is pressed with a key.
BOOKMARK = """address => {
  const bookmark = document.body.appendChild(document.createElement("a"));
  bookmark.href = address;
  bookmark.focus();
}"""
SENTENCE = "only a workspace owner can ask for it"
PAGES = [
    "/desk/",
    "/desk/sources/",
    "/desk/sources/1/",
    "/desk/following/?q=slack",
    "/desk/hearing/",
    "/desk/cite/",
]


@pytest.fixture
def help_page(newsroom):
    [(address,)] = newsroom.query("SELECT url FROM stories_source WHERE url LIKE '%help-opting-out%'")
    return address


@on_a_desktop
def test_a_selected_passage_is_cited_with_the_bookmark(page, newsroom, help_page):
    sign_in(page, newsroom, "maya")
    page.goto("/desk/cite/")
    bookmark = page.locator("[data-bookmarklet]").get_attribute("href")
    elsewhere = page.context.new_page()
    elsewhere.goto(help_page)
    assert elsewhere.evaluate(SELECT, SENTENCE) == SENTENCE

    elsewhere.evaluate(BOOKMARK, bookmark)
    with page.context.expect_page() as opened:
        elsewhere.keyboard.press("Enter")
    form = opened.value

    expect(form.get_by_label("Passage", exact=True)).to_have_value(SENTENCE)
    expect(form.get_by_label("Address of the page")).to_have_value(help_page)
    expect(form.get_by_text("The page says this, word for word.").first).to_be_visible()
    assert form.locator("[name=prefix]").input_value() + form.locator("[name=suffix]").input_value()
    form.get_by_label("A single employee cannot opt out.").check()
    form.get_by_role("button", name="Cite", exact=True).click()
    expect(form.get_by_text("Cited in “Slack builds")).to_be_visible()
    expect(form.locator(".passage", has_text=SENTENCE).first).to_be_visible()


@on_a_phone
def test_who_must_sign_in_first_finds_the_passage_in_the_form(page, newsroom, help_page):
    page.goto(f"/desk/cite/#exact=only+a+workspace+owner&address={help_page}")
    page.get_by_label("Name").fill("maya")
    page.get_by_label("Password").fill(newsroom.login("maya"))
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_label("Passage", exact=True)).to_have_value("only a workspace owner")
    expect(page.get_by_text("The page says this, word for word.").first).to_be_visible()


@on_a_phone
def test_a_look_tells_on_the_page_what_it_found(page, newsroom):
    sign_in(page, newsroom, "maya")
    page.goto("/desk/sources/?q=leaving")
    page.get_by_role("button", name=re.compile("Check now")).click()

    # The news of the desk have a status of their own.
    expect(page.get_by_role("status").filter(has_text="Read just now")).to_be_visible()


@on_a_phone
def test_how_to_hear_is_chosen_and_said_back_in_plain_words(page, newsroom):
    sign_in(page, newsroom, "jonas")
    page.goto("/desk/hearing/")
    page.get_by_label("Other changes").select_option("weekly")
    page.get_by_label("Quiet from").fill("22:00")
    page.get_by_label("Quiet until").fill("07:00")
    page.get_by_label("The weekly one on").select_option("Friday")
    page.get_by_role("button", name="Save").click()

    expect(
        page.get_by_text("grave news at once, day and night; other changes in a digest every Friday")
    ).to_be_visible()


def test_axe_finds_no_violation_at_the_desk(page, newsroom):
    sign_in(page, newsroom, "ruth")
    found = {}
    for address in PAGES:
        page.goto(address)
        page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
        violations = Axe().run(page).response["violations"]
        found[address] = [(each["id"], [node["html"] for node in each["nodes"]]) for each in violations]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address

    assert found == {address: [] for address in PAGES}
