"""What of a page is unchanged, noise or a change, and which copies are not believed."""

import pytest

from stories.text.judge import judge_page
from tests.text.pages_of_a_story import (
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


def test_a_page_that_now_says_it_was_retracted_says_so_in_its_reason() -> None:
    markup = page("<p>Retraction: this story has been retracted, because its figures were wrong.</p>" + STORY)

    assert judged(markup) == ("changed", "retracted")


def test_the_same_bytes_are_unchanged_and_not_even_read():
    unreadable = copy_of(page(), content_type="image/png")

    assert judge_page(unreadable, unreadable).reason == "same_bytes"


def test_the_same_text_is_unchanged():
    assert judged(page().replace("n=1", "n=2")) == ("unchanged", "same_text")


@pytest.mark.parametrize(
    "markup",
    [
        page().replace("© 2024", "© 2025"),
        page(after="<div class=cookie-banner><p>We use cookies. Accept all or reject all.</p></div>"),
        page(after="<aside><h2>Most read</h2><ul><li><a href=/a>Council elects a mayor</a></ul></aside>"),
        page(
            after="<div class=ad-slot>Two boats for the price of one at the quayside sale this weekend.</div>"
        ),
        page(
            after="<div id=CybotCookiebotDialog><p>This site sets cookies to measure who reads it.</p></div>"
        ),
        page(
            after="<section class=more-stories><p>A captain was honoured for a rescue at sea.</p></section>"
        ),
        page(STORY + "<ins class=adsbygoogle>Two boats for the price of one this weekend.</ins>"),
        page(STORY + "<div class=meter><p>You have two stories left this month.</p></div>"),
        page(STORY + "<p>Advertisement</p>"),
        page(after="<div id=footer><p>The text is free to share under the licence of the harbour.</p></div>"),
        page(after="<div class='chat-widget open'><p>Ahoy! Ask us about the gate.</p></div>"),
        page(after="<div class=donation-banner><p>Keep the harbour news free with a gift.</p></div>"),
        page(after="<div class=breaking-news-bar><p>A storm closes the pier.</p></div>"),
        page(STORY + "<ul><li><a href=/x>Sailors fear a storm</a></ul>"),
        page(STORY + "<p>14 comments</p>"),
        page(navigation=NAVIGATION.replace("Sport", "Culture")),
        page("".join(f"<p>{paragraph}</p>" for paragraph in reversed(PARAGRAPHS))),
        page(STORY.replace("authority", "autho&shy;rity").replace(" per cent", "&nbsp;per cent")),
        page(STORY.replace("</p><p>", "<br>")),
        page(STORY.replace(", which", ",<br>which")),
    ],
)
def test_the_frame_clocks_typography_and_order_are_noise(markup):
    assert judged(markup)[0] in ("noise", "unchanged")


@pytest.mark.parametrize(
    "markup",
    [
        page().replace("52 votes", "53 votes"),
        page().replace("would not be", "would be"),
        page().replace("3.5 per", "3,5 per"),
        page(heading="Gate closes"),
        page(STORY + "<p>Correction: an earlier version gave the wrong date.</p>"),
        page(STORY + "<table><tr><td>Fee<td>30</table>"),
        page("".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:3])),
        page("<p>Editor’s note: this story has been removed because it could not be verified.</p>"),
        page(
            "<p>The council has withdrawn its plan for the gate, and the fees stay what they were for years.</p>"
            * 2
        ),
    ],
)
def test_whatever_a_reader_would_miss_is_a_change(markup):
    assert judged(markup) == ("changed", "content")


def test_a_link_of_the_story_whose_words_were_edited_is_a_change():
    before = copy_of(page(STORY + "<p><a href=/r.pdf>The report for 2023 (PDF)</a></p>"))
    after = copy_of(page(STORY + "<p><a href=/r.pdf>The report for 2024 (PDF)</a></p>"))

    assert judge_page(before, after).outcome == "changed"


@pytest.mark.parametrize(
    ("markup", "outcome", "reason"),
    [
        (page("<p>Sorry.</p>", title="Page not found", heading="Oops"), "gone", "soft_404"),
        (page("<p>This story is no longer available.</p>", heading="Oops"), "gone", "soft_404"),
        (
            page(
                "".join(
                    f"<p><a href=/{n}>A story with a long headline, number {n}</a></p>" for n in range(60)
                ),
                title="404",
            ),
            "gone",
            "soft_404",
        ),
        ("<title>Just a moment...</title><p>Verify you are human.</p>", "blocked", "challenge"),
        (
            "<h1>We value your privacy</h1><p>Our partners</p><button>Accept all</button>",
            "blocked",
            "consent",
        ),
        (page("<h2>Log in to read on</h2><p>One euro a week.</p>"), "blocked", "sign_in"),
        (page("<p>Something went wrong.</p>", heading="Error"), "failed", "error_page"),
        (page("", heading=""), "failed", "shell"),
        (page()[: len(page()) // 2], "failed", "truncated"),
        (page()[: page().index("<p>Residents")], "failed", "truncated"),
        (" ", "failed", "empty"),
    ],
)
def test_a_copy_that_has_lost_its_text_says_why_it_is_not_believed(markup, outcome, reason):
    assert judged(markup) == (outcome, reason)


TEASERS = "".join(
    f"<p><a href=/{n}>Harbour news with a rather long headline, number {n}</a></p>" for n in range(12)
)


@pytest.mark.parametrize(
    "said", ["Sorry, this page is no longer available.", "Dieser Artikel ist nicht mehr verfügbar."]
)
def test_a_story_whose_place_links_to_other_stories_have_taken_is_gone(said):
    assert judged(page(f"<p>{said}</p>{TEASERS}", heading="Oops")) == ("gone", "soft_404")


def test_another_text_in_the_place_of_a_story_may_speak_of_what_walls_speak_of():
    other = (
        "<p>Chemists at the pier have had the vaccine since Monday, and doctors give it free of charge to all.</p>"
        "<p>Whoever is older than sixty, or often ill, is asked to come first: a letter tells them their day.</p>"
        "<p>A second shot follows after four weeks, says the ministry, which bought ten million of them.</p>"
    )

    assert judged(page(other, heading="The new vaccine in your region")) == ("changed", "content")
    assert judged(page("<p>Try the news.</p>", heading="Not available in your region")) == (
        "blocked",
        "legal_reasons",
    )


def test_a_short_text_in_a_script_without_spaces_is_no_empty_shell():
    assert judged(page("<p>診療所は五月まで休診いたします。</p>", heading="お知らせ")) == (
        "changed",
        "content",
    )


@pytest.mark.parametrize(
    "button", ["<button>Accept</button>", "<a class='btn'>OK</a>", "<button>Aceptar</button>"]
)
@pytest.mark.parametrize("place", ["after", "navigation"])
def test_a_box_without_a_name_that_asks_to_accept_cookies_is_noise(place, button):
    box = f"<div class=x9f><h3>You decide</h3><p>We use cookies to see who comes.</p>{button}</div>"

    assert judged(page(**{place: box if place == "after" else NAVIGATION + box})) == ("noise", "frame")


@pytest.mark.parametrize(
    "policy",
    [
        "<div><p>We set cookies for 30 days.</p></div>",
        "<div class=cookie-policy><p>We set cookies for 30 days.</p></div>",
        "<div><p>We set cookies for 30 days. See our <a href=/u>acceptable use policy</a>.</p></div>",
        "<div class=market-share><p>Ferries carry 30 % of the goods.</p></div>",
        "<div class=public-comments><p>The agency received 30 objections.</p></div>",
        "<div class=recommended-dose><p>Adults take 30 mg a day.</p></div>",
        "<div class=live-ticker><p>12:03 The port closes 30 gates.</p></div>",
        "<div class='related-parties'><p>Loans to directors: 30 million</p></div>",
        "<div class=footer><p>Correction: the fee is 30 euros.</p></div>",
        "<div id=ad-hoc><p>The harbour company expects a loss of 30 million.</p></div>",
    ],
)
def test_content_whose_name_or_words_only_look_like_those_of_a_frame_is_believed(policy):
    assert became(page(STORY + policy), page(STORY + policy.replace("30", "60"))) == "changed"


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        ("<p>Goals 5 10</p>", "<p>Goals 51 0</p>", "changed"),
        ("<p>Goals 5 10</p>", "<p>Goals 510</p>", "changed"),
        ("<p>Goals 5 10</p>", "<p>Goals</p><p>5</p><p>10</p>", "noise"),
        ("<p>They saved 3 000 euros</p>", "<p>They saved 3000 euros</p>", "noise"),
        ("<p>They saved it on line</p>", "<p>They saved it on</p><p>line</p>", "noise"),
    ],
)
def test_a_space_between_figures_parts_them_unless_it_parts_thousands(before, after, outcome):
    assert became(page(STORY + before), page(STORY + after)) == outcome


@pytest.mark.parametrize(
    "heading", ["Читайте также", "En çok okunanlar", "الأكثر قراءة", "関連記事", "热门文章"]
)
def test_related_links_are_known_by_their_heading_in_other_languages(heading):
    assert became(page(after=headed(heading, READ)), page(after=headed(heading, READ_MORE))) == "noise"


def test_an_age_in_a_table_of_a_script_without_cases_is_noise():
    table = "<table><tr><td>港の門</td><td>5分前</td></tr></table>"

    assert became(page(STORY + table), page(STORY + table.replace("5分前", "2時間前"))) == "noise"


def test_a_permanent_redirect_is_told_once():
    moved = {"final_url": "https://post.example/2024/gate", "is_permanent_redirect": True}

    assert judged(page(), **moved) == ("moved", "permanent_redirect")
    assert judge_page(copy_of(page(), **moved), copy_of(page(), **moved)).outcome == "unchanged"


def test_a_copy_read_already_is_not_read_again():
    known = copy_of(page()).extract
    before = copy_of(page(), known_extract=known)

    assert judge_page(before, copy_of("<!-- 2 -->" + page(), known_extract=known)).reason == "same_text"


def test_one_word_in_a_long_text_is_a_change():
    text = "".join(f"Berth {n} is let to a crew until the spring.\n" for n in range(20_000))
    before = copy_of(text, content_type="text/plain")

    reworded = judge_page(
        before, copy_of(text.replace("Berth 9000 is", "Berth 9000 was"), content_type="text/plain")
    )
    same = judge_page(before, copy_of(text + "\n", content_type="text/plain"))

    assert (reworded.outcome, same.outcome) == ("changed", "unchanged")


TABLE = "<table><tr><td>North quay</td><td>31</td></tr><tr><td>South quay</td><td>29</td></tr></table>"


def test_figures_that_change_places_in_a_table_are_a_change():
    swapped = TABLE.replace("31", "x").replace("29", "31").replace("x", "29")

    judgement = judge_page(copy_of(page(STORY + TABLE)), copy_of(page(STORY + swapped)))

    assert judgement.outcome.value == "changed"


def test_rows_that_change_places_are_noise():
    rows = TABLE[len("<table>") : -len("</table>")].split("</tr>")
    moved = "<table>" + "</tr>".join([rows[1], rows[0], ""]) + "</table>"

    assert judge_page(copy_of(page(STORY + TABLE)), copy_of(page(STORY + moved))).outcome.value == "noise"


LINE = "<p>The director resigned on Monday.</p>"


def test_a_line_that_leaves_the_content_for_the_frame_or_comes_from_there_is_a_change():
    told, in_menu = page(LINE + STORY), page(STORY, after=f"<nav>{LINE}</nav>")

    assert (became(told, in_menu), became(in_menu, told)) == ("changed", "changed")


def test_a_line_that_changes_places_within_the_content_or_the_frame_is_noise():
    menu = "<nav><p>News</p><p>Sport</p></nav>"
    turned = "<nav><p>Sport</p><p>News</p></nav>"

    assert became(page(LINE + STORY, after=menu), page(STORY + LINE, after=turned)) == "noise"


LINKED = "<a href=/1>that he took money from the ferry company</a>", "<a href=/2>that the deal was secret</a>"


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    (
        ("Lee denies {} and {}", "Lee admits {} and {}", "changed"),
        ("{} {}", "Not {} {}", "changed"),
        ("Not {} {}", "{} {}", "changed"),
        ("{} · {}", "{} | {}", "noise"),
        ("{} {}", "{} {} (3)", "noise"),
    ),
)
def test_a_word_beside_links_that_stay_is_a_change_and_a_mark_or_a_count_that_came_is_none(
    before, after, outcome
):
    assert became(*(page(f"{STORY}<p>{row.format(*LINKED)}</p>") for row in (before, after))) == outcome


def test_a_name_that_one_of_two_links_of_a_row_no_longer_tells_is_a_change():
    row = "<p><a href=/lee>Ann Lee, lee@post.example</a> By <a href=/lee>Ann Lee, lee@post.example</a></p>"

    assert became(page(STORY + row), page(STORY + row.replace("Ann", "Marlow", 1))) == "changed"


def test_a_day_beside_an_age_is_of_something_else():
    before, after = (
        f"{STORY}<p>Hearing on {day} March. {age} hours ago</p>" for day, age in ((4, 2), (9, 3))
    )

    assert became(page(before), page(after)) == "changed"
    assert became(page(before), page(before.replace("2 hours", "3 hours"))) == "noise"
