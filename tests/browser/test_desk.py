"""The desk in a real browser: answering by keys and in bulk, undoing, and what comes in while a page is open."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from stories.alerting.tell import tell_news
from stories.models import Alert
from stories.models.words import VerdictWord
from tests.alerting.scenes import at, find, quote
from tests.browser.conftest import share_session
from tests.browser.windows import DESKTOP, PHONE, assert_nothing_sticks_out
from tests.factories import EndpointFactory, SourceFactory, WatchFactory, make_editor, make_reporter

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database_beside_the_driver")]

#: What is done with keys is done where there are some; all else but the looks of it, with a finger.
with_keys = pytest.mark.parametrize("desk", [DESKTOP], indirect=True)
with_a_finger = pytest.mark.parametrize("desk", [PHONE], indirect=True)
STORIES = ("Bridge to close", "Ferry to stop", "Harbour to grow")


@pytest.fixture
def maya(transactional_db):
    return make_reporter(username="maya")


@pytest.fixture
def alerts(maya):
    """Three open ones, the first above the others."""
    for minute, headline in enumerate(reversed(STORIES)):
        find([quote(SourceFactory(), maya, headline=headline)], VerdictWord.ALTERED)
        tell_news(now=at(minute))
    return list(Alert.objects.order_by("-developed_at"))


@pytest.fixture(params=[DESKTOP, PHONE])
def desk(request, maya, live_server, browser):
    width, height, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, base_url=live_server.url
    )
    opened, errors = _signed_in(context, live_server, maya), []
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    # A browser calls every refusal an error of the page.
    assert [error for error in errors if "409 (Conflict)" not in error] == []


def _signed_in(context, live_server, person):
    client = Client()
    client.force_login(person)
    share_session(client, context, home=live_server.url)
    return context.new_page()


def states():
    return [alert.state for alert in Alert.objects.order_by("-developed_at")]


def focused(page):
    return page.evaluate("document.activeElement.textContent")


def ask_now(page):
    """The page asks whenever somebody comes back to it, and otherwise every few seconds."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@with_keys
def test_alerts_are_answered_by_keys_and_the_answer_is_taken_back(desk, alerts):
    desk.goto("/desk/")

    for key in "jjk":
        desk.keyboard.press(key)
    assert STORIES[0] in focused(desk)
    desk.keyboard.press("j")
    desk.keyboard.press("h")
    expect(desk.get_by_text("Noted: still holds.")).to_be_visible()

    assert states() == ["open", "still_holds", "open"]
    assert STORIES[2] in focused(desk)
    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_text("Open again.")).to_be_visible()
    assert states() == ["open", "open", "open"]


@with_keys
def test_enter_opens_and_keys_answer_there_too(desk, alerts):
    desk.goto("/desk/")

    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text(STORIES[0])
    desk.wait_for_load_state()
    desk.keyboard.press("i")

    expect(desk.get_by_text("Noted: ignored.")).to_be_visible()
    assert states() == ["ignored", "open", "open"]


@with_keys
def test_no_key_does_anything_while_somebody_types(desk, alerts):
    desk.goto("/desk/")

    desk.keyboard.press("j")
    desk.keyboard.press("/")
    desk.keyboard.type("hui?jk")

    expect(desk.get_by_label("Search")).to_have_value("hui?jk")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    assert states() == ["open", "open", "open"]


@with_keys
def test_the_keys_are_shown_and_can_be_switched_off(desk, alerts):
    desk.goto("/desk/")

    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    desk.get_by_label("Turn shortcuts off in this browser").check()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    desk.keyboard.press("j")

    assert desk.evaluate("document.activeElement.closest('.alert-row')") is None


@with_a_finger
def test_many_are_answered_at_once_and_undone(desk, alerts):
    desk.goto("/desk/")
    expect(desk.get_by_role("button", name="Still holds")).to_have_count(0)

    desk.get_by_label("Select all on this page").check()
    desk.get_by_label("Select: Altered: a passage quoted in “Ferry to stop”").uncheck()
    expect(desk.get_by_text("Answer the 2 selected alerts")).to_be_visible()
    desk.get_by_label("Why").fill("Typos.")
    desk.get_by_role("button", name="Still holds").click()

    expect(desk.get_by_text("Noted of 2 alerts: still holds.")).to_be_visible()
    assert states() == ["still_holds", "open", "still_holds"]
    assert list(Alert.objects.exclude(answer_note="").values_list("answer_note", flat=True)) == ["Typos."] * 2
    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_text("2 alerts are open again.")).to_be_visible()


def test_without_scripts_many_are_answered_too(maya, alerts, live_server, browser):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    try:
        page = _signed_in(context, live_server, maya)
        page.goto("/desk/")
        page.get_by_label("Select: Altered: a passage quoted in “Ferry to stop”").check()
        page.get_by_role("button", name="Ignore").click()
        expect(page.get_by_text("Noted: ignored.")).to_be_visible()
    finally:
        context.close()

    assert states() == ["open", "ignored", "open"]


@with_a_finger
def test_a_new_alert_appears_on_an_open_page_without_a_reload(desk, alerts, maya):
    desk.goto("/desk/")
    desk.get_by_label("Select: Altered: a passage quoted in “Ferry to stop”").check()
    desk.evaluate("window.isTheSamePage = true")

    find([quote(SourceFactory(), maya, headline="Lighthouse for sale")], VerdictWord.MISSING)
    tell_news(now=at(9))
    ask_now(desk)

    news = desk.get_by_role("status").filter(has_text="1 new alert")
    expect(news).to_contain_text("A passage quoted in “Lighthouse for sale”")
    expect(desk).to_have_title(re.compile(r"^\(1\) Alerts"))
    desk.get_by_role("button", name="Show them").click()
    expect(desk.locator(".alert-row h2").first).to_contain_text("Lighthouse for sale")
    expect(desk.get_by_label("Select: Altered: a passage quoted in “Ferry to stop”")).to_be_checked()
    assert "Lighthouse for sale" in focused(desk)
    assert desk.evaluate("window.isTheSamePage")
    expect(desk).to_have_title(re.compile(r"^Alerts"))


@with_a_finger
def test_other_pages_of_the_desk_tell_too(desk, alerts, maya):
    with desk.expect_response(re.compile(r"/desk/news/")):
        desk.goto("/desk/sources/")

    altered = make_reporter()
    find([quote(SourceFactory(), maya, altered, headline="Lighthouse for sale")], VerdictWord.MISSING)
    tell_news(now=at(9))
    ask_now(desk)

    expect(desk.get_by_role("link", name="A passage quoted in “Lighthouse for sale”")).to_be_visible()


def test_axe_finds_no_violation_at_the_desk(desk, alerts):
    WatchFactory(source=alerts[0].source, read_at=at(1))
    own = alerts[0].recipient
    EndpointFactory(
        person=own, name="Desk robot", paused_at=at(1), paused_because="Answered with status 404."
    )
    hearing = [reverse(name) for name in ("desk_endpoints", "desk_feed_settings")]
    form = reverse("desk_endpoint_add", args=["matrix"])
    for address in ("/desk/", "/desk/?state=answered", alerts[0].get_absolute_url(), *hearing, form):
        desk.goto(address)
        desk.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
        for box in desk.get_by_label(re.compile("^Select: ")).all():
            box.check()
        assert_nothing_sticks_out(desk)
        found = Axe().run(desk).response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    desk.keyboard.press("?")
    found = Axe().run(desk).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


@with_a_finger
def test_the_answer_of_somebody_quicker_is_shown_and_what_was_typed_stays(desk, alerts):
    desk.goto(alerts[0].get_absolute_url())
    desk.get_by_label("Why").fill("They cut the number.")
    editor = make_editor(first_name="Ruth", last_name="")
    client = Client()
    client.force_login(editor)
    client.post(reverse("desk_answer", args=[alerts[0].pk]), {"state": "still_holds"})

    with desk.expect_response(lambda response: response.status == 409):
        desk.get_by_role("button", name="Needs an update").click()

    expect(desk.get_by_text("This was answered already: still holds, by Ruth")).to_be_visible()
    expect(desk.get_by_label("Leave a note")).to_have_value("They cut the number.")
