import pytest

from stories.text.judge import Copy, judge_page, state_of_copy

ADDRESS = "https://post.example/2026/weir"
STORY = "<h1>Weir to be rebuilt</h1>" + "".join(
    f"<p>{who} said on Monday that the weir above the mill would be rebuilt in stone before the autumn floods.</p>"
    for who in ("The council", "The miller", "An engineer of the river board", "The angling club")
)


def copy_of(markup: str, *, title: str = "The River Post") -> Copy:
    page = (
        f"<html><head><title>{title}</title></head><body><nav><a href=/>Home</a> <a href=/town>Town</a></nav>"
        f"{markup}<footer><p>© 2026 The River Post</p></footer></body></html>"
    )
    return Copy(page.encode(), "text/html; charset=utf-8", 200, ADDRESS, ADDRESS)


BEFORE = copy_of(STORY)
WALLS = [
    ("", "This site uses cookies.", "OK"),
    ("Cookies", "By continuing you agree to our use of cookies.", "Close"),
    ("Help us keep it free", "Advertising pays for what we write.", "Allow"),
    ("It’s your choice", "", "Continue"),
    ("", "We process personal data under the GDPR on the basis of your consent.", "OK"),
    ("Are you over 18?", "", "Yes"),
    ("This content is age restricted", "", "I am 18 or older"),
    ("", "Diese Website verwendet Cookies.", "OK"),
    ("", "Nach der DSGVO benötigen wir Ihr Einverständnis zur Verarbeitung Ihrer Daten.", "Verstanden"),
    ("Sind Sie mindestens 18 Jahre alt?", "", "Ja"),
    ("", "Ce site utilise des cookies.", "OK"),
    ("À vous de choisir", "Aidez-nous à rester gratuits.", "D’accord"),
    ("Avez-vous plus de 18 ans ?", "", "Oui"),
    ("", "Utilizamos cookies propias y de terceros.", "Entendido"),
    ("¿Eres mayor de edad?", "", "Sí"),
    ("", "Questo sito utilizza i cookie.", "Ho capito"),
    ("Hai più di 18 anni?", "", "Sì"),
    ("Czy masz ukończone 18 lat?", "Treść tylko dla dorosłych.", "Dalej"),
    ("Вам есть 18 лет?", "Материал только для взрослых.", "Продолжить"),
    ("あなたは18歳以上ですか？", "", "続ける"),
    ("您是否已年满18岁？", "本内容仅限成人浏览。", "继续"),
    ("当サイトではクッキーを使用しています。", "", "同意する"),
    ("", "Deze site maakt gebruik van cookies.", "Begrepen"),
    ("Ben je 18 jaar of ouder?", "", "Ja"),
    ("", "Ta strona używa plików cookie.", "OK"),
]


@pytest.mark.parametrize(("heading", "sentence", "label"), WALLS)
@pytest.mark.parametrize("before", [None, BEFORE])
def test_a_wall_of_few_words_is_told_whatever_it_asks_for(heading, sentence, label, before):
    asked = f"<h1>{heading}</h1>" * bool(heading) + f"<p>{sentence}</p>" * bool(sentence)

    state = state_of_copy(copy_of(f"<div>{asked}<button>{label}</button></div>"), before)

    assert (state.outcome, state.reason) == ("blocked", "consent")


def test_a_notice_of_cookies_in_the_place_of_a_story_needs_no_button():
    assert state_of_copy(copy_of("<p>This website uses cookies.</p>"), BEFORE).reason == "consent"


BOX = "<div><p>This site uses cookies.</p><button>OK</button></div>"
HELPFUL = "<p>Was this helpful?</p><button>Yes</button><button>No</button>"


@pytest.mark.parametrize(
    "markup",
    [
        "<h1>Are you over 18? Inns must ask</h1><p>Inns have to ask from June on, the council decided on Monday.</p>",
        "<h1>Your choice of bread</h1><p>Choose rye or wheat.</p><button>Continue</button>",
        "<h1>Cookies</h1><p>Bake the cookies for 12 minutes.</p><button>OK</button>",
        f"<h1>Gold</h1><p>1,903.20</p>{BOX}",
        f"<h1>Inn at the weir</h1><p>Open daily</p>{BOX}",
        f"<h1>Who may vote?</h1><p>All who are at least 18 years old on 3 March may vote.</p>{HELPFUL}",
        "<h1>Should the weir be rebuilt?</h1><button>Yes</button><button>No</button>",
        "<p>This website uses cookies.</p>",
        f"<p><a href=/1>The weir will be rebuilt in stone</a></p><p><a href=/2>Club asks for a ladder for fish</a></p>"
        f"<p><a href=/3>Miller wins in court</a></p>{BOX}",
    ],
)
def test_a_first_copy_that_says_something_of_its_own_is_believed(markup):
    assert state_of_copy(copy_of(markup)) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (STORY, "<h1>Firm is sorry</h1><p>“We used your data without your permission,” the firm wrote.</p>"),
        (
            "<h1>Privacy</h1><p>We keep your data for thirty days, then nobody can read it.</p>",
            "<h1>Privacy</h1><p>Your personal data is sold on by us.</p><button>Close</button>",
        ),
    ],
)
def test_a_page_that_comes_to_speak_of_data_has_changed(old, new):
    assert judge_page(copy_of(old), copy_of(new)).outcome == "changed"
