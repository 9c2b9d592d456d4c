"""A short piece of news in the place of a long story may speak as walls and errors do; it is a change all the same."""

import pytest

from tests.text.pages_of_a_story import STORY, became, judged, page


def became_one_of(said: str, *, beside: str = "") -> set[tuple[str, str]]:
    """What is told where that came for the story, under its title, with and without the frame."""
    bare = {"navigation": "", "after": ""}
    return {
        judged(page(f"<p>{said}</p>{beside}")),
        (became(page(STORY, **bare), page(f"<p>{said}</p>{beside}", **bare)), "content"),
    }


@pytest.mark.parametrize(
    "said",
    [
        "The construction site has moved to Quay Street.",
        "The polling site has moved to the school on 4 Elm Street.",
        "After 12 years, our front page has moved to Mondays.",
        "The council said on 4 June that the camp site has moved to the quay.",
        "The site has moved to a new hall, next to the station. Visitors pay 4 euros now.",
        "This site has moved to the school on 4 Elm Street.",
        "Das Bürgeramt ist umgezogen: Lindenstraße 4.",
        "La biblioteca se ha trasladado a la calle Mayor 4.",
    ],
)
def test_that_something_moved_is_a_change(said):
    assert became_one_of(said) == {("changed", "content")}


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Our 4 courses for adults begin in June.", "Read more"),
        ("You can book our classes for people over 18 now.", "Learn more"),
        ("Anmeldung zu unseren Kursen für Erwachsene bis 4. Mai.", "Weiter"),
        ("我们为18岁以上的成人提供4门课程。", "继续"),
        ("您可以报名18岁以上的成人课程。", "是"),
    ],
)
def test_that_something_is_for_adults_is_a_change(said, label):
    assert became_one_of(said, beside=f"<a href=/courses>{label}</a>") == {("changed", "content")}


@pytest.mark.parametrize("place", ["membership", "abo", "subscriptions/", "assinatura", "abo/news/gate"])
def test_a_story_that_came_from_where_a_subscription_is_offered_is_believed(place):
    address = f"https://post.example/{place}"

    assert judged(page(STORY + "<p>It opens at six.</p>"), final_url=address) == ("changed", "content")


@pytest.mark.parametrize("place", ["membership", "abo/", "assinatura"])
def test_an_offer_of_a_subscription_that_came_in_its_place_is_not(place):
    address = f"https://post.example/{place}"

    assert judged(page("<p>Join us.</p>"), final_url=address) == ("blocked", "sign_in")


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("„", ".“"), ("»", ".«"), ("「", "。」"), ("", ".[12]"), ("", ".[0]"), ("", ".¹"), ("", "۔"), ("", "։")],
)
def test_sentences_end_with_a_quotation_and_with_notes_as_well(opening, closing):
    said = "".join(
        f"<p>{opening}{answer}{closing}</p>"
        for answer in (
            "We have heard nothing of the ministry since the spring, and nobody will say why that is so",
            "The crews were told to wait for the pilots, who had been told to wait for the crews",
        )
    )
    told = "".join(
        f"<p>{line} asked the head of the harbour about the winter, the ferries and the fees of the next year.</p>"
        for line in ("The reporter", "A reader who lives by the northern gate", "A member of the council")
    )

    assert became(page(told + said), page(said + "<p>The page does not exist.</p>")) == "changed"


@pytest.mark.parametrize(
    "said",
    [
        "La línea 2 no está disponible temporalmente por obras.",
        "Il ponte 4 è temporaneamente non disponibile.",
        "De brug 4 is tijdelijk niet beschikbaar.",
        "A ponte 4 está temporariamente indisponível.",
        "第4号桥正在维护。",
        "桥4暂时不可用。",
        "Les 4 serveurs sont surchargés, dit le maire.",
        "Die Straße 4 ist gleich wieder für Sie da.",
        "O ferry 4 não está disponível.",
        "Seite nicht finden: 4 Wähler klagen.",
        "Die Buslinie 7 ist vorübergehend nicht verfügbar.",
        "L’ascenseur de la gare est momentanément indisponible.",
        "The lift is temporarily unavailable until 4 June.",
        "Die Brücke ist wegen Wartung bis 4. Mai gesperrt.",
        "El puente está en mantenimiento.",
        "The tram service is under maintenance this week.",
        "Мост 4 временно недоступен для машин.",
        "游泳馆正在维护，6月4日开放。",
        "Most 4 jest zamknięty do 12 czerwca.",
        "プールは6月4日まで休館します。",
    ],
)
def test_that_a_lift_or_a_line_is_out_of_service_is_a_change(said):
    assert became_one_of(said) == {("changed", "content")}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("This service is temporarily unavailable.", "error_page"),
        ("The site is temporarily unavailable. Try again in 5 minutes.", "error_page"),
        ("Le service est temporairement indisponible.", "error_page"),
        ("Il servizio è temporaneamente non disponibile.", "error_page"),
        ("La página no está disponible temporalmente.", "error_page"),
        ("De website is tijdelijk niet beschikbaar.", "error_page"),
        ("Wegen Wartungsarbeiten ist unsere Website nicht erreichbar.", "error_page"),
        ("网站正在维护，请稍后再试。", "error_page"),
        ("Сайт временно недоступен.", "error_page"),
        ("503 Service Unavailable", "error_page"),
        ("Sorry, this story is no longer available.", "soft_404"),
        ("Este conteúdo não está disponível.", "soft_404"),
        ("该内容已被删除。", "soft_404"),
    ],
)
def test_that_the_page_itself_is_out_of_service_is_an_error(said, reason):
    assert judged(page(f"<p>{said}</p>"))[1] == reason
