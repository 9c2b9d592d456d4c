"""Debian's Chromium, driven against the product as it is started."""

import os
import shutil
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.windows import DESKTOP, PHONE
from tests.pristine import copy_pristine
from tests.running import RunningNewsroom

#: Only what hangs takes so long, however busy the machine is.
LONGEST_MS = 120_000
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNewsroom]:
    folder = tmp_path_factory.mktemp("newsroom")
    copy_pristine(folder / "newsroom.sqlite3")
    with RunningNewsroom(folder) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "There is no browser. On Debian: apt-get install chromium"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=QUIET, timeout=LONGEST_MS)
        _make_patient(launched)
        yield launched
        launched.close()


def _make_patient(browser: Browser) -> None:
    open_context = browser.new_context

    def open_patient_context(**how: Any) -> BrowserContext:
        context = open_context(**how)
        context.set_default_timeout(LONGEST_MS)
        return context

    browser.new_context = open_patient_context  # type: ignore[method-assign]
    expect.set_options(timeout=LONGEST_MS)


@pytest.fixture(scope="module")
def database_beside_the_driver() -> Iterator[None]:
    """The browser's driver has an event loop in this thread, which keeps Django from its database."""
    with patch.dict(os.environ, DJANGO_ALLOW_ASYNC_UNSAFE="1"):
        yield


@pytest.fixture(params=[DESKTOP, PHONE])
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


def share_session(client: Client, context: BrowserContext, *, home: str) -> None:
    """Sign the browser in as whom the client is signed in as, if anybody, without any page."""
    if "sessionid" in client.cookies:
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": home}])


def sign_in(page: Page, newsroom: RunningNewsroom, username: str) -> None:
    page.goto("/desk/")
    sign_in_here(page, newsroom, username)


def sign_in_here(page: Page, newsroom: RunningNewsroom, username: str) -> None:
    page.get_by_label("Name").fill(username)
    page.get_by_label("Password").fill(newsroom.login(username))
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()
