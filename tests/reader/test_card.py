"""The picture for sharing says what the live version says, in any language, and never shows boxes."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from stories.reader import card
from stories.reader.card import as_drawn, draw_card
from tests.reader.telling import START, publish, rewrite

ADDRESS = "/stories/bridge/card.png"
SUMMARY = ("Updated 2 times", "Correction, March 4, 2026")


@pytest.mark.django_db
def test_the_picture_is_of_the_size_that_networks_want_and_kept_like_a_page(client, bridge):
    response = client.get(ADDRESS, headers={"accept-encoding": "gzip"})

    assert Image.open(BytesIO(response.content)).size == (1200, 630)
    assert response["Content-Type"] == "image/png"
    assert "Content-Encoding" not in response
    assert client.get(ADDRESS, headers={"if-none-match": response["ETag"]}).status_code == 304
    assert f'content="http://127.0.0.1:8000{ADDRESS}"' in client.get("/stories/bridge/").content.decode()


@pytest.mark.django_db
def test_it_changes_with_a_publication_and_not_with_a_draft(client, bridge):
    """Invariant 5."""
    before = client.get(ADDRESS).content

    rewrite(bridge, headline="Something else")
    assert client.get(ADDRESS).content == before
    publish(bridge, "Else.", at=START + timedelta(days=9))
    assert client.get(ADDRESS).content != before


@pytest.mark.parametrize("headline", ["Short", "Word " * 60, "x" * 300, "W" * 300, "a" + " b" * 149])
def test_a_headline_of_any_length_stays_inside(headline):
    drawn = draw_card(headline, SUMMARY, "The Harbour Post")

    blank = draw_card(" ", SUMMARY, "The Harbour Post")
    box = ImageChops.difference(drawn, blank).getbbox()
    assert box is not None
    assert box[2] <= 1190
    assert box[3] <= 500


def test_a_word_as_wide_as_a_line_begins_on_the_first():
    blank = draw_card(" ", SUMMARY, "The Harbour Post")

    tops = [
        ImageChops.difference(draw_card("n" * length, SUMMARY, "The Harbour Post"), blank).getbbox()[1]
        for length in range(15, 26)
    ]

    assert max(tops) < 150 + 68


def test_letters_without_a_shape_are_left_out_and_accents_only_where_they_must(monkeypatch):
    monkeypatch.setattr(card, "_BOLD", ())
    card._font.cache_clear()
    card._has_shape.cache_clear()

    try:
        assert as_drawn("Café “closes”") in {"Café “closes”", "Cafe “closes”"}
        assert as_drawn("السفينة تصل") == ""
        assert as_drawn("\U0010fffc") == ""
    finally:
        card._font.cache_clear()
        card._has_shape.cache_clear()
