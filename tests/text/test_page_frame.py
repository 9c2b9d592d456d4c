"""Lists of what others read, comments, the weather, boxes that ask: the frame of a page."""

import pytest

from stories.text.judge import judge_page
from tests.text.pages_of_a_story import (
    BEFORE,
    COMMENT,
    COMMENTS,
    NAVIGATION,
    PARAGRAPHS,
    READ,
    READ_MORE,
    STORY,
    became,
    copy_of,
    headed,
    judged,
    page,
)


@pytest.mark.parametrize("element", ["section", "aside", "div"])
@pytest.mark.parametrize(
    "heading", ["Most read", "Trending:", "Popular", "Related", "Meistgelesen", "Les plus lus"]
)
def test_a_list_of_what_others_read_below_the_story_is_noise(heading, element):
    before, after = headed(heading, READ, element), headed(heading, READ_MORE, element)

    assert became(page(after=before), page(after=after)) == "noise"


def test_such_a_list_is_known_by_its_heading_where_no_element_is_named_content():
    story = f"<title>Gate</title><h1>Gate</h1>{STORY}"

    assert became(story + headed("Most read", READ), story + headed("Most read", READ_MORE)) == "noise"


@pytest.mark.parametrize(
    "heading", ["Popular", "Comments", "Latest news", "Popular vote", "Comments on the draft"]
)
def test_a_heading_that_may_be_of_the_content_is_believed_beside_it_only(heading):
    story = f"<title>Gate</title><h1>Gate</h1>{STORY}"

    assert became(story + headed(heading, READ), story + headed(heading, READ_MORE)) == "changed"


INSIDE = [
    (headed("Most read", READ), headed("Most read", READ_MORE)),
    (f"<h2>Most read</h2><ol>{READ}</ol>", f"<h2>Most read</h2><ol>{READ_MORE}</ol>"),
    ("<div>12 shares</div>", "<div>15 shares</div>"),
    ("<ul><li>128<li>Shares</ul>", "<ul><li>131<li>Shares</ul>"),
    ("<p>Shared 128 times</p>", "<p>Shared 1,131 times</p>"),
    ("<div class='share-count'>128</div>", "<div class='share-count'>131</div>"),
    (
        "<div class=stock-quotes><b>DAX</b> 18,500.20</div>",
        "<div class=stock-quotes><b>DAX</b> 18,480.10</div>",
    ),
    (
        "<section><h3>Markets</h3><table><tr><td>DAX<td>18,500.20</table></section>",
        "<section><h3>Markets</h3><table><tr><td>DAX<td>18,480.10</table></section>",
    ),
    (
        f"<section><h2>2 comments</h2>{COMMENT}</section>",
        f"<section><h2>3 comments</h2>{COMMENT}<p>Nor do I.</p></section>",
    ),
    (
        f"<section><h2>Comments</h2>{COMMENT}<form></form></section>",
        f"<section><h2>Comments</h2>{COMMENT}<p>Nor do I.</p><form></form></section>",
    ),
]


@pytest.mark.parametrize(("before", "after"), INSIDE)
def test_what_a_main_element_holds_beside_the_story_is_noise(before, after):
    assert (
        became(page(f"<article>{STORY}</article>{before}"), page(f"<article>{STORY}</article>{after}"))
        == "noise"
    )
    assert became(page(STORY + before), page(STORY + after)) == "noise"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<section><h2>Markets</h2><p>Germany: 12 stalls", "<section><h2>Markets</h2><p>Germany: 14 stalls"),
        (
            "<section><h2>Comments</h2><p>The dose was cut.",
            "<section><h2>Comments</h2><p>The dose was raised.",
        ),
        ("<ul><li>128<li>Deaths</ul>", "<ul><li>131<li>Deaths</ul>"),
        ("<table><tr><td>128<td>Shares</table>", "<table><tr><td>131<td>Shares</table>"),
        ("<p>The pier was viewed 128 times by the board.", "<p>The pier was viewed 131 times by the board."),
    ],
)
def test_what_only_looks_like_it_is_a_change(before, after):
    assert became(page(STORY + before), page(STORY + after)) == "changed"


@pytest.mark.parametrize(
    "before",
    [f"<article>{headed('Most read', READ)}</article>", headed("Comments", READ), f"<ul>{READ}</ul>"],
)
def test_a_list_inside_the_story_is_part_of_it(before):
    after = before.replace("1,204", "1,205")

    assert became(page(STORY + before), page(STORY + after)) == "changed"


def test_the_weather_beside_the_story_is_noise_and_in_it_a_change():
    cold, warm = "<div class=weather>11°C, wind 3 km/h</div>", "<div class=weather>12°C, wind 4 km/h</div>"
    alone = f"<title>Weather</title><h1>Harbour</h1>{STORY}"

    assert became(page(after=cold), page(after=warm)) == "noise"
    assert became(page(STORY + cold), page(STORY + warm)) == "changed"
    assert became(alone + cold, alone + warm) == "changed"


@pytest.mark.parametrize(
    "start",
    [
        "<div id=comments>",
        "<div class='comment-list'>",
        "<div id=disqus_thread>",
        "<div class=replies>",
        "<section><h3>Comments (3)</h3>",
        "<div><h2>3 Kommentare</h2>",
        "<section><h2>Commentaires</h2>",
    ],
)
def test_comments_below_the_story_may_grow_beyond_it(start):
    end = f"</{start[1:].partition('>')[0].split()[0]}>"

    assert became(page(after=start + COMMENT + end), page(after=start + COMMENTS + end)) == "noise"


def test_a_story_in_what_is_named_after_its_comments_is_content():
    before = f"<div class='post has-comments'>{STORY}</div><article><p>A teaser.</p></article>"

    assert became(before, before.replace("52 votes", "53 votes")) == "changed"


def test_a_clock_in_a_paragraph_hides_no_other_word_of_it():
    before = f"{STORY}<p>The gate is open, and ferries run as planned. Updated 12:03:31</p>"
    later = before.replace("12:03:31", "12:07:02")

    assert became(page(before), page(later)) == "noise"
    assert became(page(before), page(later.replace("is open", "is shut"))) == "changed"


@pytest.mark.parametrize("tag", ["del", "s", "strike"])
def test_a_sentence_that_is_struck_through_is_a_change(tag):
    struck = STORY.replace(PARAGRAPHS[1], f"<{tag}>{PARAGRAPHS[1]}</{tag}>")

    assert judged(page(struck)) == ("changed", "content")
    assert judge_page(copy_of(page(struck)), BEFORE).outcome == "changed"


@pytest.mark.parametrize(
    "heading",
    [
        "Sign up for our newsletter",
        "Unseren Newsletter abonnieren",
        "Inscrivez-vous à la newsletter",
        "Newsletter: subscribe",
    ],
)
def test_a_box_amid_the_story_that_asks_for_a_subscription_is_noise(heading):
    box = f"<div><h3>{heading}</h3><p>The harbour in your inbox, every morning at six.</p></div>"

    assert judged(page(STORY + box)) == ("noise", "frame")


def test_a_story_about_a_newsletter_is_content():
    told = "<div><h3>Who reads the newsletter</h3><p>Some 4,000 people get it every morning.</p></div>"

    assert judged(page(STORY + told)) == ("changed", "content")


SCRIPTED = "<svg><path d=''/></svg><script>for(i=0;i<n;i++){" + "x = 1; " * 700 + "}</script>"


@pytest.mark.parametrize("scripts", [SCRIPTED, f"<script>{'n = 1;' * 400_000}</script>"])
def test_the_frame_of_a_page_is_known_however_long_its_scripts_are(scripts):
    before, after = (
        page(after=scripts),
        page(navigation=NAVIGATION.replace("Sport", "Culture"), after=scripts),
    )

    assert became(before, after) == "noise"
    assert became(before, after.replace("52 votes", "53 votes")) == "changed"
