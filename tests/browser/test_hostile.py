"""A newsroom in which every text is hostile, and so is a page that it cites, looked at in a real browser by each role.

Nothing that somebody has typed runs, opens a dialog, or is refused by our own policy: it never comes to that.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from stories.models import Article, Update
from stories.publishing.publish import publish_article
from tests.browser.conftest import share_session
from tests.factories import SnapshotFactory
from tests.security.conftest import keys, scene
from tests.security.payloads import LONG
from tests.security.planting import plant
from tests.test_roles import ROUTES, address_of, client_of, routes, wanted_of

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database_beside_the_driver")]

__all__ = ["keys", "scene"]

#: Whose pages, those of two roles in one newsroom; and which not: files, what another test looks at, one list for all.
PAGES = {
    "readers and reporters": {"anonymous": ("/",), "own": ("/desk/",)},
    "editors": {"editor": ("/admin/", "/desk/alerts/", "/desk/sources/"), "superuser": ("/admin/",)},
}
#: What another role has seen already.
SEEN_BEFORE = {"superuser": "editor"}
NO_PAGE = re.compile(
    r"_add$|(?<!simple)_history$|logout|login|password|mfa_|account_|openid|file|export|csv|card|timegate|timemap|robots|record_|jsi18n|"
    r"(auth|takedown|intake|watchedfeed|host|check|snapshot|digest|verdict|watch|auditentry)_\w+$|"
    r"stories_(?!article)\w+_changelist"
)
#: Says so where anything that was typed runs.
TRAP = "window.planted = () => { window.__fired = true; console.error('something that was typed has run'); };"
PAGE_THAT_IS_CITED = (
    f"<!doctype html><title>{LONG}</title><body onload=planted()>{LONG}<script>planted()</script>"
)


@pytest.fixture
def hostile(transactional_db: None, request: pytest.FixtureRequest) -> dict[str, Any]:
    found = request.getfixturevalue("keys")
    article = Article.objects.get(pk=found["article"])
    copy = SnapshotFactory(source_id=found["source"], body=PAGE_THAT_IS_CITED.encode())
    plant()
    article.refresh_from_db()
    note = Update(article=article, kind="correction", note=article.body)
    publish_article(article, updates=[note], by=None, now=timezone.now())
    return {**found, "number": 2, "copy_pk": copy.pk}


def addresses(hostile: dict[str, Any], role: str, prefixes: tuple[str, ...]) -> list[str]:
    """What the role may see, and nobody before it did."""
    before = SEEN_BEFORE.get(role)
    found = [
        address_of(name, pattern, hostile)
        for name, pattern in sorted(routes(), key=lambda route: route[0])
        if f"POST {name}" not in ROUTES
        and not NO_PAGE.search(name)
        and 200 in wanted_of(name, role)
        and not (before and 200 in wanted_of(name, before))
    ]
    return [address for address in found if address.startswith(prefixes) and not _is_file(address)]


def _is_file(address: str) -> bool:
    return "." in address.rsplit("/", 1)[1]


@pytest.mark.parametrize("who", PAGES)
def test_nothing_that_was_typed_runs(who: str, hostile, live_server, browser: Browser) -> None:
    told = []

    for role, prefixes in PAGES[who].items():
        page, heard = opened_as(role, browser, live_server.url)
        seen = 0
        for address in addresses(hostile, role, prefixes):
            seen += page.goto(live_server.url + address).ok
            if page.evaluate("window.__fired"):
                told.append((address, "it ran"))
        told += heard
        page.context.close()
        assert seen > 2, role

    assert told == []


def opened_as(role: str, browser: Browser, home: str) -> tuple[Page, list[tuple[str, str]]]:
    """A page, and what is heard from it that should not be."""
    context, heard = browser.new_context(base_url=home), []
    share_session(client_of(role), context, home=home)
    context.add_init_script(TRAP)
    page = context.new_page()

    def hear(message: Any) -> None:
        # Not all that has an address is in the scene; a browser tells how it keeps a copy of a cited page still.
        told = f"{message.location['url']} {message.text}"
        if message.type == "error" and "/inert/" not in told and "Failed to load resource" not in told:
            heard.append((urlsplit(page.url).path, message.text))

    def refuse(dialog: Any) -> None:
        heard.append((urlsplit(page.url).path, f"a dialog: {dialog.message}"))
        dialog.dismiss()

    page.on("console", hear)
    page.on("dialog", refuse)
    page.on("pageerror", lambda error: heard.append((urlsplit(page.url).path, str(error))))
    return page, heard
