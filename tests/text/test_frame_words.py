import pytest

from tests.text.test_page_change import STORY, became, page

MORE = "<a href=/1>All of it</a>"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("articleComments", "<p>I agree.</p>", "<p>I agree.</p><p>Nobody asked us, of course. Nobody ever does.</p>"),
        ("relatedPost", f"<p>A captain. {MORE}</p>", f"<p>A door. {MORE}</p>"),
        ("box newsletterBox", "<p>All the news at six.</p>", "<p>All the news at nine.</p>"),
        ("user-menu", "<a href=/login>Sign in</a>", "<span>Hello, Ann</span><a href=/logout>Log out</a>"),
        ("browsehappy", "", "<p>Your browser is from another time. Please choose a newer one.</p>"),
        ("onesignal-slidedown", "", "<p>May we tell you when there is news?</p>"),
    ],
)  # fmt: skip
def test_a_box_is_frame_by_the_words_of_its_name_however_they_are_joined(name, before, after):
    old, new = (
        page(f"{STORY}<div class='{name}'>{box}</div>", navigation=f"<div class='{name}'>{box}</div>")
        for box in (before, after)
    )

    assert became(old, new) == "noise"


@pytest.mark.parametrize(
    "name", ["shareCapital", "bylineComments", "byline-comments", "accountability", "barMenus"]
)
def test_a_name_that_only_begins_as_that_of_a_frame_is_of_the_content(name):
    part = f"<div class={name}><p>By Ann Lee</p></div>"

    assert became(page(part + STORY), page(part.replace("Lee", "Ek") + STORY)) == "changed"
