import pytest

from tests.text.pages_of_a_story import STORY, became, page

MORE = "<a href=/1>All of it</a>"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("postComments", "<p>I agree.</p>", "<p>I do not agree at all. Nobody ever asked the two of us.</p>"),
        ("ArticleComments_root__kFz1A", "<p>I agree.</p>", "<p>I disagree.</p>"),
        ("page_relatedStories", f"<p>A captain. {MORE}</p>", f"<p>A door. {MORE}</p>"),
        ("storyNewsletter", "<p>All the news at six.</p>", "<p>All the news at nine.</p>"),
        ("NewsletterSignup", "<p>All the news at six.</p>", "<p>All the news at nine.</p>"),
        ("popularPosts", "<p>The whale of Holm.</p>", "<p>Lee sails again.</p>"),
        ("articleComments", "<p>I agree.</p>", "<p>I agree.</p><p>Nobody asked us, of course. Nobody ever does.</p>"),
        ("relatedPost", f"<p>A captain. {MORE}</p>", f"<p>A door. {MORE}</p>"),
        ("box newsletterBox", "<p>All the news at six.</p>", "<p>All the news at nine.</p>"),
        ("c-newsletter-modal__header", "", "<h3>All the news</h3><p>Thousands of people have it every day.</p>"),
        ("c-newsletter-widget", "", "<h3>All the news</h3><p>Thousands of people have it every day.</p>"),
        ("idgNewsLetterTeaser", "", "<h3>All the news</h3><p>Thousands of people have it every day.</p>"),
        ("SignupNewsletter", "", "<p>All the news at six.</p>"),
        ("user-menu", "<a href=/login>Sign in</a>", "<span>Hello, Ann</span><a href=/logout>Log out</a>"),
        ("userMenu", "<a href=/login>Sign in</a>", "<span>Hello, Ann</span><a href=/logout>Log out</a>"),
        ("old-browser-note", "", "<p>Your browser is from another time. Please choose a newer one.</p>"),
        ("oldBrowser", "", "<p>Your browser is from another time. Please choose a newer one.</p>"),
        ("adblocker-note", "", "<p>May we show you something all the same?</p>"),
        ("js-ad-blocker", "", "<p>May we show you something all the same?</p>"),
        ("site_adBlocker", "", "<p>May we show you something all the same?</p>"),
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
    "name",
    [
        "shareCapital", "bylineComments", "byline-comments", "accountability", "barMenus", "voteShare", "voterShare",
        "incomeShare", "modalShare", "shareOfVote", "taxMeter", "electricMeter", "socialWork", "promotedStaff",
        "nameTags", "govComments", "adText", "kFzxAd", "sc-bZQToc jvSkip", "xkNav", "relatedParties", "postalCode",
        "userStories", "relatedCosts", "openComments", "newsletterOfTheYear", "road-blocker", "roadBlocker",
        "household-browser", "phoneSignals", "post tag-adblocker", "post category-old-browser",
        "topic-adblocker", "post tag-best-adblocker", "post_tag-adblocker", "section-adblocker",
        "post-topics-old-browser", "news_section_adblocker",
    ],
)  # fmt: skip
def test_a_name_that_only_begins_or_ends_as_that_of_a_frame_is_of_the_content(name):
    part = f"<div class='{name}'><p>12 boats</p></div>"

    assert became(page(part + STORY), page(part.replace("12", "17") + STORY)) == "changed"
