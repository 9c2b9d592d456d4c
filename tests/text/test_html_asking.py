"""Boxes without a name that ask the visitor for something, known by what they speak of and by their button."""

import pytest

from tests.text.pages_of_a_story import STORY, became, page

GIFT = "<div><p>Journalism like ours costs money. Please support us with 5 euros a month.</p>{}</div>"
LETTER = "<div><p>Join 20,000 readers who begin the day with us.</p><form><input type=email>{}</form></div>"
TELL_ME = "<form><input type=email><button>Tell me</button></form>"
COOKIES = "<div><p>By reading on you agree to our use of cookies.</p>{}</div>"


@pytest.mark.parametrize(
    "box",
    [
        GIFT.format("<a href=/give>Donate</a>"),
        GIFT.format("<button>Give now</button>"),
        "<div><p>Unsere Arbeit lebt von Ihrer Spende.</p><a href=/s>Jetzt spenden</a></div>",
        "<div><p>Votre don nous aide à rester libres.</p><a href=/d>Faire un don</a></div>",
        LETTER.format("<button>Sign up</button>"),
        "<div><p>Get our newsletter.</p><form><input type=submit value=Subscribe></form></div>",
        "<div><p>Help our independent journalism: please donate.</p><a href=/give>Donate now</a></div>",
        "<div><h3>Why we ask</h3><p>Support our reporting from $5.</p><button>Support</button></div>",
        "<div><p>Become a member of the Post, and keep us free.</p><button>Join us</button></div>",
        "<div><p>Unterstützen Sie uns mit 5 Euro im Monat.</p><a href=/s>Unterstützen</a></div>",
        "<div><p>Soutenez notre rédaction.</p><a href=/d>Je soutiens</a></div>",
        "<div><p>Con tu donación seguimos siendo libres.</p><a href=/d>Haz una donación</a></div>",
        "<div><p>Поддержите нашу редакцию.</p><a href=/d>Поддержать</a></div>",
        "<div><p>Wesprzyj nasz portal.</p><a href=/d>Wesprzyj</a></div>",
        "<div><p>Наша рассылка выходит по утрам.</p><form><input type=email><button>Подписаться</button></form></div>",
        "<div><p>Nasz newsletter wychodzi rano.</p><form><button>Zapisz się</button></form></div>",
        "<div><p>Få vårt newsletter.</p><form><button>Prenumerera</button></form></div>",
        "<div><p>Get our newsletter.</p><form><input type=submit value='Sign up!'></form></div>",
        '<div><p>Recevez notre newsletter.</p><form><input type=submit value="S\'abonner"></form></div>',
        "<div><h3>The buoy</h3><p>All from the quay.</p><form><input type=email><button>Go</button></form></div>",
        "<div><p>Bréf frá höfninni</p><form><input type=email><button>Áfram</button></form></div>",
        "<div><p>Bréf frá höfninni</p><form><input><input type=email><button>Áfram</button></form></div>",
        "<div><p>Bréf</p><form><input name=yourMail><input type=image alt=Go></form></div>",
        "<div><p>Bréf</p><form><input name=n><input type=text name=e_mail><input type=submit></form></div>",
        COOKIES.format("<a href=#>Got it</a>"),
        "<div><p>Käytämme evästeitä.</p><button>Hyväksy</button></div>",
    ],
)
def test_a_box_that_asks_may_come_and_go_anywhere(box):
    assert became(page(), page(STORY + box)) == "noise"
    assert became(page(), page(after=box)) == "noise"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<div><p>You may give blood at our clinic on 4 June.</p>", "5 June"),
        ("<div><p>Donations to the party rose by 4 million.</p><a href=/d>Donate</a>", "5 million"),
        ("<div><p>You may attend our hearing on 4 May.</p><a href=/s>Sign up</a>", "5 May"),
        ("<div><p>You can end our newsletter within 4 days.</p>", "5 days"),
        ("<div><p>Hearing on 4 May.</p><form><input type=email><button>Go</button></form>", "5 May"),
        (
            "<div><p>Answers take 4 days.</p><form><input name=mail><textarea></textarea><button>Go</button></form>",
            "5 days",
        ),
        ("<div><p>Ask by 4 May.</p><form><input><input type=email><button>Go</button></form>", "5 May"),
    ],
)
def test_what_only_speaks_of_giving_or_of_a_letter_is_content(before, after):
    assert became(page(STORY + before), page(STORY + before.replace(f"4{after[1:]}", after))) == "changed"


@pytest.mark.parametrize(
    ("told", "was", "is_now", "answer"),
    [
        ("Our members may vote until 4 June.", "4", "5", "<a href=/j>Join us</a>"),
        ("Our members may vote.", "may", "may not", "<button>Join us</button>"),
        ("Our clinic opens on Monday.", "Monday", "Friday", "<a href=/d>Donate now</a>"),
        ("We meet on Monday.", "Monday", "Friday", "<a href=/d>Become a member</a>"),
        ("We will support independent witnesses with 4 euros each.", "4", "5", "<a href=/s>Support</a>"),
        ("We will support our witnesses.", "will", "will not", "<button>Support</button>"),
        ("Support us, we said to the mayor.", "mayor", "miller", "<a href=/s>Support</a>"),
        ("Our donations to the party paid for its boats.", "boats", "posters", "<a href=/d>Donate</a>"),
        ("Your donation went to 4 boats.", "4", "5", "<a href=/d>Donate</a>"),
        ("Please support us: 4,000 euros are gone.", "4,000", "9,000", "<button>Support us</button>"),
        ("Please support us: $4 million are gone.", "4", "9", "<button>Support us</button>"),
        ("We let those vote who become members.", "let", "let not", "<a href=/j>Become a member</a>"),
        ("Wir unterstützen unsere Zeugen.", "Zeugen", "Zeugen nicht", "<a href=/s>Unterstützen</a>"),
        ("Nous avons reçu un don du maire.", "maire", "préfet", "<a href=/d>Faire un don</a>"),
        ("You can end our newsletter within 4 days.", "4", "5", "<a href=/s>Subscribe</a>"),
    ],
)
def test_what_stands_beside_an_answer_and_asks_for_nothing_is_content(told, was, is_now, answer):
    before = f"<div><p>{told}</p>{answer}</div>"

    assert became(page(STORY + before), page(STORY + before.replace(was, is_now, 1))) == "changed"


@pytest.mark.parametrize(
    "box", ["<div>{}</div>", "<div><div>{}</div></div>", "<section><h2>Gate</h2>{}</section>"]
)
def test_what_is_edited_beside_a_field_for_an_address_may_be_what_an_address_is_told_of(box):
    told = f"<p>The gate is closed.</p>{TELL_ME}"
    was, is_now = box.format(told), box.format(told.replace("closed", "open"))

    assert became(page(STORY + was), page(STORY + is_now)) == "changed"
