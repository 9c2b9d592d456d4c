"""Single sign-on in a real browser, which holds each page to where its forms may end."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.pristine import copy_pristine
from tests.running import RunningNewsroom
from tests.signing_in.provider import CLIENT, SECRET, running_provider

pytestmark = pytest.mark.browser


def test_a_provider_may_send_people_on_to_another_of_its_names(browser: Browser, tmp_path: Path) -> None:
    copy_pristine(tmp_path / "newsroom.sqlite3")
    with running_provider() as provider:
        provider.person, provider.sends_on = (
            {"sub": "1", "preferred_username": "kit", "groups": ["desk"]},
            True,
        )
        named = {"OIDC_ISSUER": provider.issuer, "OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": SECRET}
        people = {"OIDC_ROLES": "desk=Reporters", "OIDC_NEW_PEOPLE": "on"}
        with RunningNewsroom(tmp_path, **named, **people) as newsroom, browser.new_context() as context:
            page = context.new_page()
            page.goto(f"{newsroom.home}/account/login/")

            page.get_by_role("button", name="Sign in with single sign-on").click()

            expect(page).to_have_url(re.compile(r"/desk/$"))
