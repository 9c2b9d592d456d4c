from collections.abc import Iterator

import pytest

from stories.text.judge import Copy, judge_page

ADDRESS = "https://post.example/news/gate"
NAVIGATION = (
    "<header><a href=/>Harbour Post</a></header><nav><a href=/news>News</a><a href=/sport>Sport</a></nav>"
)
PARAGRAPHS = (
    "The harbour authority said on Monday that the northern gate would stay open through the winter season.",
    "Ferries will run every forty minutes, and fees rise by 3.5 per cent from the first of March next year.",
    "Residents had asked for a second crossing, which the council rejected by 52 votes to 31 after a debate.",
    "The director said the budget would not be touched before an independent audit had been completed.",
)
STORY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(
    story: str = STORY,
    *,
    title: str = "Gate stays open | Harbour Post",
    heading: str = "Gate stays open",
    navigation: str = NAVIGATION,
    after: str = "",
) -> str:
    return (
        f"<!doctype html><html><head><title>{title}</title><script>n=1</script></head><body>{navigation}"
        f"<main><h1>{heading}</h1>{story}</main>{after}<footer><p>© 2024 Harbour Post</p></footer></body></html>"
    )


def copy_of(markup: str, **facts) -> Copy:
    told = {"content_type": "text/html", "status": 200, "url": ADDRESS, "final_url": ADDRESS} | facts
    return Copy(markup.encode(), **told)


BEFORE = copy_of(page())


def judged(markup: str, **facts) -> tuple[str, str]:
    judgement = judge_page(BEFORE, copy_of(markup, **facts))
    return judgement.outcome.value, judgement.reason


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
    "heading", ["Читайте также", "En çok okunanlar", "الأكثر قراءة", "関連記事", "热门文章"]
)
def test_related_links_are_known_by_their_heading_in_other_languages(heading):
    assert became(page(after=headed(heading, READ)), page(after=headed(heading, READ_MORE))) == "noise"


def test_an_age_in_a_table_of_a_script_without_cases_is_noise():
    table = "<table><tr><td>港の門</td><td>5分前</td></tr></table>"

    assert became(page(STORY + table), page(STORY + table.replace("5分前", "2時間前"))) == "noise"


RECORD = (
    '{"generated_at": "2026-03-03T12:03:31Z", "viewCount": 1204, "request_id": "8f2a-11", "title": "The gate’s winter"'
    ', "north": "open", "south": "shut", "valid_until": "2026-03-03T12:00:00Z", "berths": 31}'
)


def kept_as(content_type: str, before: str, after: str) -> str:
    return judge_page(
        copy_of(before, content_type=content_type), copy_of(after, content_type=content_type)
    ).outcome.value


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12:03:31Z", "14:10:02Z"),
        ('"viewCount": 1204', '"viewCount": 1310'),
        ("8f2a-11", "9c3d-77"),
        ("’", "'"),
    ],
)
def test_what_json_tells_of_its_own_answer_and_typography_are_noise(old, new):
    assert kept_as("application/json", RECORD, RECORD.replace(old, new)) == "noise"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12:00:00Z", "13:00:00Z"),
        (": 31", ": 32"),
        ('"open", "south": "shut"', '"shut", "south": "open"'),
        ("winter", "summer"),
    ],
)
def test_what_json_tells_of_its_matter_is_a_change(old, new):
    assert kept_as("application/json", RECORD, RECORD.replace(old, new)) == "changed"


def test_members_of_json_in_another_order_say_the_same():
    turned = '{"berths": 31, "south": "shut", "north": "open", "title": "The gate’s winter", "a": ["b", "c"]}'
    record = '{"a": ["b", "c"], "title": "The gate’s winter", "north": "open", "south": "shut", "berths": 31}'

    assert kept_as("application/json", record, turned) == "noise"
    assert kept_as("application/json", record, turned.replace('"b", "c"', '"c", "b"')) == "changed"


def test_times_told_of_each_thing_in_json_are_its_matter():
    record = (
        '[{"timestamp": "2026-03-03T12:03:31Z"}, {"timestamp": "2026-03-04T12:03:31Z"}, {"name": "Gate"}]'
    )

    assert kept_as("application/json", record, record.replace("03T12", "03T13")) == "changed"


@pytest.mark.parametrize("content_type", ["text/plain", "text/markdown"])
def test_typography_order_and_clocks_of_plain_text_are_noise(content_type):
    text = "\n\n".join([*PARAGRAPHS, "The authority’s gate.", "Generated 2026-03-03 12:03:31"])
    later = text.replace("’", "'").replace("12:03:31", "14:10:02")

    assert kept_as(content_type, text, later) == "noise"
    assert kept_as(content_type, text, "\n\n".join(reversed(text.split("\n\n")))) == "noise"
    assert kept_as(content_type, text, later.replace("would not", "would")) == "changed"


def test_a_plain_text_cut_amid_a_line_is_truncated():
    before = copy_of("\n".join(PARAGRAPHS), content_type="text/plain")
    after = copy_of("\n".join(PARAGRAPHS)[:250], content_type="text/plain")

    assert judge_page(before, after).reason == "truncated"


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


@pytest.mark.parametrize(
    ("date", "age"),
    [
        ("14:05", "3 minutes ago"),
        ("Published 3 June 2024, 14:05", "Published 2 hours ago"),
        ("By Ann Lee · 3 June 2024", "By Ann Lee · 2 days ago"),
        ("03.06.2024", "vor 2 Tagen"),
    ],
)
def test_a_date_that_becomes_an_age_and_back_is_noise(date, age):
    dated, aged = copy_of(page(f"<p>{date}</p>{STORY}")), copy_of(page(f"<p>{age}</p>{STORY}"))

    assert judge_page(dated, aged).outcome.value == "noise"
    assert judge_page(aged, dated).outcome.value == "noise"


def test_another_time_of_opening_beside_an_age_is_a_change():
    before = copy_of(page(f"<p>1 hour ago</p>{STORY}<p>Opens 19:30</p>"))
    after = copy_of(page(f"<p>2 hours ago</p>{STORY}<p>Opens 20:30</p>"))

    assert judge_page(before, after).outcome.value == "changed"


READ = "<li>Storm closes the pier <b>1,204</b><li>Mayor opens a school <b>900</b>"
READ_MORE = "<li>Storm closes the pier <b>1,310</b><li>Fares of ferries rise in May <b>950</b>"
COMMENT = "<p>I agree with the director on this one.</p>"
COMMENTS = COMMENT + "<article><p>The ferry is never on time, so why pay more?</p></article>" * 20


def became(before: str, after: str) -> str:
    return judge_page(copy_of(before), copy_of(after)).outcome.value


def headed(heading: str, items: str, element: str = "section") -> str:
    return f"<{element}><h2>{heading}</h2><ol>{items}</ol></{element}>"


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


def cards(*titles: str) -> str:
    return "".join(
        f"<div><h4><a href=/{title}>{title}</a></h4><p>What {title} means to us.</p></div>"
        for title in titles
    )


@pytest.mark.parametrize(
    "label",
    [
        "<p>Most read</p>",
        "<strong>Related stories</strong>",
        "<div class=a1><span>You may also like</span></div>",
        "<h3>More from the Harbour Post</h3>",
        "<p>Advertisement</p>",
    ],
)
@pytest.mark.parametrize("place", ["<article>{}{}</article>", "{}{}"])
def test_a_box_of_other_stories_is_known_by_the_line_that_it_begins_with(label, place):
    before, after = (f"<div>{label}{cards(*titles)}</div>" for titles in (("Snow", "Fog"), ("Fog", "Hail")))

    assert became(page(place.format(STORY, before)), page(place.format(STORY, after))) == "noise"


@pytest.mark.parametrize(
    "label",
    [
        "<p>Most read books: 12</p>",
        "<p>Related costs</p>",
        "<div><p>Advertisement</p></div>",
        "<h3>Jobs</h3>",
    ],
)
def test_a_box_whose_first_line_only_looks_like_such_a_label_is_content(label):
    box = f"<div>{label}<p>Fees: 30 euros</p></div>"

    assert became(page(STORY + box), page(STORY + box.replace("30", "40"))) == "changed"


def test_an_advertisement_under_a_heading_has_a_link_of_its_own():
    box = "<div><h3>Anzeige</h3><a href=/b>Boats</a><p>Two for the price of one.</p></div>"

    assert became(page(), page(STORY + box)) == "noise"


@pytest.mark.parametrize(
    "heading",
    [
        "More from the Harbour Post",
        "More in World",
        "Mehr aus Hamburg",
        "Plus d’articles de Ann Lee",
        "Más noticias de Bilbao",
    ],
)
def test_a_heading_that_has_more_of_the_site_names_a_box_of_links(heading):
    links = "<ul><li><a href=/s>Snow closes the pass</a></li><li><a href=/f>Fog on the river</a></li></ul>"
    box = f"<div><h3>{heading}</h3>{links}</div>"

    assert became(page(STORY + box), page(STORY + box.replace("Fog on", "Ice on"))) == "noise"


@pytest.mark.parametrize(
    "heading",
    [
        "Más de 300 heridos",
        "Plus de trois blessés",
        "Mehr von allem",
        "More in 2025 than before",
        "More in common",
    ],
)
def test_a_heading_that_says_how_much_more_names_a_part_of_the_story(heading):
    links = "<ul><li><a href=/p>La policía</a></li><li><a href=/h>El hospital</a></li></ul>"
    part = f"<section><h2>{heading}</h2><p>La policía contó 4 muertos.</p>{links}</section>"

    assert became(page(STORY + part), page(STORY + part.replace("4 muertos", "9 muertos"))) == "changed"


@pytest.mark.parametrize("before", ["Police", "Police and <b>others</b>"])
def test_a_part_of_the_story_with_links_amid_its_sentences_is_no_box_of_links(before):
    told = f"<p>{before} <a href=/p>told</a> of 4 dead, <b><a href=/h>doctors</a></b> of more.</p>"
    part = f"<section><h2>More from the hospital</h2>{told}</section>"

    assert became(page(STORY + part), page(STORY + part.replace("4 dead", "9 dead"))) == "changed"


@pytest.mark.parametrize(
    "heading", ["Anuncio", "Annonce", "Promoted", "PR", "Advertising", "Publicité", "Anzeige"]
)
def test_a_heading_that_advertises_in_another_sense_names_a_part_of_the_story(heading):
    part = f"<div><h3>{heading}</h3><p>El puente cierra el 4 de junio.</p></div>"

    assert became(page(STORY + part), page(STORY + part.replace("4 de", "5 de"))) == "changed"


@pytest.mark.parametrize(
    "label", ["READ MORE:", "<b>Related:</b>", "Lire aussi :", "Lesen Sie auch:", "Tags:", "Previous:"]
)
def test_the_words_of_a_link_behind_a_label_that_leads_on_may_be_edited(label):
    before = f"<p>{label} <a href=/s>Storm shuts the old pier</a></p>"

    assert became(page(STORY + before), page(STORY + before.replace("old", "upper"))) == "noise"


def test_what_stands_in_main_beside_the_article_of_the_title_is_beside_the_content():
    main = f"<main><article><h1>Gate</h1>{STORY}</article><aside>{headed('Latest news', READ)}</aside></main>"

    assert became(main, main.replace("opens a school", "opens a pool")) == "noise"
    assert became(main, main.replace("52 votes", "53 votes")) == "changed"


@pytest.mark.parametrize(
    "main",
    [
        "<article><header><h1>Gate</h1></header></article><div class=body>{}</div>",
        "<article><p>A column.</p></article><article><h1>Gate</h1></article><div>{}</div>",
    ],
)
def test_what_stands_beside_an_article_that_has_but_the_title_is_content(main):
    before = (
        f"<main>{main.format(STORY + '<div class=testimonials><p>Witness counted 4 boats.</p></div>')}</main>"
    )

    assert became(before, before.replace("4 boats", "9 boats")) == "changed"


def test_many_comments_beside_the_article_of_the_title_are_beside_the_content():
    main = f"<main><article><h1>Gate</h1>{STORY}</article><section class=comments>{{}}</section></main>"

    assert became(main.format(COMMENTS), main.format(COMMENTS + "<p>Nor do I.</p>")) == "noise"


OLD_HEAD = "<h1><a href=/news/gate>Gate stays open</a></h1><p class=byline><a href=/ann>Ann Lee</a></p>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Gate stays open</a>", "Council shuts the ferry</a>"),
        ("Ann Lee", "Bo Ek"),
        ("class=byline><a href=/ann>Ann Lee", "><a rel=author href=/bo>Bo Ek"),
    ],
)
def test_a_headline_and_a_byline_that_are_links_are_content(before, after):
    assert became(page(OLD_HEAD + STORY), page(OLD_HEAD.replace(before, after) + STORY)) == "changed"


def test_a_page_of_an_author_has_links_all_the_same():
    lists = [
        f"<div class=author-page><ul><li><a href=/1>{headline}</a></ul>{STORY}</div>"
        for headline in ("Snow in the hills", "A museum burns down")
    ]

    assert became(*map(page, lists)) == "noise"


def test_the_headlines_and_authors_of_other_stories_are_links():
    others = [
        f"<article><h3><a href=/1>{headline}</a></h3><p class=byline><a href=/2>{author}</a></p></article>"
        for headline, author in (("Snow in the hills", "Cy Ito"), ("A museum burns down", "Di Rossi"))
    ]

    assert became(*(page(OLD_HEAD + STORY, after=other) for other in others)) == "noise"


def test_the_caption_of_media_that_are_related_to_a_story_is_content():
    media = "<div class=related-media><img src=1.jpg><p>The gate on 4 May. Picture: Ann Lee</p></div>"

    assert became(page(media + STORY), page((media + STORY).replace("4 May", "5 May"))) == "changed"


RELATED_MEDIA = (
    "<div class='story related-media'><div class=photo><p>The gate on 4 May. Picture: Ann Lee</p></div>"
    "<ul><li><a href=/1>{}</a></li></ul></div>"
)


def test_links_beside_the_caption_make_it_no_less_content():
    media = RELATED_MEDIA.format(NEWS[0])
    others = RELATED_MEDIA.format(NEWS[1])

    assert became(page(media + STORY), page(media.replace("4 May", "5 May") + STORY)) == "changed"
    assert became(page(media + STORY), page(others + STORY)) == "noise"


@pytest.mark.parametrize("name", ["id=read-more-content", "class='body share-text'", "class='text ad-free'"])
def test_what_holds_paragraphs_of_a_story_is_content_whatever_it_is_named(name):
    """On a page on which the rest, as the comments, is larger."""
    comments = "<p>I said so in May, and nobody listened to a word of it.</p>" * 40
    before, after = (
        f"<html><body><h1>Gate stays open</h1><p>Ferries run.</p><div {name}>{story}</div>"
        f"<div class=comments>{comments}</div></body></html>"
        for story in (STORY, STORY.replace("every forty", "every fifty"))
    )

    assert became(before, after) == "changed"


def summaries(of):
    told = (
        f"The {of} {number} was told of at some length, so that all know of what it is and why."
        for number in range(4)
    )
    return "".join(f"<p>{summary} <a href=/{of}>Read on</a></p>" for summary in told)


@pytest.mark.parametrize("name", ["recommended", "newsletter", "modal", "sponsored", "outbrain"])
def test_what_tells_less_than_the_story_is_frame_by_its_name(name):
    before, after = (
        page(STORY * 3 + f"<div class={name}>{summaries(of)}</div>") for of in ("ferry", "tunnel")
    )

    assert became(before, after) == "noise"


def test_a_wall_beside_recommended_stories_is_not_believed():
    box = f"<div class=recommended>{summaries('ferry')}</div>"
    wall = "<h2>Sign in to continue reading</h2><form><input type=password></form>"

    assert became(page(STORY * 2, after=box), page(wall, after=box)) == "blocked"


@pytest.mark.parametrize("name", ["read-more", "gallery-promo"])
def test_what_leads_nowhere_is_no_lead_to_other_stories(name):
    box = f"<div class={name}><p>The gate on 4 May. Picture: Ann Lee</p></div>"

    assert became(page(box + STORY), page((box + STORY).replace("4 May", "5 May"))) == "changed"


def test_related_stories_are_frame_with_their_summaries():
    boxes = [
        f"<div class=related><a href=/1>{headline}</a><p>{headline} and {number} people saw it.</p></div>"
        for headline, number in (("Snow in the hills", 3), ("A museum burns down", 9))
    ]

    assert became(*(page(box + STORY) for box in boxes)) == "noise"


NEWS = (
    "Snow in the hills",
    "A museum burns down",
    "Rain floods the pass",
    "A bakery opens again",
    "Bells ring",
)


def dated(*numbers: int, day: int = 1) -> str:
    """Items of a list, each with its own day below its link."""
    items = (
        f"<li><h4><a href=/{number}>{NEWS[number]}</a></h4><span><p>{day + number} May 2026</p></span></li>"
        for number in numbers
    )
    return f"<ul>{''.join(items)}</ul>"


OTHER_MENU = NAVIGATION.replace("Sport", "Weather")


@pytest.mark.parametrize("navigation", [NAVIGATION, OTHER_MENU])
@pytest.mark.parametrize(
    ("before", "after"),
    [((0, 1, 2), (3, 0, 1)), ((0, 1, 2), (3, 4, 0)), ((0, 1, 2), (1, 2, 3)), ((0, 1), (2, 3))],
    ids=["one", "two", "the oldest first", "all"],
)
def test_days_of_other_stories_come_at_one_end_as_others_go_at_the_other(before, after, navigation):
    new = page(STORY + dated(*after), navigation=navigation)

    assert became(page(STORY + dated(*before)), new) == "noise"


@pytest.mark.parametrize("navigation", [NAVIGATION, OTHER_MENU])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((0, 1), (2, 0, 1)),
        ((0, 1, 2), (0, 1)),
        ((0, 1, 2), (0, 3, 2)),
        ((0, 1, 2), (0, 1, 3)),
        ((0, 1, 2), (3, 0, 2)),
    ],
    ids=["grows", "shrinks", "in the middle", "in place of the last", "one taken out of the middle"],
)
def test_a_list_of_which_items_come_or_go_by_themselves_is_a_record(before, after, navigation):
    new = page(STORY + dated(*after), navigation=navigation)

    assert became(page(STORY + dated(*before)), new) == "changed"


def test_a_link_below_a_list_that_leads_to_all_of_it_is_none_of_its_items():
    before, after = (
        page(STORY + dated(*numbers).replace("</ul>", "<li><a href=/all>All news</a></li></ul>"))
        for numbers in ((0, 1, 2), (3, 0, 1))
    )

    assert became(before, after) == "noise"


def test_a_day_beside_a_link_that_stays_is_content():
    assert became(*(page(STORY + dated(0, 1, day=day)) for day in (1, 2))) == "changed"


def test_days_in_a_table_of_links_are_content():
    row = "<tr><td><a href=/1>{}</a></td><td>{} May 2026</td></tr>"
    rows = f"<table>{row}<tr><td><a href=/2>Fees</a></td></tr></table>"

    assert became(page(rows.format(NEWS[0], 4)), page(rows.format(NEWS[1], 5))) == "changed"


def led_to_by(before: str) -> Iterator[str]:
    """A page that names no content, on two days."""
    for day in (4, 5):
        yield f"<html><body><p>{day} May 2026</p>{before}<h1>Gate stays open</h1>{STORY}</body></html>"


def list_of_links(links: int, address: str = "/") -> str:
    return "".join(f"<li><a href={address}{number}>Part {number}</a></li>" for number in range(links))


def test_the_day_above_the_menu_of_a_page_that_names_no_content_is_todays():
    assert became(*led_to_by(f"<ul>{list_of_links(30)}</ul>")) == "noise"


@pytest.mark.parametrize(
    "before",
    [
        f"<ul>{list_of_links(3)}</ul>",
        STORY * 8,
        f"<ul>{list_of_links(30)}</ul><p>{PARAGRAPHS[0]}</p>",
        f"<ul>{list_of_links(30, '#part-')}</ul>",
        f"<ul>{list_of_links(12)}</ul>" + "<p>Boats wait.</p>" * 14,
    ],
    ids=["few links", "a story", "a paragraph", "contents", "more lines than links"],
)
def test_a_day_above_anything_but_a_menu_is_that_of_the_story(before):
    assert became(*led_to_by(before)) == "changed"


OFFER = (
    "<div><h2>Work better together</h2><p>Start with the free plan, and stay as long as you like.</p></div>"
)
OTHER_OFFER = "<div><h2>Bring your team along</h2><p>Talk to sales about what it costs for a crew.</p></div>"


def test_what_stands_outside_of_main_is_noise():
    assert became(page(after=OFFER), page(after=OTHER_OFFER)) == "noise"
    assert became(page(navigation=OFFER), page()) == "noise"


def test_what_a_page_skips_to_past_its_menu_is_its_main_content_too():
    skips = f"<a href=#text>Skip</a>{{}}<div id=text><h1>Gate</h1>{STORY}</div>"
    elsewhere = skips.replace("#text", "#fees")

    assert became(skips.format(OFFER), skips.format(OTHER_OFFER)) == "noise"
    assert became(elsewhere.format(OFFER), elsewhere.format(OTHER_OFFER)) == "changed"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Not with the title, and not half of what is told.
        (f"<h1>Gate</h1>{OFFER}<main>{STORY}</main>", f"<h1>Gate</h1>{OTHER_OFFER}<main>{STORY}</main>"),
        (f"<main><h1>Gate</h1></main>{STORY}{OFFER}", f"<main><h1>Gate</h1></main>{STORY}{OTHER_OFFER}"),
        (f"<h1>Gate</h1>{STORY}{OFFER}", f"<h1>Gate</h1>{STORY}{OTHER_OFFER}"),
        (page(), page(after="<p>Correction: an earlier version of this story had the wrong fee.</p>")),
        (page(), page(after="<p>Rectificatif le 7 mai : le pont est à Serves.</p>")),
        (page(), page(after="<p>Diese Meldung wurde zurückgezogen.</p>")),
        (page(), page(after="<p>This story was updated to add what the crews say.</p>")),
        (page(), page(after="<p>In einer früheren Fassung stand ein anderes Jahr.</p>")),
        (page(), page(after="<p>Una versión anterior daba otro año.</p>")),
        # It stays there, and was edited.
        (page(after="<ul><li>Dead: 12</ul>"), page(after="<ul><li>Dead: 14</ul>")),
        (
            page(navigation="<p>The gate may close soon</p>"),
            page(navigation="<p>The gate will close soon</p>"),
        ),
        (
            page(after="<p>The board meets again on 4 March.</p>"),
            page(after="<p>The board meets again on 9 March.</p>"),
        ),
        (page(after="<table><tr><td>Fee<td>30</table>"), page(after="<table><tr><td>Fee<td>40</table>")),
        (page(after=f"<p>{' '.join(PARAGRAPHS)}</p>"), page(after=f"<p>{' '.join(PARAGRAPHS[:3])}</p>")),
    ],
)
def test_what_stands_beside_main_may_be_of_the_story_all_the_same(before, after):
    assert became(before, after) == "changed"


def test_tags_that_are_links_amid_a_line_are_noise():
    before = "<footer><span class=tags-links>Tagged <a href=/b>bridges</a></span></footer>"
    after = before.replace("</a>", "</a>, <a href=/r>roads</a>")

    assert became(page(STORY + before), page(STORY + after)) == "noise"


BYLINE = "<div><span>Posted <b>4 March 2026</b></span> <span>by <a href=/lee>Ann Lee</a></span> <span>{}</span></div>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BYLINE.format("4 Comments"), BYLINE.format("9 Comments")),
        (
            BYLINE.format("<i>1,204 views</i> <i>3 min read</i>"),
            BYLINE.format("<i>1,388 views</i> <i>4 min read</i>"),
        ),
        (
            "<div><span>By <a href=/lee>Ann Lee</a>, harbour correspondent</span><span>2 hours ago</span></div>",
            "<div><span>By <a href=/lee>Ann Lee</a>, harbour correspondent</span><span>5 hours ago</span></div>",
        ),
        (
            "<div><span>Ann Lee, Harbour Post in old Holm</span><span>2 hours ago</span><b class=comments>4</b></div>",
            "<div><span>Ann Lee, Harbour Post in old Holm</span><span>4 March</span><b class=comments>9</b></div>",
        ),
        (
            "<p>Ann Lee, harbour correspondent in Holm · 4 March · 12 comments</p>",
            "<p>Ann Lee, harbour correspondent in Holm · 4 March · 15 comments</p>",
        ),
    ],
)
def test_counts_and_ages_in_a_row_of_labels_are_noise(before, after):
    assert became(page(before + STORY), page(after + STORY)) == "noise"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BYLINE.format("4 Comments"), BYLINE.format("4 Comments").replace("4 March", "5 March")),
        (BYLINE.format("4 Comments"), BYLINE.format("9 Comments").replace("Ann Lee", "Ann Leigh")),
        ("<p>Hearing on the gate · today 10:00</p>", "<p>Hearing on the gate · today 14:00</p>"),
        (
            "<div><span>Hearing</span><span>4 March</span><span>2 days ago</span></div>",
            "<div><span>Hearing</span><span>5 March</span><span>1 day ago</span></div>",
        ),
        (
            "<table><tr><td><b>Of whom lives by the northern gate</b> <i>12 comments</i></table>",
            "<table><tr><td><b>Of whom lives by the northern gate</b> <i>15 comments</i></table>",
        ),
        (
            "<p>The harbour and its council had <b>12 comments</b> on the <i>draft</i>, which were heard.</p>",
            "<p>The harbour and its council had <b>15 comments</b> on the <i>draft</i>, which were heard.</p>",
        ),
    ],
)
def test_what_else_changes_in_a_row_or_between_words_is_a_change(before, after):
    assert became(page(before + STORY), page(after + STORY)) == "changed"


CARD = "<div class=item><a href=/{0}><h3>{1}</h3></a><p>{2}</p></div>"
STORY_APART = f"<title>Gate</title><div><h1>Gate</h1>{STORY}</div>"


def test_what_is_told_of_another_story_goes_with_its_headline():
    before = STORY_APART + CARD.format(1, "Lock is drained", "Fish were moved to the basin.")
    after = STORY_APART + CARD.format(2, "Mayor steps down", "Her deputy takes over for now.")

    assert became(before, after) == "noise"


@pytest.mark.parametrize(
    "after",
    [
        STORY_APART + CARD.format(1, "Lock is drained", "Fish were left in the basin."),
        STORY_APART.replace("fees", "fares")
        + CARD.format(1, "Lock is drained", "Fish were moved to the basin."),
    ],
)
def test_what_changes_under_a_headline_that_stays_is_a_change(after):
    before = STORY_APART + CARD.format(1, "Lock is drained", "Fish were moved to the basin.")

    assert became(before, after) == "changed"


def test_what_is_told_under_a_link_of_the_story_is_content():
    before = (
        f"<div><h1>Gate</h1>{STORY}{CARD.format(1, 'Annual report', 'The harbour lost 3 million.')}</div>"
    )
    after = f"<div><h1>Gate</h1>{STORY}{CARD.format(2, 'Notes on fees', 'The harbour made 2 million.')}</div>"

    assert became(before, after) == "changed"


def test_a_card_that_comes_for_none_that_goes_is_a_change():
    card = CARD.format(1, "Report on the lock", "The lock leaks, an engineer found.")

    assert became(STORY_APART, STORY_APART + card) == "changed"


def test_a_record_of_links_with_their_days_on_one_line_grows():
    rows = [f"<li><a href=/{number}>{NEWS[number]}</a> {number + 1} May 2026</li>" for number in range(4)]
    before, after, rolled = (
        page(f"{STORY}<ul>{''.join(some)}</ul>")
        for some in (rows[:3], rows[3:] + rows[:3], rows[3:] + rows[:2])
    )

    assert became(before, after) == "changed"
    assert became(before, rolled) == "noise"


@pytest.mark.parametrize(
    "line", ["<p><b>Read also</b><a href=/{0}>{1}</a></p>", "<p><a href=/{0}>{1}</a> 3 March 2026</p>"]
)
def test_a_line_of_a_link_and_its_label_or_day_leads_on(line):
    before, after = line.format(1, "Storm shuts the pier"), line.format(2, "Mayor is elected")

    assert became(page(STORY + before), page(STORY + after)) == "noise"


def test_the_day_beside_a_link_that_stays_is_a_change():
    line = "<p><a href=/1>Hearing on the gate</a> 3 March 2026</p>"

    assert became(page(STORY + line), page(STORY + line.replace("3 March", "5 March"))) == "changed"


def test_the_day_in_the_east_asian_order_is_that_of_the_present_above_the_story():
    today = "<div>2024.05.07 (화)</div>"
    before, after = (
        page(navigation=NAVIGATION * 14 + day) for day in (today, today.replace("07 (화)", "08 (수)"))
    )

    assert became(before, after) == "noise"


def test_a_band_that_calls_to_action_is_noise_beside_the_content_alone():
    band = "<section class=cta><p>Try it {}</p></section>"
    beside = [
        f"<main><article><h1>Gate</h1>{STORY}</article>{band.format(when)}</main>"
        for when in ("now", "today")
    ]
    inside = [f"<main><h1>Gate</h1>{STORY}{band.format(when)}</main>" for when in ("now", "today")]

    assert became(*beside) == "noise"
    assert became(*inside) == "changed"
