"""What came in place of a story is told from it by its shape, in languages whose words nobody has listed."""

import pytest

from stories.text.judge import judge_page
from stories.text.page.loss import keeps_prose
from tests.steps import lines_of
from tests.text.pages_of_a_story import (
    LONG_STORY,
    PARAGRAPHS,
    STORY,
    became,
    copy_of,
    judged,
    page,
    plain_page,
)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Síðan fannst ekki", "Því miður finnum við ekki síðuna sem þú leitaðir að."),
        ("Orria ez da aurkitu", "Bilatzen ari zaren orria ez dago."),
        ("Ukurasa haukupatikana", "Samahani, ukurasa unaotafuta haupo."),
        ("Lost?", "We looked everywhere, but it seems to have wandered off."),
        ("Our new site", "Great things are on their way. Stay tuned!"),
        ("Uppfærsla", "Vefurinn er lokaður vegna uppfærslu."),
    ],
)
def test_a_few_words_that_have_nothing_of_the_story_are_not_believed(title, said):
    assert judged(page(f"<p>{said}</p>", title=title, heading=title)) == ("failed", "shell")


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Gate shut", "The northern gate is shut until further notice."),
        ("Gate", "Nobody may enter before 4 June."),
        ("Statement", "The text was withdrawn at the wish of its author."),
        ("Aviso", "Hemos retirado este texto por errores graves."),
        ("À nos lecteurs", "Nous avons retiré ce texte après une plainte."),
        ("In eigener Sache", "Wir haben diesen Text wegen schwerer Fehler zurückgezogen."),
        ("Ai lettori", "Abbiamo ritirato questo testo per gravi errori."),
        ("To our readers", "We have taken this down after legal advice."),
        ("Gate stays open | Harbour Post", "Lawyers are looking into this text."),
    ],
)
def test_a_short_notice_of_the_same_matter_with_a_figure_or_under_the_same_title_is_believed(title, said):
    assert judged(page(f"<p>{said}</p>", title=title)) == ("changed", "content")


@pytest.mark.parametrize(
    "said", ["Este artículo ha sido retirado a petición de su autora.", "We withdraw this story."]
)
def test_a_short_notice_that_the_text_is_taken_back_is_believed_in_few_words(said):
    assert judged(page(f"<p>{said}</p>", title="Note")) == ("changed", "retracted")


def test_a_page_of_short_notices_may_speak_of_something_else():
    before, after = (
        page(f"<p>{said}</p>", title="Notices") for said in ("The hall is closed.", "Lessons begin again.")
    )

    assert became(before, after.replace("Notices", "News")) == "changed"


def test_a_form_that_asks_for_a_password_is_no_story_in_any_language():
    form = "<p>Innskráning</p><form><p>Netfang</p><input><p>Lykilorð</p><input type=password></form>"

    assert judged(page(form, heading="Innskráning")) == ("blocked", "sign_in")


SIGN_IN = (
    "<h1>{heading}</h1><p>Members keep a list of the stories that they want to read again, and more than that.</p>"
    "<form><p>E-mail</p><input><p>Lykilorð</p><input type=password></form><p>{more}</p>"
)


@pytest.mark.parametrize(
    ("title", "more"),
    [
        (
            "Log in | Harbour Post",
            "We never show to anybody what you wrote to us, nor sell it to anyone. " * 4,
        ),
        ("Innskráning | Harbour Post", "Gleymdirðu lykilorðinu? Þá sendum við þér nýtt með tölvupósti."),
    ],
)
def test_a_page_for_signing_in_under_its_own_title_is_none_of_the_story(title, more):
    markup = page(SIGN_IN.format(heading="Welcome", more=more), title=title, heading="Welcome")

    assert judged(markup) == ("blocked", "sign_in")


@pytest.mark.parametrize(
    ("title", "more"),
    [
        ("Gate to shut | Harbour Post", "The gate will be shut for good, as the council decided on Monday."),
        (
            "Council decides | Harbour Post",
            "The council has decided to close all of its gates for good. " * 4,
        ),
    ],
)
def test_a_field_for_a_password_beside_another_text_makes_no_wall_of_it(title, more):
    assert judged(page(SIGN_IN.format(heading="News", more=more), title=title)) == ("changed", "content")


REGISTRATION = (
    "<h1>Nýskráning</h1><p>Með aðgangi geta lesendur vistað það sem þeir vilja lesa aftur, og fá póst um það helsta "
    "einu sinni í viku. Enginn annar fær að sjá netfangið, hvorki auglýsendur né aðrir, og hætta má hvenær sem "
    "er, 24 tíma sólarhringsins.</p><form>{fields}<p>Lykilorð, 8 stafir</p><input type=password></form>"
)


@pytest.mark.parametrize("title", ["Nýskráning | Harbour Post", "Gate stays open | Harbour Post"])
def test_a_form_to_register_with_is_none_of_the_story_however_much_it_says(title):
    fields = "".join(f"<p>Reitur númer {number}</p><input>" for number in range(80))

    assert judged(page(REGISTRATION.format(fields=fields), title=title, heading="")) == ("blocked", "sign_in")


@pytest.mark.parametrize("title", ["Gleymt lykilorð | Harbour Post", "Gate stays open | Harbour Post"])
def test_a_form_without_a_password_is_none_of_the_story_whose_headline_went(title):
    form = (
        "<h1>Gleymt lykilorð</h1><p>Sláðu inn netfangið og við sendum þér tengil.</p><p>Hann gildir í 24 tíma.</p>"
        "<form><p>Netfang</p><input type=email></form>"
    )

    assert judged(page(form * 3, title=title, heading="")) == ("blocked", "sign_in")


def test_a_story_that_gave_way_to_a_password_is_gone_though_others_below_it_stay():
    others = "".join(
        f"<p>In the town of number {n} a ferry was late again on Sunday, as those who wait there tell.</p>"
        for n in range(99)
    )
    before, after = (
        page(f"<div>{told}</div>{others}") for told in (LONG_STORY, "<p>Lykilorð</p><input type=password>")
    )

    assert became(before, after) == "blocked"


def test_a_story_is_gone_though_others_below_it_are_longer():
    others = "".join(
        f"<p>In the town of number {n} a ferry was late again on Sunday, as those who wait there tell.</p>"
        for n in range(99)
    )
    error = "<p>Því miður finnum við ekki síðuna sem þú leitaðir að.</p>"
    before = page(f"<div>{LONG_STORY}</div>{others}")
    after = page(f"<div>{error}</div>{others}", title="Síðan fannst ekki", heading="Síðan fannst ekki")

    assert became(before, after) == "failed"


SECTIONS = tuple(f"<section><h2>{part}</h2>{LONG_STORY.replace('First', part)}</section>" for part in "ABC")


@pytest.mark.parametrize("label", ("", "<p>Sign in to comment</p>"))
@pytest.mark.parametrize(
    ("before", "after"),
    (
        (LONG_STORY, LONG_STORY[len(LONG_STORY) // 2 :].partition("</p>")[2]),
        ("".join(SECTIONS), "".join(SECTIONS[1:])),
    ),
)
def test_a_page_that_was_cut_at_its_beginning_has_not_lost_its_story(before, after, label):
    assert became(page(before), page(after + label)) == "changed"


def test_a_page_that_only_took_out_what_stood_above_the_rest_has_not_come_empty():
    posts = "".join(f"<article>{LONG_STORY}<p>So it was at {n} o'clock.</p></article>" for n in range(9))

    assert became(page(LONG_STORY.replace("First", "In short") + posts), page(posts)) == "changed"


def test_other_texts_have_the_small_words_of_a_story_and_not_those_that_bear_its_sense():
    small = " ".join(word for said in PARAGRAPHS for word in said.split() if len(word) < 6)
    other = page(f"<p>Lamps of brass: {small}.</p>" * 3, heading="Lamps")

    assert not keeps_prose(copy_of(page(LONG_STORY)), copy_of(other))


def test_a_correction_that_stands_where_the_page_has_its_frame_is_believed_beside_a_field_to_write_in():
    note = "<aside><p>Correction: The gate is shut. We have taken the report offline.</p></aside>"
    form = "<form><input type=email><button>Sign up</button></form>"

    assert judged(page(form, heading="", after=note)) == ("changed", "content")


def test_a_story_stands_where_what_readers_say_below_it_gave_way_to_a_password():
    said = [f"<p>Reader number {n} asks who will pay for it when the gate is open.</p>" for n in range(20)]
    before, after = (
        page(LONG_STORY + "".join(below)) for below in (said, [*said[:10], "<input type=password>"])
    )

    assert became(before, after) == "changed"


def test_a_story_that_was_taken_back_says_so_beside_a_field_to_write_in():
    notice = "<h1>Story retracted</h1><p>We have retracted this story.</p><form><input type=email></form>"

    assert judged(page(notice, title="Story retracted | Harbour Post", heading="")) == (
        "changed",
        "retracted",
    )


def test_a_long_story_that_took_the_place_of_another_is_believed_with_a_form_below_it():
    baked = "".join(
        f"<p>Bakers of the town won medal number {n} for a bread of rye without a grain of wheat.</p>"
        for n in range(20)
    )
    other = page(
        f"<h1>Rye wins</h1>{baked}<input type=password>", title="Rye wins | Harbour Post", heading=""
    )

    assert judged(other) == ("changed", "content")


def test_a_notice_under_the_headline_is_believed_beside_a_field_to_write_in():
    notice = (
        "<p>We have closed for good after 31 years.</p><p>Everybody is paid until May.</p><input type=text>"
    )

    assert judged(page(notice)) == ("changed", "content")


def test_a_form_that_was_there_before_says_nothing():
    form = "<form><input type=password></form>"
    notice = page("<p>The northern gate is shut.</p>", after=form)

    assert became(page(STORY, after=form), notice) == "changed"


def test_a_riddle_for_people_is_no_story_whatever_is_said_beside_it():
    riddle = "<p>Before you continue, let us know you are real.</p><div class=h-captcha></div>"

    assert became(page(STORY), f"<title>example.org</title><form>{riddle}</form>") == "blocked"
    assert (
        became(
            page(STORY, after="<i class=h-captcha></i>"),
            page("<p>The northern gate is shut.</p>", after=riddle),
        )
        == "changed"
    )


@pytest.mark.parametrize(
    "said",
    [
        "Esta página se ha movido. Serás redirigido en unos segundos.",
        "Diese Seite ist umgezogen. Sie werden weitergeleitet.",
        "ページは移転しました。",
    ],
)
def test_a_page_that_says_that_it_moved_has_nothing_of_the_story(said):
    assert judged(page(f"<p>{said}</p>")) == ("failed", "sent_on")
    assert became(page("<p>The clinic opens at nine.</p>"), page(f"<p>{said}</p>")) == "changed"


@pytest.mark.parametrize(
    "said",
    [
        "Der Fall wurde an das Gericht weitergeleitet.",
        "同社は本社を移転しました。",
        "Die Klinik ist überlastet.",
    ],
)
def test_a_short_report_may_speak_of_what_is_sent_on_or_overloaded(said):
    assert became(page(STORY), page(f"<p>{said}</p>")) == "changed"


def test_names_of_goods_and_addresses_beside_it_keep_no_story_that_is_gone():
    shop = "".join(
        f"<p>Ladies jersey of the northern harbour swimming club, No. {n}, royal blue</p>"
        f"<p>http://shop.example/images/of/goods/thumbnails/of/jerseys/{n}.jpg</p>"
        for n in range(3)
    )

    assert became(page(STORY + shop), page(shop)) == "failed"


@pytest.mark.parametrize(
    "markup",
    [
        "<title>Siden findes ikke</title><h1>Vi finner ikke siden</h1>",
        "<title>Huoltokatko</title><p>Palvelu on tilapäisesti pois käytöstä.</p>",
        "<title>Zu viele Anfragen</title><h1>Zu viele Anfragen</h1>",
        "<title>Gate</title><h1>403</h1><p>Sie dürfen hier nicht hinein.</p>",
        "<title>Gate</title><p>Nous n'avons pas pu trouver cette page.</p>",
        "<title>Gate</title><p>Onze servers zijn overbelast. Probeer het straks nog eens.</p>",
        "<title>Gate</title><p>Contenuto non accessibile dal tuo Paese.</p>",
        "<title>harbour.example</title><p>The domain harbour.example is for sale. Make an offer.</p>",
        "<title>Cookies</title><h1>Vi bruger cookies</h1><p>Vores partnere gemmer data på din enhed.</p>"
        "<button>Accepter alle</button>",
        "<title>Harbour Post</title><p>Tämä artikkeli on vain tilaajille. Tilaa nyt!</p>",
        "<title>Ad blocker</title><h1>Ad blocker detected</h1><p>Please disable your ad blocker.</p>",
    ],
)
def test_walls_and_errors_of_more_languages_are_known_by_their_words(markup):
    assert judged(f"<!doctype html><html>{markup}</html>")[0] in ("gone", "failed", "blocked")


def test_many_lines_that_were_edited_are_compared_in_linear_work():
    before, copy = (
        copy_of("".join(f"<p>word{number}{end}" for number in range(500))) for end in ("", " more")
    )

    assert lines_of(lambda: keeps_prose(before, copy)) < 50_000


@pytest.mark.parametrize(
    "said",
    [
        "This article was removed.",
        "This story has been deleted or moved.",
        "Sorry, the page you requested was not found on 27 November 2026.",
        "Page not found. Try our homepage. 27 November 2026",
        "This page does not exist. 27 November 2026",
        "404 Not found – 27 Nov 2026 21:40",
        "404: this page has been removed. 27 November 2026",
        "This page has been removed. 27 Nov 2026 21:40:07 UTC",
    ],
)
def test_an_error_that_knows_of_no_day_on_which_the_text_was_taken_away_is_no_notice(said):
    assert became(plain_page(LONG_STORY), plain_page(f"<p>{said}</p>")) == "gone"


def test_a_copy_is_cut_off_though_its_page_ends_with_what_it_begins_with():
    ends = "<p>Harbour Post</p><p>Home</p><p>Sport</p>"
    whole = f"<html><body>{ends}{STORY}{ends}</body></html>"
    cut = whole[: whole.index(PARAGRAPHS[1])]

    assert judge_page(copy_of(whole), copy_of(cut)).reason == "truncated"


def test_a_copy_is_cut_off_though_its_server_wrote_what_it_did_behind_the_end_of_the_page():
    whole = f"<html><body>{STORY}<p>Harbour Post</p></body></html><!-- {'built in 9 ms ' * 500} -->"
    cut = whole[: whole.index(PARAGRAPHS[2])]

    assert judge_page(copy_of(whole), copy_of(cut)).reason == "truncated"


LOST = "<p>It must have wandered off, whatever anybody came here for.</p>"
OTHERS = "".join(
    f"<h3><a href=/{number}>{headline}</a></h3><p>{told}</p>"
    for number, (headline, told) in enumerate(
        (
            ("Budget day: whom it may concern", "Five things that change for families and firms this week."),
            ("Museum finds a lost map", "It had been used to line a drawer for eighty years."),
            ("Runner breaks the record", "She took nine seconds off her own best time in Oslo."),
            ("Rain until Sunday", "Forecasters warn of floods in the valleys of the north."),
            ("Painter leaves a riddle", "Heirs cannot say who sits at the window of the last picture."),
        )
    )
)


def under_the_name_of_the_site(said: str) -> str:
    return plain_page(said, heading="Harbour Post").replace("Gate stays open | ", "")


def test_a_few_words_under_the_name_of_the_site_alone_are_not_those_of_a_story():
    walled = under_the_name_of_the_site(LOST)

    assert judge_page(copy_of(plain_page(LONG_STORY)), copy_of(walled)).reason == "shell"


def test_other_stories_under_the_name_of_the_site_alone_are_its_front_page():
    front = copy_of(under_the_name_of_the_site(OTHERS))

    judgement = judge_page(copy_of(plain_page(LONG_STORY)), front)

    assert (judgement.outcome, judgement.reason) == ("gone", "home_page")


def test_what_a_page_says_under_another_title_beside_links_is_no_front_page():
    listed = plain_page(f"<h2>Gate stays open</h2>{OTHERS}").replace("Gate stays open | ", "")

    assert became(plain_page(LONG_STORY), listed) == "changed"


def test_a_page_of_which_the_end_was_taken_out_may_end_with_a_word_that_another_line_begins_with():
    end = "<p>Gate opens at nine on Sundays.</p>"
    before = f"<html><body><h1>Hours</h1>{STORY}<p>Gate</p>{end}</body></html>"

    assert became(before, before.replace(end, "")) == "changed"
