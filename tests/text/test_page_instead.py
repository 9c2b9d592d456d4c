"""A few words in place of a long story: a notice that is believed, or a wall, a shell and an error that are not."""

import pytest

from stories.text.judge import judge_page
from tests.text.pages_of_a_story import FROM_READERS, LONG_STORY, became, copy_of, plain_page


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
    fewer = FROM_READERS.replace("Reader 7 says", "Reader 7 denies")

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
        "Lee said of the site that it is sold. A judge will be back on it.",
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
