"""A story's page says how it stands: its text, its notes, its quotes."""

from datetime import UTC, datetime, timedelta

import pytest

from stories.models.words import VerdictWord
from tests.reader.telling import START, WORDING, find, publish, text_of

pytestmark = pytest.mark.django_db


def test_an_article_says_when_it_was_published_and_last_updated(read, bridge):
    words = text_of(read("/stories/bridge/"))

    assert "Published March 2, 2026, noon EST" in words
    assert "Updated March 4, 2026, 1 p.m. EST" in words
    assert "See all changes" in words
    assert "By Ines Okafor" in words


def test_a_correction_of_the_headline_stands_above_the_text_and_an_update_below(read, bridge):
    page = read("/stories/bridge/")

    order = ["The headline was too sure.", "It is very old.", "The story now says what the repair costs."]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)


def test_of_many_notes_the_ten_newest_stand_open_and_the_others_folded_in_their_places(read, bridge):
    for day in range(5, 16):
        publish(bridge, f"Counted on day {day}.", at=START + timedelta(days=day))

    page = read("/stories/bridge/")

    open_notes, folded = page.split("2 earlier notes</summary>")
    assert [f"day {day}." in open_notes for day in (6, 15)] == [True, True]
    assert "day 5." in folded
    assert page.count('id="note-') == len(range(5, 16)) + 2


def test_of_a_retraction_the_text_gives_way_to_the_note_and_stays_at_the_address_of_its_version(read, bridge):
    publish(bridge, "We withdraw it.", at=START + timedelta(days=9), kind="retraction")

    page = read("/stories/bridge/")

    assert "We withdraw it." in page
    assert "It is very old." not in page
    assert "Withdrawn: The bridge closes on Monday." in text_of(page)
    assert "It is very old." in read("/stories/bridge/versions/4/")


def test_a_claim_that_no_longer_stands_is_told(read, bridge):
    claim = bridge.claims.get()
    claim.standing = "disputed"
    claim.save()
    publish(bridge, "One claim is disputed.", at=START + timedelta(days=9))

    assert "Disputed: The bridge closes on Monday." in text_of(read("/stories/bridge/"))


@pytest.mark.parametrize(
    ("word", "wording", "said"),
    [
        (
            VerdictWord.VERBATIM,
            "",
            "On its source’s page as quoted , last verified March 12, 2026, 1 p.m. EDT",
        ),
        (VerdictWord.ALTERED, WORDING, "Reworded since , last checked March 12, 2026, 1 p.m. EDT"),
        (VerdictWord.MISSING, "", "No longer there , last checked March 12, 2026, 1 p.m. EDT"),
        (VerdictWord.UNREADABLE, "", "Could not be read when last checked"),
    ],
)
def test_each_quote_says_whether_its_source_still_says_so(read, bridge, word, wording, said):
    at = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
    find(bridge.citations.get(), word, at=at, wording=wording)

    page = read("/stories/bridge/")

    assert said in text_of(page)
    assert f'<sup class="mark mark--{word}" id="quote-1">' in page
    assert ("<del>will</del><ins>may</ins>" in page) == (word == VerdictWord.ALTERED)


def test_a_quote_whose_source_goes_back_and_forth_says_so(read, bridge):
    at = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
    find(bridge.citations.get(), VerdictWord.ALTERED, at=at, wording=WORDING, is_alternating=True)

    words = text_of(read("/stories/bridge/"))

    assert "Going back and forth between two wordings , last checked March 12, 2026" in words
    assert "How it reads at some checks" in words


def test_what_was_said_when_a_retracted_text_was_put_back_stands_above_the_retraction(read, bridge):
    publish(bridge, "We withdraw this.", at=START + timedelta(days=9), kind="retraction")
    publish(bridge, "It was right after all.", at=START + timedelta(days=10), kind="editors_note")

    _, _, page = read("/stories/bridge/").partition("<main")

    order = ["It was right after all.", "We withdraw this.", "It is very old."]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    assert page.count("It was right after all.</p>") == 1


def test_a_correction_of_a_claim_stands_above_the_text(read, bridge):
    claim = bridge.claims.get()
    claim.standing = "corrected"
    claim.save()
    publish(bridge, "One claim was wrong.", at=START + timedelta(days=9), kind="correction")

    page = read("/stories/bridge/")

    assert page.index("One claim was wrong.") < page.index("It is very old.")


def test_a_link_to_a_source_says_of_which_date_its_content_is_known(read, bridge):
    find(bridge.citations.get(), VerdictWord.VERBATIM, at=datetime(2026, 3, 12, 17, 0, tzinfo=UTC))
    url = bridge.citations.get().source.url

    assert f'<a href="{url}" data-originalurl="{url}" data-versiondate="2026-03-12"' in read(
        "/stories/bridge/"
    )
