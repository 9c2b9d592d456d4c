import pytest

from stories.text.page.retraction import takes_back


@pytest.mark.parametrize(
    "line",
    [
        "RETRACTED: Effects of tides on ferries",
        "Retraction",
        "Retraction notice: the data could not be reproduced.",
        "Retraction — the editors no longer trust the figures.",
        "This article has been retracted at the request of its authors.",
        "Editor’s note: This story was retracted on May 3.",
        "The harbour board has withdrawn this statement.",
        "We retract this report.",
        "This press release was withdrawn.",
        "WITHDRAWN",
        "Dieser Artikel wurde zurückgezogen.",
        "Cet article a été rétracté.",
        "Este artículo ha sido retractado por sus autores.",
    ],
)
def test_a_page_that_says_so_of_itself_is_taken_back(line: str) -> None:
    assert takes_back(["The bridge closes on Monday.", line])


@pytest.mark.parametrize(
    "line",
    [
        "The journal retracted two papers of the group last year.",
        "The mayor withdrew his statement on Monday.",
        "Retraction of the landing gear took four seconds.",
        "Withdrawn troops are to return by June.",
        "How we handle retractions",
        "This article was updated on May 3.",
    ],
)
def test_a_page_that_tells_of_another_retraction_is_not(line: str) -> None:
    assert not takes_back([line])
