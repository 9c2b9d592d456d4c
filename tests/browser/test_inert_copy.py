"""A copy of a hostile page is looked at in a real browser, where it can do nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.browser.conftest import share_session
from tests.factories import SnapshotFactory, make_editor

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database_beside_the_driver")]

HOSTILE = b"""<!doctype html><html><head><title>Hostile</title>
<meta http-equiv="refresh" content="0; url=/spy/refreshed">
<link rel="stylesheet" href="/spy/style.css"><link rel="preload" as="image" href="/spy/preloaded.png">
<script src="/spy/script.js"></script><script>top.location = "/spy/scripted"; fetch("/spy/fetched")</script></head>
<body onload="document.body.append('it ran')"><p>What the page says.</p>
<img src="/spy/image.png" onerror="document.body.append('it ran')"><iframe src="/spy/framed"></iframe>
<video src="/spy/video.mp4" autoplay></video><object data="/spy/object"></object>
<form action="/spy/sent" method="post" target="_top"><button autofocus>Send</button></form>
<a href="/spy/followed" target="_top">Follow</a></body></html>"""


@pytest.fixture
def hostile(transactional_db):
    return SnapshotFactory(body=HOSTILE)


def test_a_hostile_copy_can_do_nothing(hostile, live_server, browser):
    client = Client()
    client.force_login(make_editor())
    context = browser.new_context()
    share_session(client, context, home=live_server.url)
    page, answered = context.new_page(), []
    page.on("response", lambda response: answered.append(response.url))
    address = live_server.url + reverse("desk_copy", args=[hostile.source_id, hostile.pk])

    page.goto(address)
    frame = page.frame_locator("iframe")
    frame.get_by_text("What the page says.").wait_for()
    frame.get_by_role("button", name="Send").click()
    frame.get_by_role("link", name="Follow").click()
    page.wait_for_timeout(500)

    assert page.url == address
    assert "it ran" not in frame.locator("body").inner_text()
    assert address in answered
    assert not [url for url in answered if "/spy/" in url]
    context.close()
