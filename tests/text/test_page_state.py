import pytest

from stories.text.page.outcome import Copy, PageOutcome
from stories.text.page.state import state_of_copy, state_of_status

ADDRESS = "https://post.example/news/gate"
STORY = "<p>The harbour authority said on Monday that the northern gate would stay open all through the winter.</p>"
COOKIES = (
    "<div class=cookie-banner><p>We value your privacy. We and our partners use cookies.</p>"
    "<button>Accept all</button><button>Reject all</button></div>"
)


def first_copy(
    markup: str, *, title: str = "Harbour Post", status: int = 200, final_url: str = ADDRESS
) -> Copy:
    page = f"<html><head><title>{title}</title></head><body><nav>News</nav>{markup}</body></html>"
    return Copy(page.encode(), "text/html", status, ADDRESS, final_url)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (401, "blocked"),
        (403, "blocked"),
        (404, "gone"),
        (410, "gone"),
        (418, "failed"),
        (429, "failed"),
        (451, "blocked"),
        (500, "failed"),
        (503, "failed"),
        (204, "failed"),
        (206, "failed"),
        (302, "failed"),
    ],
)
def test_a_status_speaks_for_itself(status, outcome):
    assert state_of_status(status).outcome == outcome


@pytest.mark.parametrize(
    ("copy", "outcome", "reason"),
    [
        (first_copy("<h1>Not found</h1><p>Sorry.</p>", title="404 Not Found"), "gone", "soft_404"),
        (first_copy("<h1>Seite nicht gefunden</h1>"), "gone", "soft_404"),
        (first_copy("<p>Checking your browser</p>", title="Just a moment..."), "blocked", "challenge"),
        (first_copy("<p>Checking your browser</p>", status=503), "blocked", "challenge"),
        (first_copy(COOKIES), "blocked", "consent"),
        (first_copy("<p>One moment</p>", title="Log in | Post"), "blocked", "sign_in"),
        (first_copy("<h1>502 Bad Gateway</h1>", title="502 Bad Gateway"), "failed", "error_page"),
        (first_copy("<noscript>You need to enable JavaScript.</noscript>"), "failed", "script_needed"),
        (first_copy(STORY, final_url="https://post.example/"), "gone", "home_page"),
        (first_copy(STORY, final_url="https://post.example/en-GB/"), "gone", "home_page"),
        (first_copy(STORY, final_url="https://consent.post.example/?to=x"), "blocked", "consent"),
        (first_copy(STORY, final_url="https://post.example/login?to=x"), "blocked", "sign_in"),
        (first_copy(STORY, final_url="https://post.example/errors/404"), "gone", "soft_404"),
        (Copy(b" \n", "text/html", 200, ADDRESS, ADDRESS), "failed", "empty"),
        (first_copy("<p>Der Beitrag ist leider nicht mehr verfügbar.</p>"), "gone", "soft_404"),
        (first_copy("<p>To read on, subscribe now. Already a subscriber? Log in.</p>"), "blocked", "sign_in"),
        (
            first_copy("<h1>Sayfa bulunamadı</h1><p>Aradığınız sayfa artık mevcut değil.</p>"),
            "gone",
            "soft_404",
        ),
        (first_copy("<h1>このページは存在しません</h1>"), "gone", "soft_404"),
        (first_copy("<h1>Etwas ist schiefgelaufen</h1>"), "failed", "error_page"),
        (first_copy("<h1>エラーが発生しました</h1>"), "failed", "error_page"),
        (first_copy("<h1>Bitte bestätigen Sie, dass Sie kein Roboter sind</h1>"), "blocked", "challenge"),
        (
            first_copy("The requested URL was rejected.<br>Your support ID is: 71", title="Request Rejected"),
            "blocked",
            "challenge",
        ),
        (first_copy("<h1>Контент недоступен в вашем регионе</h1>"), "blocked", "legal_reasons"),
        (
            first_copy(
                "<h1>Gizliliğinize önem veriyoruz</h1><p>Biz ve ortaklarımız çerezler kullanıyoruz.</p>"
                "<button>Tümünü kabul et</button><button>Reddet</button>"
            ),
            "blocked",
            "consent",
        ),
        (first_copy("<h1>403 Forbidden</h1><hr>nginx", title="403 Forbidden"), "blocked", "forbidden"),
        (
            Copy(b'{"error": {"message": "Not Found"}}', "application/json", 200, ADDRESS, ADDRESS),
            "gone",
            "soft_404",
        ),
        (
            Copy(b'{"error": "Internal server error"}', "application/json", 200, ADDRESS, ADDRESS),
            "failed",
            "error_page",
        ),
        (Copy(b"404 page not found", "text/plain", 200, ADDRESS, ADDRESS), "gone", "soft_404"),
        (Copy(b"<html><div id=app></div>", "text/html", 200, ADDRESS, ADDRESS), "failed", "empty"),
        (Copy(b"\x89PNG", "image/png", 200, ADDRESS, ADDRESS), "failed", "unknown_kind"),
    ],
)
def test_a_first_copy_that_is_plainly_not_the_page_is_not_believed(copy, outcome, reason):
    state = state_of_copy(copy)

    assert (state.outcome, state.reason) == (outcome, reason)
    assert not state.is_believed


@pytest.mark.parametrize(
    "copy",
    [
        first_copy(STORY),
        first_copy(STORY + COOKIES),
        first_copy(STORY, title="Weapons not found in the harbour, report says"),
        first_copy(STORY, title="Log in to your future"),
        first_copy("<h1>Warning: high water</h1><p>Warning: the quay is closed until noon.</p>"),
        first_copy(STORY * 30 + "<h2>Error 404</h2>", title="How pages die"),
        first_copy(STORY, final_url="https://post.example/2024/gate"),
        first_copy("<p>Something went wrong with the launch of the ferry, the agency said on Monday.</p>"),
        first_copy(
            "<p>The film by Ann Lee opens at the pier and will run there for two weeks.</p>",
            title="Forbidden",
        ),
        first_copy(
            "<p>The quay is shut.</p><p>Subscribe now to our newsletter. Already a subscriber? Log in.</p>"
        ),
        first_copy("<h1>Ferry</h1><p>The ferry is under maintenance until Friday.</p>"),
        first_copy(
            "<h1>Ferry under maintenance</h1><p>The crossing is closed for repairs, and buses go round the bay.</p>"
            "<p>Tickets that were bought for the weekend stay valid until the end of the month, said the crew.</p>"
        ),
        first_copy(
            "<h1>大橋は現在メンテナンス中</h1><p>港湾局によると、点検のため大橋は六月末まで通行止めとなる見通しだという。"
            "徒歩の場合は渡し船を使えるとしている。</p><p>住民からは早い再開を求める声が上がっており、港湾局は週末に説明会を開くとしている。</p>"
        ),
        first_copy(
            "<h1>Loading dock closes</h1><p>The port closes its loading dock on Friday, and lorries use the third "
            "gate.</p><p>Ships that bring grain are led to the old quay, where cranes were built in the spring.</p>"
            "<p>Nobody who works there loses a job, said the director of the port.</p>"
        ),
        first_copy(
            "<h1>Minister’s account suspended</h1><p>The network shut the account of the minister on Monday night.</p>"
            "<p>Her office asked for reasons by the end of the week, and told its readers where else to find her.</p>",
            title="Minister’s account suspended | Harbour Post",
        ),
        first_copy("<h1>Quay</h1><p>The quay is shut until Monday.</p>" + COOKIES),
        first_copy("<h1>Quay</h1><p>Shut until Monday noon.</p>" + COOKIES.replace("cookie-banner", "cmp")),
        first_copy(
            "<h2>Cookie settings</h2><p>This policy says which cookies we and our partners set on your device.</p>"
            "<p>You may withdraw your consent under privacy settings.</p>",
            title="Our cookie policy",
        ),
        first_copy(STORY * 2, title="The history of the words “page not found”"),
        first_copy(
            "<p>“Are you a robot?” asks the box, and bots are quicker to answer it.</p>",
            title="Bots and boxes",
        ),
        Copy(
            b'{"title": "Page not found", "text": "A comedy about two clerks opens at the pier on Monday."}',
            "application/json",
            200,
            ADDRESS,
            ADDRESS,
        ),
        Copy(
            b"<p>Welcome aboard", "text/html", 200, "https://post.example/index.html", "https://post.example/"
        ),
    ],
)
def test_a_first_copy_that_may_be_the_page_is_believed(copy):
    assert state_of_copy(copy) is None


def test_the_address_that_a_believed_copy_came_from_is_the_page():
    before = first_copy(STORY, final_url="https://post.example/")

    assert state_of_copy(first_copy(STORY, final_url="https://post.example/"), before) is None


def test_a_challenge_is_told_from_a_refusal():
    refused = first_copy("<p>Forbidden</p>", status=403)
    challenged = first_copy("<script>window._cf_chl_opt={}</script>", status=403)

    assert state_of_copy(refused).reason == "forbidden"
    assert state_of_copy(challenged).reason == "challenge"
    assert state_of_copy(challenged).outcome is PageOutcome.BLOCKED


WALLS = [
    (first_copy("<p>Es wird geprüft, ob Sie ein Mensch sind.</p>", title="Nur einen Moment…"), "challenge"),
    (first_copy("<p>Hold on</p><script src=//x.token.awswaf.com/c.js></script>"), "challenge"),
    (
        first_copy("<p>Sorry, you have been blocked</p>", title="Attention Required! | Cloudflare"),
        "challenge",
    ),
    (
        first_copy("<h1>Nothing for you</h1><p>This story cannot be shown in your region.</p>"),
        "legal_reasons",
    ),
    (
        first_copy(
            "<h1>Votre vie privée</h1>"
            "<p>Nos partenaires et nous utilisons des cookies.</p><button>Tout accepter</button>"
        ),
        "consent",
    ),
    (
        first_copy(
            "<h1>Your privacy matters to us</h1><p>We and our 812 partners store and access information on your "
            "device. You can accept or manage your choices.</p><button>Accept all</button>"
            "<button>Manage options</button>"
        ),
        "consent",
    ),
    (
        first_copy(
            "<h1>Votre vie privée compte</h1><p>Avec nos 843 partenaires, nous stockons des informations sur votre "
            "appareil.</p><button>Accepter</button><button>Refuser</button>"
        ),
        "consent",
    ),
    (first_copy("<h1>Diese Seite gibt es nicht (mehr)</h1>"), "soft_404"),
    (first_copy("<h1>Nous sommes désolés</h1><p>La page que vous recherchez n’est plus là.</p>"), "soft_404"),
    (first_copy("<h1>お探しのページは見つかりませんでした</h1>"), "soft_404"),
    (first_copy("<h1>Oh dear</h1><p>The link you followed may be old.</p>"), "soft_404"),
    (first_copy("<p>Backend fetch failed</p><p>Varnish</p>", title="503 Backend fetch failed"), "error_page"),
    (first_copy("<b>Fatal error</b>: Uncaught TypeError in /srv/gate.php:3", title=""), "error_page"),
    (first_copy("<h1>Account Suspended</h1><p>Ask your host.</p>"), "error_page"),
    (first_copy(STORY, final_url="https://post.example/?utm_source=gone"), "home_page"),
    (first_copy(STORY, final_url="https://post.example/zh-Hans/"), "home_page"),
    (first_copy(STORY, final_url="https://accounts.post.example/x"), "sign_in"),
]


@pytest.mark.parametrize(("copy", "reason"), WALLS)
def test_walls_and_errors_of_many_makers_and_languages_are_told(copy, reason):
    assert state_of_copy(copy).reason == reason


ABOUT = (
    "<p>{} The court heard both sides on Monday, and the ruling is expected before the end of the month.</p>"
    * 2
)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        (
            "Are you a robot? How captchas work",
            "A captcha asks you to prove that you are human before it lets you in.",
        ),
        (
            "Page not found: how links die",
            "Error 404 means that the page you requested does not exist any more.",
        ),
        (
            "Internal server error grounds ferries",
            "An internal server error stopped the ferries; try again later, it said.",
        ),
        ("Sign in, sailor: a festival opens", "You must log in to the festival's own site to buy a ticket."),
        (
            "Accept all? What banners do",
            "We value your privacy, the banners say: accept all or reject all cookies.",
        ),
    ],
)
def test_a_page_about_walls_and_errors_is_believed(title, sentence):
    page = first_copy(f"<h1>{title}</h1>{ABOUT.format(sentence, sentence)}", title=title)

    assert state_of_copy(page) is None
    assert state_of_copy(page, first_copy(STORY * 5)) is None


PROSE = [
    f"<p>{who} said on Monday that the northern gate would stay open all through the winter, come what may.</p>"
    for who in ("The harbour authority", "The mayor", "The pilots", "The union of stevedores", "The minister")
]
WHOLE = first_copy("<h1>Gate</h1>" + "".join(PROSE) + "<footer><p>Questions go to the office.</p></footer>")


@pytest.mark.parametrize(
    "wall",
    [
        "<h2>Subscribe to continue reading</h2><p>You have read your 3 free articles. Subscribe for 1 euro.</p>",
        "<p>You’ve reached your limit of free articles.</p><p>Get it all for $1 a week.</p>",
        "<p>This article is for subscribers only. Already have an account? Sign in.</p>",
        "<h2>Jetzt weiterlesen mit Plus</h2><p>Schon Abonnent?</p>",
        "<p>La suite de cet article est réservée aux abonnés. Abonnez-vous.</p>",
        "<p>本文仅限订阅用户阅读。</p>",
    ],
)
@pytest.mark.parametrize("paragraphs", [0, 1, 3])
def test_a_page_that_breaks_off_at_a_wall_is_not_believed(wall, paragraphs):
    state = state_of_copy(first_copy("<h1>Gate</h1>" + "".join(PROSE[:paragraphs]) + wall), WHOLE)

    assert (state.outcome, state.reason) == ("blocked", "sign_in")


OFFER = "<h2>There is more of this</h2><p>Try us for £1 a month. Leave when you like.</p>"


def test_a_page_that_loses_most_of_its_prose_where_readers_are_offered_something_is_not_believed():
    offered = OFFER + "<p><a href=/go>Show me how</a></p>"

    state = state_of_copy(first_copy("<h1>Gate</h1>" + PROSE[0] + offered), first_copy("".join(PROSE[:3])))

    assert (state.outcome, state.reason) == ("blocked", "sign_in")


@pytest.mark.parametrize(
    "markup",
    [
        PROSE[0] + OFFER,
        PROSE[0] + OFFER.replace("£1 a month", "12 kinds of fish") + "<p><a href=/go>Show me how</a></p>",
        "".join(PROSE[:2]) + OFFER + "<p><a href=/go>Show me how</a></p>",
    ],
)
def test_what_reads_like_an_offer_below_a_shortened_story_is_believed_without_more_signs(markup):
    assert state_of_copy(first_copy("<h1>Gate</h1>" + markup), first_copy("".join(PROSE[:3]))) is None


def test_a_line_that_ends_the_story_may_stand_below_the_wall_at_which_it_breaks_off():
    ends = "<p>A version of this article appeared in print, on page 12 of the paper of the harbour.</p>"
    wall = "<p>This article is for subscribers only.</p>"

    state = state_of_copy(first_copy("".join(PROSE[:3]) + wall + ends), first_copy("".join(PROSE) + ends))

    assert state.reason == "sign_in"


@pytest.mark.parametrize(
    "markup",
    [
        "".join(PROSE[:3]),
        "".join(PROSE[:3]) + "<p>You have 2 free articles left.</p>",
        "".join(PROSE) + "<p>Already a subscriber? Log in.</p>",
        "".join(PROSE[:2] + PROSE[3:]) + "<p>Already a subscriber? Log in.</p>",
        "".join(PROSE[:3])
        + "<p>The union denied this later, and nobody could say on Monday who had told whom what.</p>"
        + "<p>Already a subscriber? Log in.</p>",
    ],
)
def test_a_page_that_lost_or_changed_some_prose_beside_an_offer_is_believed(markup):
    assert state_of_copy(first_copy("<h1>Gate</h1>" + markup), WHOLE) is None


def test_a_page_that_breaks_off_amid_a_sentence_is_not_believed():
    broken = "<p>The union of stevedores said on Monday that the northern gate would…</p><h3>Already a member?</h3>"

    assert state_of_copy(first_copy("<h1>Gate</h1>" + "".join(PROSE[:3]) + broken), WHOLE).reason == "sign_in"


@pytest.mark.parametrize(
    ("body", "outcome"), [(b"Service Unavailable", "failed"), (b"404 page not found", "gone")]
)
def test_an_error_message_in_plain_text_is_not_the_text(body, outcome):
    before = Copy(b"The northern gate stays open all winter, they said.", "text/plain", 200, ADDRESS, ADDRESS)

    assert state_of_copy(Copy(body, "text/plain", 200, ADDRESS, ADDRESS), before).outcome == outcome


WALL = (
    "<form><div>Our systems have detected unusual traffic from your computer network. This page checks to see if "
    "it&#39;s really you sending the requests, and not a robot. <a href=#>Why did this happen?</a></div>"
    f"<div style='display:none'>{'The block will end soon after those requests stop, if you share a network. ' * 12}"
    "</div></form><div>IP address: 192.0.2.7<br>Time: 2026-05-04T10:11:12Z<br>URL: https://post.example/</div>"
)


@pytest.mark.parametrize("title", ["Sorry...", "https://post.example/search?q=gate"])
@pytest.mark.parametrize("before", [None, first_copy(f"<h1>Gate</h1>{STORY * 9}", title="Gate")])
def test_a_wall_that_speaks_of_unusual_traffic_is_a_challenge(title, before):
    state = state_of_copy(first_copy(WALL, title=title), before)

    assert (state.outcome, state.reason) == ("blocked", "challenge")


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        (
            "<h1>How to log in</h1><p>Open the app and press the button.</p><p>Enter your password.</p>",
            "How to log in",
        ),
        ("<h1>How do I sign in?</h1><p>Press Log in at the top of any page.</p>", "Log in - Help"),
        ("<h1>Trouble signing in</h1><ol><li>Check your e-mail.</li><li>Log in again.</li></ol>", "Help"),
        ("<h1>404</h1><p>Area code 404 serves Atlanta.</p>", "404"),
        ("<h1>Area code 404</h1><p>404 is an area code in Georgia.</p>", "404 | Area codes"),
        ("<h1>404</h1><p>404 is a telephone area code. It dates from 1947.</p>", "404 - Area codes"),
        ("<h1>Section 404</h1><p>Management answers for its controls.</p>", "Rules: 404"),
        (
            f"<h1>Robots</h1>{STORY}<p>It says: our systems have detected unusual traffic from your computer network.",
            "Robots",
        ),
    ],
)
def test_a_short_page_about_a_wall_or_a_number_is_believed(markup, title):
    assert state_of_copy(first_copy(markup, title=title)) is None


@pytest.mark.parametrize(
    ("markup", "title", "reason"),
    [
        ("<h1>404</h1><p>You have wandered off the quay.</p>", "404", "soft_404"),
        ("<h1>404</h1><p>We can't find that page. Try area code 404 instead.</p>", "404", "soft_404"),
        (
            "<h1>Log in</h1><p>E-mail</p><p>Password</p><p>Forgot your password?</p>",
            "Log in | Post",
            "sign_in",
        ),
        ("<h1>Sign in</h1><p>Need help?</p>", "Sign in", "sign_in"),
    ],
)
def test_a_wall_or_an_error_page_is_not_taken_for_a_page_about_one(markup, title, reason):
    assert state_of_copy(first_copy(markup, title=title)).reason == reason
