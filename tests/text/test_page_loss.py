"""What came in place of a story is told from it by its shape, in languages whose words nobody has listed."""

import pytest

from stories.text.judge import judge_page
from stories.text.page.loss import keeps_prose
from tests.steps import lines_of
from tests.text.pages_of_a_story import PARAGRAPHS, STORY, became, copy_of, judged, page


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


COMMENTS = "".join(
    f"<div class=comment><p>Reader {number} says that the gate, the ferries and the budget of the town are all of a "
    "piece, and that the council ought to have asked those who live by the water first.</p><a>Reply</a></div>"
    for number in range(90)
)
LONG_STORY = "".join(f"<p>{part} {said}</p>" for part in ("First,", "Then,", "Last,") for said in PARAGRAPHS)


def plain_page(story: str, *, comments: str = COMMENTS, heading: str = "Gate stays open") -> str:
    """A page without `<main>`, as older sites have them."""
    return (
        f"<!doctype html><html><head><title>Gate stays open | Harbour Post</title></head><body><div><h1>{heading}</h1>"
        f"{story}</div><div id=comments><h3>What readers say (90)</h3>{comments}</div></body></html>"
    )


@pytest.mark.parametrize(
    "said",
    [
        "",
        "<p>Page not found</p>",
        "<p>Well, this is awkward. The thing you came for has wandered off.</p>",
        "<p>Bitte zeigen Sie uns, dass Sie kein Automat sind.</p>",
        "<p>请向右拖动滑块。</p>",
        "<p>您好，请稍候片刻。</p>",
        "<p>Merci de patienter un instant.</p>",
    ],
)
def test_what_readers_say_below_does_not_stand_for_a_story_that_is_gone(said):
    assert not judge_page(copy_of(plain_page(LONG_STORY)), copy_of(plain_page(said))).is_believed


def test_comments_on_a_page_that_names_no_content_are_frame_however_many_they_are():
    fewer = COMMENTS.replace("Reader 7 says", "Reader 7 denies")

    assert became(plain_page(LONG_STORY), plain_page(LONG_STORY, comments=fewer)) == "noise"


def test_words_that_only_readers_say_too_are_not_those_of_the_story():
    wall = "<p>A reader of ours, or an elf, has eaten it for breakfast.</p>"
    walled = plain_page(wall, heading="Oops").replace("Gate stays open |", "Oops |")

    assert not judge_page(copy_of(plain_page(LONG_STORY)), copy_of(walled)).is_believed


@pytest.mark.parametrize(
    "said",
    [
        "This article was removed on 4 May after a complaint from the mayor.",
        "Diese Meldung existiert nicht mehr. Sie wurde am 4. Mai nach einer Klage gelöscht.",
        "Cet article n'existe plus : il a été supprimé le 4 mai après une plainte.",
        "Lawyers are looking into this text.",
        "The northern gate is shut. Please use the southern one.",
        "Ferries of the harbour authority have stopped for good, and residents are told to ask for their money back. "
        "Please come to the pier.",
        "Everything above was wrong, and we apologise to you, dear readers.",
        "You may no longer swim here.",
        "The mooring is closed. Your boat may be towed.",
        "Le préfet dément tout projet du genre.",
        "Le contenu du reportage était inexact et la rédaction en demande pardon.",
        "Je regrette mes propos, écrit son auteur.",
        "Prefectul din Cluj neagă totul.",
        "At the request of a reader this report has been deleted from our archive.",
        "The landing site is shut. Crews of elsewhere hope for August.",
        "公司申请撤回诉讼。",
        "他请求撤回诉讼。",
        "请愿者撤回诉讼。",
    ],
)
def test_a_short_notice_under_the_old_title_is_believed_in_place_of_a_long_story(said):
    assert became(plain_page(LONG_STORY), plain_page(f"<p>{said}</p>")) == "changed"


@pytest.mark.parametrize(
    "said",
    [
        "<p>Lokatzeko, sakatu beheko laukia.</p><button>Jarraitu</button>",
        "<p>Þessi grein er aðeins fyrir áskrifendur.</p><p><a href=/login?from=gate>Innskráning</a></p>",
        "<p>Makala haya ni kwa wanachama pekee.</p><form><input type=email></form>",
        "<p>Insiders see everything first. Become one for £3 a month.</p><p><a href=/join>Become one</a></p>",
        "<p>Residents of elsewhere, lovers of mysteries, somebody swallowed everything.</p><button>OK</button>",
    ],
)
def test_what_wants_an_answer_in_place_of_a_long_story_is_a_wall_in_any_language(said):
    assert not judge_page(copy_of(plain_page(LONG_STORY)), copy_of(plain_page(said))).is_believed


@pytest.mark.parametrize(
    "said",
    [
        "Sækir efnið…",
        "Just a sec, fetching the good stuff…",
        "Un instant, la rédaction cherche le texte…",
        "正在加载…",
        "正在加载中…",
        "页面加载中,马上就好…",
        "內容正在載入…",
        "読み込み中です…",
        "ページを読み込んでいます…",
        "본문을 로드 중입니다…",
        "Artikel wird gerade geladen…",
        "Die Inhalte werden noch geladen…",
        "Caricamento articolo in corso…",
        "Caricamento dell’articolo in corso…",
        "One moment while the article loads…",
        "Nous chargeons votre article…",
        "Chargement de la page en cours…",
        "Estamos cargando la página para ti…",
        "A carregar o artigo, só um pouco…",
        "JavaScript must be enabled to continue here.",
        "Browser not supported any more.",
        "This browser is no longer supported.",
        "We noticed an ad blocker is active here.",
        "We’ve detected an AdBlock on this visit.",
        "To read this, disable AdBlock.",
        "Para ler, desative o AdBlock.",
        "Pour continuer, désactivez AdBlock.",
        "Um zu lesen, schalten Sie AdBlock aus.",
        "Stay a while, the page is being loaded…",
        "Din browser er for gammel.",
        "Deres browser er for gammel.",
        "Opdater din browser og kom igen.",
        "Le navigateur doit accepter JavaScript.",
        "El navegador debe admitir JavaScript.",
        "Slökktu á AdBlock til að lesa.",
        "Either the link is old or somebody mistyped it.",
        "You are too fast for us. Slow down, then reload.",
        "You have an ad blocker on. Switch it off and refresh to read.",
        "Your VPN is not welcome here.",
        "Votre navigateur est trop ancien.",
        "Tu navegador es demasiado antiguo.",
        "Su navegador no sirve para esto.",
        "Desactiva el bloqueador de anuncios para leer.",
        "Schalten Sie den Werbeblocker aus.",
        "Ihr Browser ist zu alt.",
        "Achtung: Ihr Browser ist zu alt.",
        "Ihr Browser wird leider nicht mehr unterstützt.",
        "Ihr Browser hat JavaScript ausgeschaltet.",
        "Ihr Browser akzeptiert keine Cookies.",
        "Ihre IP-Adresse wurde gesperrt.",
        "Leider ist Ihre IP-Adresse gesperrt.",
        "Deres browser understøttes ikke.",
        "Nettleseren din støttes ikke.",
        "Din webbläsare stöds inte.",
        "Twoja przeglądarka nie jest obsługiwana.",
        "Ваш браузер не поддерживается.",
        "O seu navegador não é suportado.",
        "Il suo browser non è supportato.",
        "Seite wird geladen ...",
        "Wir können Ihren Browser nicht erkennen.",
        "Hier ist Ihr alter Browser nicht willkommen.",
        "Nur mit Ihrem VPN geht das leider nicht.",
        "Actualisez la page dans un instant.",
        "Refresh the page to go on.",
        "刷新页面再试。",
        "Your connection was flagged by our systems. Write to desk@post.example and quote 8f2a91cc.",
        "We are doing some work on our site and will be back soon.",
        "Unser Team baut an der Website. Unsere Seiten sind bald wieder da.",
        "Notre site fait peau neuve. Revenez dans quelques heures.",
    ],
)
def test_what_waits_or_speaks_of_the_browser_in_place_of_a_long_story_is_no_story(said):
    assert (
        judge_page(copy_of(plain_page(LONG_STORY)), copy_of(plain_page(f"<p>{said}</p>"))).reason == "shell"
    )


def test_few_words_that_wait_are_no_story_beside_a_frame_that_is_new():
    navigation = "<nav><a href=/>All that is new today</a><a href=/sport>Sport on Sunday</a></nav>"

    assert (
        judge_page(
            copy_of(plain_page(LONG_STORY)), copy_of(plain_page(f"{navigation}<p>Fetching it…</p>"))
        ).reason
        == "shell"
    )


@pytest.mark.parametrize(
    "said",
    [
        "Le navigateur est mort en mer.",
        "Son navigateur est mort en mer.",
        "El navegador murió en el mar.",
        "El barco perdió a su navegador en alta mar.",
        "Su navegador murió en el mar.",
        "The VPN firm went broke.",
        "Mozilla stellt ihren Browser ein.",
        "Die Firma verkauft ihr VPN.",
        "Lee verkauft ihren Werbeblocker an den Staat.",
        "Lee und Cruz sagen, sie geben ihren neuen Browser auf.",
        "Your money is safe, the VPN firm said.",
        "The government will disable any VPN.",
        "JavaScript has lost its inventor.",
        "Lee sold the ad blocker to the state.",
        "Hackers used his IP address.",
        "Browsers at the fair bought nothing.",
        "Drinks and refresh your mind at Lee's.",
        "Rechargez vos batteries chez Lee.",
        "La ricarica dei telefoni costa di più.",
        "You can load and reload your card here.",
        "Crews unload, then reload at noon.",
        "Police mistyped an address and raided Lee's home.",
        "Lee was freed and flew home…",
        "Die Insel ist wieder frei…",
        "Just a minute later Lee was free…",
        "Un instant de joie pour le préfet…",
        "Crews load the ships all night…",
        "Die Schiffe werden gerade geladen…",
        "Nous chargeons les bateaux du port…",
        "Il caricamento dei traghetti continua…",
        "Estamos cargando los barcos en el puerto…",
        "李船长的名字载入史册,人们欢呼…",
        "港口工人整夜装载货物,天亮才停…",
        "Hackers enter, disable any VPN and leave.",
        "The firm says the VPN is disabled in Iran.",
        "VPNs must be disabled, the court ruled.",
        "Le navigateur doit accepter la défaite.",
        "Le capitaine et le navigateur doivent accepter.",
        "Browser makers are not supported by the state.",
        "Firmaet sælger deres browser.",
        "Deres browser blev solgt.",
        "Ihr Browser brachte der Firma Glück.",
        "Ihr Browser wird verkauft.",
        "Il suo browser è costato caro.",
        "Sie verkauft ihr VPN.",
        "Lee said the page loads a burden on crews…",
        "Der Text wird geladen mit Zorn gelesen…",
        "Gazeta va fi citită din browser.",
        "We sold the ad blocker to a rival.",
        "To win, Lee sold the VPN.",
        "Einen Moment lang war Lee frei…",
        "We are back at noon.",
        "We have closed for good.",
    ],
)
def test_short_news_of_others_is_believed_though_it_has_a_word_of_a_browser_or_breaks_off(said):
    assert became(plain_page(LONG_STORY), plain_page(f"<p>{said}</p>")) == "changed"


def test_a_story_about_browsers_may_end_in_a_few_words_about_them():
    story = LONG_STORY + "<p>The browser was to be sold.</p>"

    assert became(plain_page(story), plain_page("<p>Nobody wanted your browser.</p>")) == "changed"


def test_a_shell_that_wants_scripts_may_have_a_long_frame():
    frame = f"<nav>{'<a href=/>Ferries and gates</a> ' * 200}</nav>"
    shell = plain_page(f"{frame}<p>Turn on JavaScript to see what is here.</p>")

    assert judge_page(copy_of(plain_page(frame + LONG_STORY)), copy_of(shell)).reason == "script_needed"


@pytest.mark.parametrize(
    ("said", "before"),
    [
        ("<p>Lawyers are looking into this text.</p><p><a href=/>Home</a></p>", ""),
        (
            "<p>The author asked us to show this no longer.</p><button>Share</button>",
            "<button>Share</button>",
        ),
        ("<p>Residents have withdrawn their complaint.</p><button>Share</button>", ""),
    ],
)
def test_a_notice_is_believed_beside_a_link_home_and_what_was_there_to_press_before(said, before):
    assert became(plain_page(LONG_STORY + before), plain_page(said)) == "changed"


def test_a_wall_under_another_title_may_share_a_word_with_a_long_story_by_chance():
    wall = "<p>Something swallowed everything before residents noticed: somebody should investigate.</p>"
    walled = plain_page(wall, heading="Oops").replace("Gate stays open |", "Oops |")

    assert not judge_page(copy_of(plain_page(LONG_STORY)), copy_of(walled)).is_believed


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
