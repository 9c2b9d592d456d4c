"""The readers’ pages: axe-core finds nothing in them, they fit their window, cost few bytes, and need no script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from stories.management.example.newsroom import SLACK_SLUG
from tests.browser.windows import assert_nothing_sticks_out

pytestmark = pytest.mark.browser

STORY = f"/stories/{SLACK_SLUG}"
PAGES = [
    "/",
    f"{STORY}/",
    f"{STORY}/changes/",
    f"{STORY}/versions/1/",
    f"{STORY}/compare/1/3/",
    f"{STORY}/compare/1/3/?view=side",
    f"{STORY}/as-of/",
    f"{STORY}/as-of/?at=2024-05-18T12:00",
    f"{STORY}/report/",
    f"{STORY}/report/thanks/",
    "/corrections/",
    "/corrections/?q=nothing+like+it&since=soon",
    "/corrections/policy/",
    "/record/",
]
MOST_BYTES = 60_000


@pytest.mark.parametrize("address", PAGES)
def test_it_has_one_headline_fits_its_window_and_axe_finds_no_violation(page, address):
    page.goto(address)
    expect(page.locator("h1")).to_have_count(1)
    assert_nothing_sticks_out(page)
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")

    found = Axe().run(page).response["violations"]

    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize("address", PAGES[:5])
def test_a_first_visit_costs_little(browser, newsroom, address):
    context = browser.new_context(base_url=newsroom.home)
    requests = []
    try:
        opened = context.new_page()
        opened.on("requestfinished", lambda request: requests.append(request))
        opened.goto(address, wait_until="networkidle")
        sizes = [request.sizes() for request in requests]
    finally:
        context.close()

    assert len(sizes) >= 3
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) < MOST_BYTES


def test_a_page_needs_no_script(browser, newsroom):
    context = browser.new_context(base_url=newsroom.home, java_script_enabled=False)
    try:
        opened = context.new_page()
        for address in PAGES[:5]:
            opened.goto(address)
            assert opened.locator("h1").is_visible()
            assert opened.locator("time[title]").first.is_visible()
    finally:
        context.close()


def test_what_is_folded_on_the_glass_is_on_paper(browser, newsroom):
    """Many notes and headlines are; nobody unfolds a sheet."""
    context = browser.new_context(base_url=newsroom.home)
    opened = context.new_page()
    opened.goto(f"{STORY}/")
    opened.evaluate(
        "const notes = document.querySelector('.notes');"
        "notes.outerHTML = `<details class=earlier>${notes.outerHTML}</details>`"
    )
    note = opened.locator(".earlier .note__text").first
    assert not note.is_visible()

    opened.emulate_media(media="print")

    assert note.is_visible()
    context.close()


def test_times_tell_the_readers_own_time_where_scripts_run(browser, newsroom):
    context = browser.new_context(base_url=newsroom.home, timezone_id="Asia/Tokyo", locale="en-GB")
    try:
        opened = context.new_page()
        opened.goto(f"{STORY}/changes/")
        title = opened.locator("time[datetime^='2024-05-19T12:41']").first.get_attribute("title")
        assert title == "20 May 2024, 01:41, your time (Asia/Tokyo)"
    finally:
        context.close()
