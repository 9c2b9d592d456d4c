"""Debian's Chromium, driven against the product as it is started."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.running import RunningNewsroom

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNewsroom]:
    with RunningNewsroom(tmp_path_factory.mktemp("newsroom") / "data") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "There is no browser. On Debian: apt-get install chromium"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture(params=[(1280, 900, "light"), (390, 844, "dark")], ids=["desktop-light", "phone-dark"])
def page(request: pytest.FixtureRequest, browser: Browser, newsroom: RunningNewsroom) -> Iterator[Page]:
    """A page that fails the test on any error of its console: a refused script, a missing file."""
    width, height, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, base_url=newsroom.home
    )
    opened = context.new_page()
    errors: list[str] = []
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


def sign_in(page: Page, newsroom: RunningNewsroom, username: str) -> None:
    page.goto("/desk/")
    page.get_by_label("Name").fill(username)
    page.get_by_label("Password").fill(newsroom.login(username))
    page.get_by_role("button", name="Sign in").click()
