"""What stands outside of the main content, in rows of labels and on cards of other stories."""

import pytest

from tests.text.pages_of_a_story import NAVIGATION, NEWS, PARAGRAPHS, STORY, became, page

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


@pytest.mark.parametrize("element", ["<div id=content>", "<div id=inhalt>", "<article>"])
def test_what_was_named_main_before_there_was_an_element_for_it_is_so_too(element):
    beside = f"<body>{{}}{element}<h1>Gate</h1>{STORY}</{element[1:].split()[0].rstrip('>')}>"

    assert became(beside.format(OFFER), beside.format(OTHER_OFFER)) == "noise"


def test_what_stands_above_the_head_of_its_site_is_no_page_s():
    strips = [f"<div>Crews saved {count} seals this year</div>" for count in ("1 204", "1 371")]
    above = [page(navigation=strip + NAVIGATION) for strip in strips]
    below = [page(navigation=NAVIGATION + strip) for strip in strips]
    of_the_story = [f"<title>Gate</title>{strip}<header><h1>Gate</h1></header>{STORY}" for strip in strips]

    assert became(*above) == "noise"
    assert became(*below) == "changed"
    assert became(*of_the_story) == "changed"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Not with the title, and not half of what is told.
        (f"<h1>Gate</h1>{OFFER}<main>{STORY}</main>", f"<h1>Gate</h1>{OTHER_OFFER}<main>{STORY}</main>"),
        (f"<main><h1>Gate</h1></main>{STORY}{OFFER}", f"<main><h1>Gate</h1></main>{STORY}{OTHER_OFFER}"),
        (f"<h1>Gate</h1>{STORY}{OFFER}", f"<h1>Gate</h1>{STORY}{OTHER_OFFER}"),
        (page(), page(after="<p>Correction: an earlier version of this story had the wrong fee.</p>")),
        (page(), page(after="<p>Rectificatif le 7 mai : le pont est à Serves.</p>")),
        (page(), page(navigation=f"<p>Correction: the fee is 3 crowns.</p>{NAVIGATION}")),
        (page(), page(after="<p>Diese Meldung wurde zurückgezogen.</p>")),
        (page(), page(after="<p>This story was updated to add what the crews say.</p>")),
        (page(), page(after="<p>In einer früheren Fassung stand ein anderes Jahr.</p>")),
        (page(), page(after="<p>Una versión anterior daba otro año.</p>")),
        (page(), page(after="<p>Update: the hearing was moved to Friday.</p>")),
        (page(after="<p>Disclosure: Ann Lee has shares in the ferry.</p>"), page()),
        (page(after="<div class=byline>Ann Lee</div>"), page(after="<div class=byline>Bo Karlsson</div>")),
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


def test_of_a_row_of_links_each_comes_and_goes_by_itself():
    row = "<div><a href=/a>{0}</a><a href=/b>{1}</a><a href=/c>{2}</a></div>"
    before = page(STORY + row.format(NEWS[0], NEWS[1], "Fees of 2024"))
    other = page(STORY + row.format(NEWS[0], NEWS[2], "Fees of 2024"))

    assert became(before, other) == "noise"
    assert became(before, before.replace("Fees of 2024", "Fees of 2025")) == "changed"
    beside = page(
        after="<p>The <a href=/a>gate</a> and its <a href=/b>crew</a> may close on Monday in May.</p>"
    )
    assert became(beside, beside.replace("Monday", "Friday")) == "changed"


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


TOLD = (
    "<p>Fees for the ferry rise in spring, and those for the pier stay as they are until a vote is held.</p>"
    * 5
)


def test_days_beside_links_of_any_length_or_above_them_are_those_of_a_list():
    long = "<div><a href=/{0}>{1}</a> {0} May 2026</div>"
    entry = "<dt>{0} May 2026</dt><dd><a href=/{0}>{1}</a></dd>"
    told = "<dt>{0} May 2026</dt><dd>{1}</dd>"

    def rolls(item):
        items = [item.format(number + 1, PARAGRAPHS[number]) for number in range(4)]
        before, after = (f"<dl>{''.join(some)}</dl>" for some in (items[:3], items[3:] + items[:2]))
        inside = became(page(TOLD + before), page(TOLD + after))
        return inside, became(page(TOLD, after=before), page(TOLD, after=after))

    assert rolls(long) == rolls(entry) == ("noise", "noise")
    assert rolls(told) == ("changed", "changed")


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


LATEST = "<ul><li><a href=/gate>Gate stays open</a><li><a href=/pier>Pier is painted blue</a></ul>"


def test_a_headline_that_comes_and_goes_in_a_list_of_others_stays_that_of_the_story():
    gone = LATEST.replace("<li><a href=/gate>Gate stays open</a>", "")

    assert became(page(after=LATEST), page(after=gone)) == "noise"
    assert became(page(after=gone), page(after=LATEST)) == "noise"


def test_one_of_two_lines_alike_of_the_content_is_missed_though_the_other_stays():
    before = page(STORY + "<p>North: closed</p><p>South</p><p>Closed</p><p>West</p><p>Closed</p>")

    assert became(before, before.replace("<p>West</p><p>Closed</p>", "<p>West</p>")) == "changed"
    assert became(before.replace("<p>South</p><p>Closed</p>", "<p>South</p>"), before) == "changed"


def test_a_row_of_short_links_leads_on_whatever_marks_stand_between_them():
    row = "<p><a href=/u>U.S.</a> | <a href=/tv>TV</a> | <a href=/hl>HLN</a> | {} | |</p>"
    before, after = (page(STORY + row.format(f"<a href=/{last}>{last}</a>")) for last in ("Asia", "Jobs"))

    assert became(before, after) == "noise"


def test_a_mark_that_tells_something_beside_links_is_content():
    row = "<p><a href=/a>For all</a> <a href=/c>For two</a> {}</p>"

    assert became(page(STORY + row.format("✔ ✔")), page(STORY + row.format("✘ ✘"))) == "changed"


def test_names_parted_by_commas_are_no_menu():
    row = "<p><a href=/u>US</a>, <a href=/k>UK</a>, <a href=/c>{}</a></p>"

    assert became(page(STORY + row.format("DE")), page(STORY + row.format("FR"))) == "changed"
