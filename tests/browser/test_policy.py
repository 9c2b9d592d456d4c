"""No page of the product asks its browser for anything that its own policy refuses."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import sign_in
from tests.running import RunningNewsroom

pytestmark = pytest.mark.browser

#: What a browser shows no page of, and what would end the visit.
NO_PAGE = re.compile(
    r"\.(atom|json|png|xml|txt|pyz|zip|warc|gz|csv)$|logout|/file/|export|as_csv|jsi18n|/record/"
)
STARTS = {
    "ruth": ["/desk/", "/admin/"],
    "noor": ["/admin/", "/desk/"],
    "": ["/", "/desk/login/", "/admin/login/"],
}
MOST_PAGES = 90


@pytest.fixture
def visit(browser: Browser, newsroom: RunningNewsroom):
    """A page whose refusals are gathered: what it was refused, by the address where it was."""
    context = browser.new_context(base_url=newsroom.home, viewport={"width": 1280, "height": 900})
    page, refused = context.new_page(), []

    def hear(message) -> None:
        is_heard = message.type == "error" or "Permissions-Policy" in message.text
        if is_heard and "404 (Not Found)" not in message.text:
            refused.append((urlsplit(page.url).path, message.text))

    page.on("console", hear)
    page.on("pageerror", lambda error: refused.append((urlsplit(page.url).path, str(error))))
    yield page, refused
    context.close()


@pytest.mark.parametrize("person", STARTS)
def test_no_page_is_refused_anything_by_its_policy(visit, newsroom, person):
    page, refused = visit
    if person:
        sign_in(page, newsroom, person)
        page.wait_for_url("**/desk/**")

    seen = crawl(page, STARTS[person])

    assert len(seen) > (20 if person else 8)
    assert sorted(set(refused)) == []


def crawl(page: Page, starts: list[str]) -> set[str]:
    """One page of each kind: addresses that differ in their numbers only are the same kind."""
    waiting, seen = list(starts), set()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if kind_of(address) in seen:
            continue
        seen.add(kind_of(address))
        page.goto(address)
        waiting += [link for link in links_on(page) if kind_of(link) not in seen]
    return seen


def kind_of(address: str) -> str:
    return re.sub(r"\d+", "N", address.partition("?")[0])


def links_on(page: Page) -> list[str]:
    script = "[...document.links].filter(a => a.origin === location.origin).map(a => a.pathname + a.search)"
    return [link for link in page.evaluate(script) if not NO_PAGE.search(link.partition("?")[0])]
