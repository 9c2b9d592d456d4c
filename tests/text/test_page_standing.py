"""What came in place of a page and shows by its title, its frame or its markup that it is none."""

import pytest

from stories.text.judge import judge_page
from stories.text.page.subject import without_names_of_site
from tests.steps import steps_of
from tests.text.pages_of_a_story import ADDRESS, BEFORE, NAVIGATION, STORY, copy_of, judged, page

ANOTHER = ("gone", "another_page")
WORKS = "<p>Cables are being laid tonight. Things resume at 6 am.</p>"
SHELL = ("failed", "shell")


def test_figures_stand_in_what_a_site_says_under_its_name_alone():
    assert judged(page(WORKS, title="Harbour Post", heading="Hello")) == SHELL
    assert judged(page(WORKS)) == ("changed", "content")


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Fees | The Harbour Post of Holm", "Fees"),
        # The headline says it otherwise: the host is named after its site.
        ("Fees | Post Example", "What the ferry costs"),
        ("料金｜ホルム港新聞社", "料金"),
    ],
)
def test_the_name_of_a_site_may_be_longer_than_the_subject_of_a_page(title, heading):
    before = copy_of(page(title=title, heading=heading))
    *_, name = title.replace("｜", " | ").split(" | ")
    after = copy_of(page("<p>Only staff may enter.</p>", title=name, heading="No way through"))

    assert judge_page(before, after).reason == "shell"


def test_the_name_of_its_site_is_no_word_of_the_story():
    before = copy_of(page(f"{STORY}<p>The Harbour Post is read in Holm.</p>"))
    after = copy_of(page("<p>Harbour Post requires scripting.</p>", title="Harbour Post", heading="Hello"))

    assert judge_page(before, after).reason == "shell"


def test_what_stands_without_the_menu_of_its_site_is_none_of_its_pages():
    alone = "<title>{0}</title><h1>{0}</h1><p>Servers are moved tonight, call 555 010 for help.</p>"
    before = copy_of(page(navigation=NAVIGATION + "<nav><a href=/about>About</a></nav>"))

    assert judge_page(before, copy_of(alone.format("Works"))).reason == "shell"
    assert judge_page(before, copy_of(alone.format("Gate is shut"))).reason == "content"
    # So speaks a notice of a lift as well.
    is_gone = "<p>The lift no longer exists.</p>"
    assert judge_page(before, copy_of(f"<title>Gate stays open</title>{is_gone}")).reason == "soft_404"
    assert judge_page(before, copy_of(page(is_gone))).reason == "content"
    # Of a page without a menu none is missed.
    bare = copy_of(f"<title>Gate stays open</title><h1>Gate stays open</h1>{STORY}")
    assert judge_page(bare, copy_of(alone.format("Works"))).reason == "content"


@pytest.mark.parametrize(
    ("plain", "marked", "heading"),
    [
        ("<head>", "<head><meta name='robots' content='noindex, nofollow'>", "Who is there?"),
        ("<body>", "<body class='layout page-404'>", "Gate stays open"),
    ],
)
def test_markup_tells_that_a_page_is_none(plain, marked, heading):
    wall = page("<p>Nobody is at this door, and 12 more.</p>", heading=heading)

    assert judged(wall.replace(plain, marked)) == SHELL
    assert judged(wall) == ("changed", "content")
    # It was so before, too.
    before = copy_of(page().replace(plain, marked))
    assert judge_page(before, copy_of(wall.replace(plain, marked))).reason == "content"


@pytest.mark.parametrize(
    "told", ["The event is cancelled.", "We keep no data about you.", "Es bleibt alles beim Alten."]
)
def test_a_notice_under_its_headline_is_the_page_whatever_became_of_its_title_and_its_listing(told):
    notice = f"<p>{told}</p>"

    for after in (
        page(notice, title="Harbour Post"),
        page(
            notice,
            title="Gate stays open | HP",
            navigation="<nav><a href=/x>Latest</a><a href=/y>Weather</a></nav>",
        ),
        page(notice).replace("<head>", "<head><meta name=robots content=noindex>"),
    ):
        assert judged(after) == ("changed", "content")


def test_a_title_that_no_headline_bears_out_any_more_is_that_of_a_shell():
    said = "<p>Hamsters fell off their wheel.</p>"

    assert judged(page(said, heading="Awkward")) == SHELL
    assert judged(page(said)) == ("changed", "content")
    assert judged(page(said, heading="Awkward", title="Awkward turn | Harbour Post")) == SHELL
    # It was translated.
    as_long = "<p>Avgiften for ferger blir som den er gjennom vinteren, sier havnestyret.</p>" * 3
    assert judged(page(as_long, heading="Porten er oppe")) == ("changed", "content")


def test_a_headline_may_say_its_title_in_other_words():
    title = "Opening of the gate | Harbour Post"
    before = copy_of(page(title=title, heading="3.2 The gate"))
    said = "<p>Hamsters fell off their wheel.</p>"

    for heading, became in (("Awkward", "shell"), ("3.2 The gate", "content")):
        assert judge_page(before, copy_of(page(said, title=title, heading=heading))).reason == became
    # Below a heading that stays, only a part of it is gone.
    of_parts = copy_of(
        page(f"<h2>The gate in brief</h2>{STORY}", title=title, heading="What the mayor wants")
    )
    for heading, became in (("Awkward", "shell"), ("What the mayor wants", "content")):
        assert judge_page(of_parts, copy_of(page(said, title=title, heading=heading))).reason == became
    # The title never named it.
    ours = copy_of(page(title="Harbour Post"))
    assert judge_page(ours, copy_of(page(said, title="Harbour Post", heading="Awkward"))).reason == "content"


def test_the_section_of_a_page_is_not_the_page():
    section = page("<p>Snow in the hills.</p>", title="News", heading="News")
    listing = page(
        "<h3>Gate stays open</h3><p>It does.</p><a href=/news/1>More</a>", title="News", heading="News"
    )
    news = "https://post.example/news/"

    assert judged(section, final_url=news) == ("gone", "section_page")
    assert judged(listing, final_url=news) == ("gone", "section_page")
    # The story came along, or the address is none above it.
    assert judged(page(), final_url=news) == ("unchanged", "same_text")
    assert judged(page().replace("Monday", "Tuesday"), final_url=news) == ("changed", "content")
    assert judged(section, final_url="https://post.example/new") != ("gone", "section_page")
    assert judge_page(copy_of(page(), final_url=news), copy_of(section, final_url=news)) != "gone"
    assert BEFORE.url == ADDRESS


@pytest.mark.parametrize(
    ("asked", "came", "heading"),
    [
        ("gate/", "gate", "Shut"),
        ("gate/index.html", "gate/", "Shut"),
        ("gate/2024", "gate", "Gate stays open"),
    ],
)
def test_an_address_that_is_written_otherwise_and_the_headline_are_no_section_s(asked, came, heading):
    asked, came = f"https://post.example/news/{asked}", f"https://post.example/news/{came}"
    rewritten = page(
        "<p>Boats of the gate must leave by the first of April, the authority said.</p>", heading=heading
    )

    told = judge_page(
        copy_of(page(), url=asked, final_url=asked), copy_of(rewritten, url=asked, final_url=came)
    )

    assert told.outcome == "changed"


def test_a_page_in_characters_without_spaces_is_not_kept_by_those_that_any_text_has():
    told = "".join(
        f"<p>{said}</p>"
        for said in (
            "港湾局は月曜日に、北の門を冬の間も開けておくと発表しました。",
            "渡し船は四十分ごとに運航し、料金は三月から上がります。",
            "住民は二つ目の渡し場を求めていましたが、議会は認めませんでした。",
            "局長は独立した監査が終わるまで予算には手をつけないと述べました。",
        )
    )
    before = copy_of(page(told, title="門｜港新聞", heading="門"))
    after = copy_of(
        page(
            "<p>移動または取り下げられた可能性があります。</p>",
            title="港新聞",
            heading="お探しの品はここにありません",
        )
    )

    assert not judge_page(before, after).is_believed


HEADLINES = "".join(
    f"<h3><a href=/{n}>{said}</a></h3>"
    for n, said in enumerate(
        ["Snow closes the pass at Ulm", "Cellist wins her 3rd medal", "Larks return early"] * 5
    )
)
# Longer than a notice is, and with figures as a machine tells them.
LONG_ERROR = (
    "<p>Nothing could be fetched from https://post.example/news/2024/gate in 30 attempts of this relay.</p>"
    "<p>Check with whoever runs your network whether lookups of names work from where you are sitting.</p>"
    * 4
)


@pytest.mark.parametrize(
    ("said", "title", "heading"),
    [
        (HEADLINES + LONG_ERROR, "Harbour Post", ""),
        (HEADLINES + LONG_ERROR, "Gate stays open | Harbour Post", ""),
        (LONG_ERROR, "Lookup failed | Harbour Post", "Lookup failed"),
        (LONG_ERROR, "Gate stays open | Harbour Post", "Lookup failed"),
    ],
)
def test_a_list_or_an_error_at_length_in_place_of_a_story_is_another_page(said, title, heading):
    before = copy_of(page(STORY + BALLOT * 8))

    assert judge_page(before, copy_of(page(said, title=title, heading=heading))).reason in (
        "another_page",
        "home_page",
    )


LETTER = (
    "<p>After fourteen years we are closing down: on the last day of June the presses fall silent, whoever paid for a "
    "year is refunded, and everything that was ever printed moves to the archive of the county in Holm.</p>"
)
TRANSLATED = (
    "<p>Dreimal fragte man auf der Insel, ob Maut für Baggern, Lampen, Zeichen und Brücke gezahlt werden soll, und "
    "dreimal lehnte eine Mehrheit ab, zuletzt mit 812 Stimmen dagegen, wie der Hafenmeister sagte.</p>"
)
BALLOT = (
    "<p>Voters of the island were asked thrice whether tolls should pay for dredging, lamps, signals and the bridge, "
    "and a majority declined each time, most recently with 812 ballots against.</p>"
)


def test_a_text_at_length_is_the_page_where_its_headline_its_subject_or_its_words_are():
    before = copy_of(page(STORY + BALLOT * 8))

    for after in (
        page(LONG_ERROR),
        page(LONG_ERROR, title="Gate out of reach | Harbour Post", heading="Out of reach"),
        page(BALLOT.replace("thrice", "twice") * 3, title="Dredging | Harbour Post", heading="Dredging"),
        page(LONG_ERROR * 4, title="Lookups | Harbour Post", heading="Lookups"),
        # What the owner says there now, in paragraphs; and a page that was laid out anew and translated.
        page(LETTER * 3, title="To everyone | Harbour Post", heading="To everyone"),
        plain("<nav><a href=/x>Ausgaben</a></nav>", "Das Tor | Hafenpost", TRANSLATED * 7),
    ):
        assert judge_page(before, copy_of(after)).reason == "content"


def test_a_table_in_place_of_a_story_and_a_list_in_place_of_a_list_are_the_page():
    rows = "".join(f"<tr><td>Ward {n}<td>{n * 7} for Ek" for n in range(60))
    names = [
        "".join(f"<li>{name} {n}, <a href=/{n}{name}>{sort}</a>" for n in range(60))
        for name, sort in (("Ivan Petrov", "born at sea"), ("Gazneft Holding", "limited partnership"))
    ]
    lists = [
        page(f"<ul>{said}</ul>", title=f"{title} | Harbour Post", heading=title)
        for said, title in zip(names, ("Sanctioned persons", "Designated entities"), strict=True)
    ]
    story, table = (
        page(said, title=f"{title} | Harbour Post", heading=title)
        for said, title in ((STORY + BALLOT * 3, "Gate stays open"), (f"<table>{rows}</table>", "Results"))
    )

    for before, after in ((story, table), lists):
        assert judge_page(copy_of(before), copy_of(after)).reason != "another_page"


def test_a_page_of_another_site_has_a_label_of_this_one_at_most():
    menu = "<nav><ul>{}</ul></nav>"
    ours = menu.format(
        "".join(f"<li><a href=/{n}>Our corner {n}</a>" for n in range(9)) + "<li><a href=/c>Contact</a>"
    )
    parked = menu.format("<li><a href=/buy>Buy</a><li><a href=/c>Contact</a>")
    before = copy_of(plain(ours, "Gate stays open", STORY + BALLOT * 9))

    assert judge_page(before, copy_of(plain(parked, "Gate stays open", LONG_ERROR))).reason == "another_page"
    assert judge_page(before, copy_of(plain(ours, "Gate stays open", LONG_ERROR))).reason == "content"


def plain(menu: str, title: str, said: str) -> str:
    return f"<!doctype html><title>{title}</title><body>{menu}<main>{said}</main></body></html>"


def test_the_address_of_a_page_and_when_an_error_was_made_are_no_figures_of_a_story():
    error = "<p>{} is out of reach.</p><p>Made: Sat, 14 Mar 2026 09:12:44 GMT</p>"
    wall = page(error.format(f"{ADDRESS}-2024"), title="Relay", heading="Relay")

    assert judged(wall) == SHELL
    for of_the_machine in ("2026-03-14 09:12:44 UTC", "for 203.0.113.9"):
        assert judged(wall.replace("Sat, 14 Mar 2026 09:12:44 GMT", of_the_machine)) == SHELL
    for of_a_story in ("14 March", "2026-03-14", "for 203.0 tonnes", "for 1.250.000.000 people"):
        assert judged(wall.replace("Sat, 14 Mar 2026 09:12:44 GMT", of_a_story)) == ("changed", "content")


def test_a_title_of_ever_so_many_parts_is_not_looked_for_without_end():
    before = copy_of(page(STORY, title=" | ".join(f"Gate {n}" for n in range(10_000))))
    assert before.extract.title

    assert steps_of(lambda: without_names_of_site(before, "Gate 7 is open.")) < 5_000
