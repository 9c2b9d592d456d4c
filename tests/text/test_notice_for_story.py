"""A short piece of news in the place of a long story may speak as walls and errors do; it is a change all the same."""

import pytest

from tests.text.test_page_change import STORY, became, judged, page


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
