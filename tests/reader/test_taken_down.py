"""What readers, feeds and caches have of a text that was taken down: the tombstone, and not a word of it."""

from datetime import timedelta

import pytest

from stories.publishing.checkpoints import sign_checkpoint
from stories.publishing.takedown import take_down
from tests.reader.telling import START, publish, rewrite

pytestmark = pytest.mark.django_db

NOW = START + timedelta(days=9)
WORD = "14 million"  # In versions 3 and 4.
PAGES = [
    "/",
    "/stories/bridge/",
    "/stories/bridge/changes/",
    "/stories/bridge/changes.atom",
    "/stories/bridge/changes.json",
    *(f"/stories/bridge/versions/{number}/" for number in range(1, 5)),
    "/stories/bridge/compare/2/3/",
    "/stories/bridge/compare/3/4/?view=side",
    "/stories/bridge/as-of/?at=2026-03-10T12:00&zone=UTC",
    "/stories/bridge/record.json",
    "/stories/bridge/timemap/",
    "/corrections/",
    "/corrections/?q=headline",
    "/corrections.atom",
    "/corrections.json",
    "/sitemap-news.xml",
    "/record/",
]


def remove(article, *numbers, by):
    take_down(
        list(article.versions.filter(number__in=numbers)),
        authority="District Court, 3 O 12/26",
        in_the_name_of="a private person",
        reason="A private reason.",
        by=by,
        now=NOW,
    )


@pytest.mark.parametrize("address", PAGES)
def test_no_public_byte_has_a_word_of_it_though_everybody_had_asked_before(client, bridge, editor, address):
    sign_checkpoint(now=NOW)
    before = client.get(address)

    remove(bridge, 3, 4, by=editor)

    after = client.get(address, headers={"If-None-Match": before.get("ETag", "")})
    # Who is told that nothing changed goes on showing what was there before.
    text = (before if after.status_code == 304 else after).content.decode()
    for words in (
        WORD,
        "says what the repair costs",
        "The headline was too sure",
        "may close",
        "private reason",
    ):
        assert words not in text, (address, words)
    assert after.status_code in {200, 304, 451}


def test_the_story_whose_live_version_is_taken_down_shows_a_tombstone(client, bridge, editor):
    remove(bridge, 3, 4, by=editor)

    answer = client.get("/stories/bridge/")

    assert answer.status_code == 451
    assert answer["Link"] == '<http://127.0.0.1:8000>; rel="blocked-by"'
    page = answer.content.decode()
    assert "District Court, 3 O 12/26" in page
    assert "a private person" in page
    assert "Mar" in page


def test_a_browser_that_asks_only_by_date_is_not_left_with_the_old_page(client, bridge, editor):
    before = client.get("/stories/bridge/changes/")
    remove(bridge, 4, by=editor)

    after = client.get("/stories/bridge/changes/", headers={"If-Modified-Since": before["Last-Modified"]})

    assert after.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"If-None-Match": "*"}, {"If-Modified-Since": "Fri, 31 Dec 2100 00:00:00 GMT"}],
    ids=["any page", "a page of any time"],
)
def test_no_condition_makes_of_it_a_page_that_is_as_it_was(client, bridge, editor, headers):
    """RFC 9110, 13.2.1: where there is no page, nobody is told that the copy they have is good."""
    remove(bridge, 2, by=editor)

    assert client.get("/stories/bridge/versions/2/", headers=headers).status_code == 451
    assert client.get("/stories/bridge/versions/99/", headers=headers).status_code == 404
    assert client.get("/stories/bridge/", headers=headers).status_code == 304


def test_versions_that_were_not_taken_down_stay(client, bridge, editor):
    remove(bridge, 3, 4, by=editor)

    assert client.get("/stories/bridge/versions/2/").status_code == 200
    assert client.get("/stories/bridge/compare/1/2/").status_code == 200
    assert client.get("/stories/bridge/versions/3/").status_code == 451
    assert client.get("/stories/bridge/compare/2/3/").status_code == 451


def test_the_changelog_says_which_versions_were_taken_down(client, read, bridge, editor):
    remove(bridge, 4, by=editor)

    page = read("/stories/bridge/changes/")

    assert page.count('class="kind kind--takedown"') == 1
    assert "taken down for legal reasons" in page
    assert "Taken down" in client.get("/stories/bridge/changes.atom").content.decode()


def test_the_page_of_the_record_lists_what_was_taken_down(read, bridge, editor):
    remove(bridge, 4, by=editor)

    assert "District Court, 3 O 12/26, in the name of a private person" in read("/record/")


def test_the_next_version_is_shown_again(client, read, bridge, editor):
    remove(bridge, 3, 4, by=editor)
    bridge.refresh_from_db()
    rewrite(bridge, headline="The bridge and its repair", body="It is old.")

    publish(bridge, "A new text.", at=NOW + timedelta(days=1))

    assert "The bridge and its repair" in read("/stories/bridge/")
    assert WORD not in read("/stories/bridge/changes/")


def test_the_history_of_a_claim_goes_on_over_a_version_that_was_taken_down(read, bridge, editor):
    remove(bridge, 3, by=editor)

    page = read("/stories/bridge/changes/")

    assert "1 claim, not changed since first made" in page
