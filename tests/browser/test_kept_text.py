"""Nothing that is typed into a story is lost: not by a closed tab, not by a session that ended, not by a colleague."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import sign_in, sign_in_here
from tests.browser.test_publishing import open_panel, write_story
from tests.browser.windows import assert_nothing_sticks_out, on_a_desktop, on_a_phone
from tests.running import RunningNewsroom

pytestmark = pytest.mark.browser

BODY = "The bridge closes on Monday."


@pytest.fixture
def second(browser: Browser, newsroom: RunningNewsroom):
    """A colleague at another machine."""
    context = browser.new_context(base_url=newsroom.home)
    opened = context.new_page()
    sign_in(opened, newsroom, "noor")
    yield opened
    context.close()


def body_of(page: Page):
    return page.locator("#id_body")


def type_and_wait(page: Page, text: str) -> None:
    body_of(page).fill(text)
    expect(page.get_by_text(re.compile(r"Kept in this browser, ([01]\d|2[0-3]):\d\d\.$"))).to_be_visible()


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").click()


@on_a_phone
def test_what_was_typed_in_a_tab_that_was_closed_is_shown_and_restored(page: Page, newsroom: RunningNewsroom):
    sign_in(page, newsroom, "ruth")
    write_story(page, "Kept from a closed tab")
    story = page.url
    type_and_wait(page, f"{BODY} The port says so.")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")

    page.goto(story)
    offer = page.get_by_role("region", name="Text that was not saved")
    expect(offer).to_contain_text(re.compile(r"You have text from \d\d:\d\d.* that was not saved"))
    offer.get_by_role("button", name="Show it").click()
    expect(offer.locator("ins")).to_contain_text("The port says so.")
    assert_nothing_sticks_out(page)
    offer.get_by_role("button", name="Restore it").click()
    expect(body_of(page)).to_have_value(f"{BODY} The port says so.")
    save(page)

    page.goto(story)
    expect(body_of(page)).to_have_value(f"{BODY} The port says so.")
    expect(page.get_by_role("region", name="Text that was not saved")).to_have_count(0)


@on_a_desktop
def test_a_session_that_ended_and_rows_that_were_added_lose_nothing(page: Page, newsroom: RunningNewsroom):
    sign_in(page, newsroom, "ruth")
    write_story(page, "Kept over a lost session")
    story = page.url
    body_of(page).fill(f"{BODY} It opens in May.")
    page.locator("a[href='#claims']").first.click()
    page.locator("#claims-group .add-row").click()
    page.locator("#id_claims-0-text").fill("The bridge opens in May.")
    expect(page.get_by_text("Kept in this browser")).to_be_visible()
    page.context.clear_cookies(name="sessionid")

    save(page)
    expect(page.get_by_text("You had been signed out, so nothing was saved.")).to_be_visible()
    sign_in_here(page, newsroom, "ruth")
    page.goto(story)
    page.get_by_role("button", name="Restore it").click()
    expect(body_of(page)).to_have_value(f"{BODY} It opens in May.")
    save(page)

    page.goto(f"{story}#claims")
    expect(page.locator("#id_claims-0-text")).to_have_value("The bridge opens in May.")


@on_a_phone
def test_a_note_to_readers_outlasts_a_session_that_ended(page: Page, newsroom: RunningNewsroom):
    sign_in(page, newsroom, "ruth")
    write_story(page, "Kept at the panel")
    open_panel(page)
    page.get_by_text("Correction", exact=True).click()
    page.get_by_label("Note to readers").fill("The bridge closes on Monday, not on Sunday.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Publish", exact=True).click()
    sign_in_here(page, newsroom, "ruth")

    expect(page.get_by_role("heading", name="Publish version 1")).to_be_visible()
    offer = page.get_by_role("region", name="Text that was not saved")
    offer.get_by_role("button", name="Show it").click()
    expect(offer.locator("ins").first).to_contain_text("Correction")
    assert_nothing_sticks_out(page)
    offer.get_by_role("button", name="Restore it").click()
    expect(page.get_by_label("Correction")).to_be_checked()
    expect(page.get_by_label("Note to readers")).to_have_value("The bridge closes on Monday, not on Sunday.")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page).to_have_url(re.compile("/stories/kept-at-the-panel/changes/"))

    page.goto("/admin/stories/article/")
    page.get_by_role("link", name="Kept at the panel").first.click()
    open_panel(page)
    expect(page.get_by_role("button", name="Restore it")).to_have_count(0)


@on_a_phone
def test_a_story_that_is_brought_in_outlasts_a_session_that_ended(page: Page, newsroom: RunningNewsroom):
    sign_in(page, newsroom, "ruth")
    page.goto("/admin/stories/intake/add/?way=address")
    page.get_by_text("Paste", exact=False).first.click()
    page.locator("#id_paste-text").fill("Kept at the door\n\nThe bridge closes on Monday.")
    page.context.clear_cookies(name="sessionid")
    page.locator("form:has(#id_paste-text) button[type=submit]").click()
    sign_in_here(page, newsroom, "ruth")

    offer = page.get_by_role("region", name="Text that was not saved")
    expect(offer).to_have_count(1)
    assert_nothing_sticks_out(page)
    offer.get_by_role("button", name="Restore it").click()
    expect(page.locator("#id_paste-text")).to_have_value("Kept at the door\n\nThe bridge closes on Monday.")
    page.locator("form:has(#id_paste-text) button[type=submit]").click()

    page.get_by_label("Headline").fill("Kept at the gate")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Take it in").click()
    sign_in_here(page, newsroom, "ruth")
    page.get_by_role("button", name="Restore it").click()
    expect(page.get_by_label("Headline")).to_have_value("Kept at the gate")
    page.get_by_role("button", name="Take it in").click()

    page.goto("/admin/stories/intake/add/")
    expect(page.get_by_role("button", name="Restore it")).to_have_count(0)


@on_a_desktop
def test_a_note_on_one_sources_change_is_not_offered_at_anothers(page: Page, newsroom: RunningNewsroom):
    sign_in(page, newsroom, "ruth")
    write_story(page, "Kept by its cause")
    open_panel(page)
    panel = page.url
    page.on("dialog", lambda dialog: dialog.accept())

    page.goto(f"{panel}?alert=901")
    # As where one passage of the source was reworded.
    page.evaluate("""document.forms[document.forms.length - 1].insertAdjacentHTML(
        "beforeend", "<label><input type=checkbox name=take value=7> Take it</label>")""")
    page.get_by_label("Take it").check()
    page.get_by_label("Note to readers").fill("The port says Monday.")
    expect(page.get_by_text("Kept in this browser")).to_be_visible()

    page.goto(f"{panel}?alert=902")
    expect(page.locator(".nr-kept input[name=kept]")).not_to_have_value("")
    expect(page.get_by_role("button", name="Restore it")).to_have_count(0)
    page.goto(panel)
    page.get_by_role("button", name="Show it").click()
    expect(page.locator(".nr-kept__differences .nr-label")).to_have_text(["Note to readers"])


def test_who_signed_in_again_in_another_tab_saves_in_the_first(browser: Browser, newsroom: RunningNewsroom):
    """Its first beat has the token of before, and is refused."""
    page = browser.new_context(base_url=newsroom.home).new_page()
    sign_in(page, newsroom, "ruth")
    write_story(page, "Saved after another tab")
    page.context.clear_cookies(name="sessionid")
    type_and_wait(page, f"{BODY} It opens in May.")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("sign in in another tab, and save here or there")).to_be_visible()

    other = page.context.new_page()
    sign_in(other, newsroom, "ruth")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("sign in in another tab, and save here or there")).to_be_hidden()
    save(page)

    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(body_of(page)).to_have_value(f"{BODY} It opens in May.")
    page.context.close()


@on_a_desktop
def test_what_is_thrown_away_can_be_had_back_and_then_is_gone(page: Page, newsroom: RunningNewsroom):
    sign_in(page, newsroom, "ruth")
    write_story(page, "Thrown away")
    page.on("dialog", lambda dialog: dialog.accept())
    type_and_wait(page, "Something silly.")
    page.reload()

    page.get_by_role("button", name="Throw it away").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Throw it away").click()
    page.reload()

    expect(body_of(page)).to_have_value(BODY)
    expect(page.get_by_role("button", name="Restore it")).to_have_count(0)


@on_a_desktop
def test_what_was_typed_a_month_ago_is_gone_wherever_it_was_typed(page: Page, newsroom: RunningNewsroom):
    sign_in(page, newsroom, "ruth")
    page.goto("/admin/stories/article/")
    page.evaluate(
        """days => Object.entries(days).forEach(([name, ago]) => localStorage.setItem(
            `newsroom-kept:1:/admin/${name}/:token`,
            JSON.stringify({ at: Date.now() - ago * 86400000, alert: "7", fields: { note: "Closed." } })))""",
        {"lately": 29, "long-ago": 31},
    )

    page.goto("/admin/stories/article/add/")

    kept = page.evaluate("() => Object.keys(localStorage).filter(key => key.endsWith(':token'))")
    assert kept == ["newsroom-kept:1:/admin/lately/:token"]


@on_a_desktop
def test_the_second_editor_sees_the_first_and_both_texts_are_merged(
    page: Page, second: Page, newsroom: RunningNewsroom
):
    sign_in(page, newsroom, "ruth")
    write_story(page, "Two at one story")
    second.goto(page.url)
    expect(second.get_by_text("Ruth Adeyemi has this story open")).to_be_visible()
    body_of(page).fill(f"{BODY} It opens in May.")
    second.locator("#id_headline").fill("Two editors at one story")
    save(second)

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text(re.compile("has saved this story since you opened it"))).to_be_visible()
    save(page)
    expect(page.get_by_text("both fit together")).to_be_visible()
    assert_nothing_sticks_out(page)
    save(page)

    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(body_of(page)).to_have_value(f"{BODY} It opens in May.")
    expect(page.locator("#id_headline")).to_have_value("Two editors at one story")


@pytest.mark.parametrize("is_kept", [True, False], ids=["kept", "not kept"])
def test_going_back_after_a_colleagues_save_does_not_overwrite_it(
    is_kept: bool, browser: Browser, second: Page, newsroom: RunningNewsroom
):
    """Invariant 10, whether or not the browser has the script that keeps what is typed."""
    context = browser.new_context(base_url=newsroom.home)
    if not is_kept:
        context.route("**/kept_text.js", lambda route: route.abort())
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, newsroom, "ruth")
    write_story(page, f"Going back {'with what was' if is_kept else 'with nothing'} kept")
    story = page.url
    body_of(page).fill(f"{BODY} Mine.")
    page.goto("/desk/")
    second.goto(story)
    second.locator("#id_headline").fill("A colleague’s headline")
    save(second)

    page.go_back()
    page.wait_for_load_state()
    if is_kept:
        page.get_by_role("button", name="Restore it").click()
    save(page)

    if is_kept:
        expect(page.get_by_text("both fit together")).to_be_visible()
        expect(body_of(page)).to_have_value(f"{BODY} Mine.")
    second.goto(story)
    expect(second.locator("#id_headline")).to_have_value("A colleague’s headline")
    context.close()


@on_a_phone
def test_what_is_told_of_text_that_is_kept_keeps_no_finger_from_a_button(
    page: Page, newsroom: RunningNewsroom
):
    sign_in(page, newsroom, "ruth")
    write_story(page, "Under a finger")
    type_and_wait(page, f"{BODY} The port says so.")

    told = page.get_by_text("Kept in this browser")

    assert not told.evaluate(
        """line => {
            const { x, y, width, height } = line.getBoundingClientRect();
            return document.elementFromPoint(x + width / 2, y + height / 2) === line;
        }"""
    )


@on_a_desktop
def test_ctrl_s_saves_and_ctrl_enter_opens_the_panel(page: Page, newsroom: RunningNewsroom):
    sign_in(page, newsroom, "ruth")
    write_story(page, "By the keyboard")
    body_of(page).fill("One.")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    body_of(page).fill("Two.")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", name="Publish version 1")).to_be_visible()
    expect(page.locator("ins").filter(has_text="Two.")).to_be_visible()
