"""An old version stays as it was, and any two can be held beside each other."""

import pytest

from tests.reader.telling import text_of

pytestmark = pytest.mark.django_db


def test_an_old_version_stays_as_it_was_and_says_that_it_is_old(read, bridge):
    page = read("/stories/bridge/versions/1/")

    assert "This is not the current version." in page
    assert '<h1 dir="auto">The bridge closes on Monday</h1>' in page
    assert "It is old." in page
    assert "The headline was too sure." not in page
    assert "/stories/bridge/compare/1/4/" in page
    assert '<link rel="canonical" href="http://127.0.0.1:8000/stories/bridge/">' in page
    assert '<meta name="robots" content="noindex, follow">' in page


def test_the_current_version_is_not_called_old(read, bridge):
    page = read("/stories/bridge/versions/4/")

    assert "Version 4, the current one." in page
    assert "noindex" not in page


def test_an_old_version_shows_what_was_known_of_its_quotes_then(read, bridge):
    assert "Not checked yet" in text_of(read("/stories/bridge/versions/1/"))
    assert "Reworded since" in text_of(read("/stories/bridge/versions/4/"))


@pytest.mark.parametrize("view", ["", "?view=side"])
def test_a_comparison_shows_the_words_the_gap_and_folds_the_rest(read, bridge, view):
    page = read(f"/stories/bridge/compare/1/2/{view}")

    assert "35 minutes later" in page
    assert "<ins>very </ins>" in page
    assert "2 unchanged paragraphs" in page
    assert f"/stories/bridge/compare/2/3/{view}" in page


def test_a_comparison_side_by_side_keeps_each_side_to_itself(read, bridge):
    page = read("/stories/bridge/compare/3/4/?view=side")

    assert '<p dir="auto">The bridge <del>closes</del> on Monday</p>' in page
    assert '<p dir="auto">The bridge <ins>may close</ins> on Monday</p>' in page


@pytest.mark.parametrize(
    ("asked", "sent_to"),
    [
        ("compare/4/1/", "compare/1/4/"),
        ("compare/1/4/?before=2&after=3", "compare/2/3/"),
        ("compare/1/4/?before=3&after=2&view=side", "compare/2/3/?view=side"),
        ("compare/1/4/?before=x&after=", "compare/1/4/"),
        ("compare/4/1/?view=side", "compare/1/4/?view=side"),
    ],
)
def test_a_comparison_asked_otherwise_is_sent_to_its_address(client, bridge, asked, sent_to):
    response = client.get(f"/stories/bridge/{asked}")

    assert (response.status_code, response["Location"]) == (302, f"/stories/bridge/{sent_to}")


def test_a_version_beside_itself_is_told_kindly(read, bridge):
    page = read("/stories/bridge/compare/2/2/")

    assert "Both sides are version 2" in page
    assert 'name="before"' in page
