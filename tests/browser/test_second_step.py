"""A passkey in a real browser, whose authenticator is a virtual one: added, asked for, and enough by itself."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.windows import on_a_phone

pytestmark = pytest.mark.browser

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def fill_in(page: Page, home: str, username: str, password: str) -> None:
    page.goto(f"{home}/account/login/")
    page.get_by_label("Name").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page, home: str) -> None:
    page.goto(f"{home}/account/two-steps/")
    page.get_by_role("button", name="Sign out").click()


@on_a_phone
def test_a_passkey_is_added_asked_for_and_enough_by_itself(page, newsroom):
    # No browser lets an address be the name that a key is for.
    home = newsroom.home.replace("127.0.0.1", "localhost")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    password = newsroom.login("jonas")
    fill_in(page, home, "jonas", password)
    page.goto(f"{home}/account/two-steps/keys/add/")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="It is me").click()
    page.get_by_label("Without a password").check()
    page.get_by_role("button", name="Add this key").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    expect(page.locator("code")).to_have_count(10)
    sign_out(page, home)

    fill_in(page, home, "jonas", password)
    page.get_by_role("button", name="Use a key").click()
    expect(page).to_have_url(re.compile(r"/desk/$"))
    sign_out(page, home)
    page.goto(f"{home}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile(r"/desk/$"))

    # The newsroom is shared: jonas signs in with the password alone in other tests.
    page.goto(f"{home}/account/two-steps/keys/")
    page.get_by_role("link", name="Remove").click()
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="It is me").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("You have none.")).to_be_visible()
