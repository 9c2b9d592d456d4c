"""Every public page says what a reader came for, and says it honestly."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.template.loader import get_template

from stories.models import Update
from stories.models.words import VerdictWord
from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory, make_editor
from tests.nonces import without_nonce
from tests.reader.telling import START, WORDING, find, publish, rewrite

pytestmark = pytest.mark.django_db


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_an_empty_front_page_says_that_nothing_is_published(read):
    ArticleFactory()

    assert "Nothing is published yet" in read("/")


def test_the_front_page_lists_the_latest_change_first(read, bridge):
    newer = ArticleFactory(slug="ferry", headline="The ferry is full")
    publish(newer, at=START + timedelta(days=5))

    with time_machine.travel(START + timedelta(days=6), tick=False):
        page = read("/")

    assert page.index("The ferry is full") < page.index("The bridge may close on Monday")
    assert "1 day ago" in page
    assert "3 days ago" in page
    assert "Updated 2 times" in page
    assert re.findall(r'class="kind kind--(\w+)"', page) == ["first", "correction"]


def test_a_minor_edit_does_not_bring_a_story_up(read, bridge):
    ferry = ArticleFactory(slug="ferry", headline="The ferry is full")
    publish(ferry, at=START + timedelta(days=3))
    publish(rewrite(bridge, body=f"{bridge.body}!"), at=START + timedelta(days=9), is_minor=True)

    page = read("/")

    assert page.index("The ferry is full") < page.index("The bridge may close on Monday")


def test_the_front_page_is_cut_into_pages(read):
    for number in range(21):
        publish(ArticleFactory(headline=f"Story number {number}"), at=START + timedelta(hours=number))

    assert "Story number 0<" not in read("/")
    assert "Story number 0<" in read("/?page=2")
    assert "Story number 0<" in read("/?page=99")


def test_an_article_says_when_it_was_published_and_last_updated(read, bridge):
    words = text_of(read("/stories/bridge/"))

    assert "Published March 2, 2026, noon EST" in words
    assert "Updated March 4, 2026, 1 p.m. EST" in words
    assert "See all changes" in words
    assert "By Ines Okafor" in words


def test_a_text_whose_first_time_nobody_knows_is_not_said_to_be_published_then(read):
    """Invariant 9."""
    article = ArticleFactory(slug="old")
    publish_article(article, by=None, now=START)

    words = text_of(read("/stories/old/"))

    assert "First recorded here March 2, 2026" in words
    assert "Published" not in words


def test_a_text_that_came_with_notes_is_not_said_to_be_the_first(read):
    """Invariant 9."""
    article = ArticleFactory(slug="old")
    publish(article, "New facts.", stated_at=datetime(2024, 5, 18, 19, 24, tzinfo=UTC))

    article_words, changes = text_of(read("/stories/old/")), text_of(read("/stories/old/changes/"))

    assert (
        "First recorded here March 2, 2026, noon EST · Updated May 18, 2024, 3:24 p.m. EDT" in article_words
    )
    assert "As readers saw it May 18, 2024, 3:24 p.m. EDT ." in changes
    assert "First published" not in article_words + changes


def test_a_correction_of_the_headline_stands_above_the_text_and_an_update_below(read, bridge):
    page = read("/stories/bridge/")

    order = ["The headline was too sure.", "It is very old.", "The story now says what the repair costs."]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)


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
        (VerdictWord.ALTERED, WORDING, "Reworded since , last looked March 12, 2026, 1 p.m. EDT"),
        (VerdictWord.MISSING, "", "No longer there , last looked March 12, 2026, 1 p.m. EDT"),
        (VerdictWord.UNREADABLE, "", "Could not be read when last looked at"),
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

    assert "Going back and forth between two wordings , last looked March 12, 2026" in words
    assert "How it reads at some looks" in words


def test_the_changelog_has_every_version_with_its_diff_and_the_minor_one_folded(read, bridge):
    """Invariant 4."""
    page = read("/stories/bridge/changes/")

    assert re.findall(r'id="version-(\d)"', page) == ["4", "3", "2", "1"]
    assert re.findall(r"entry__changes\"[^>]*?( open)?><summary>(.*?)<", page) == [
        (" open", "Headline changed, 2 words added, 1 removed."),
        (" open", "4 words added, 2 removed."),
        ("", "1 word added."),
    ]
    assert "It is <ins>very </ins>old." in page


def test_the_changelog_gives_the_time_with_its_zone_the_note_and_its_cause(read, bridge):
    page = read("/stories/bridge/changes/")
    words = text_of(page)

    assert (
        '<time datetime="2026-03-04T13:00:00-05:00" title="March 4, 2026, 18:00 UTC">March 4, 2026, 1 p.m. EST</time>'
    ) in page
    assert "The headline was too sure." in words
    assert "What its source changed Notice 14" in words
    assert "bridge <del>will</del><ins>may</ins> be closed" in page


def test_the_changelog_says_how_long_each_headline_was_live(read, bridge):
    page = read("/stories/bridge/changes/")

    assert "The bridge <del>closes</del><ins>may close</ins> on Monday" in page
    assert "live for 2 days" in page


def test_the_changelog_tells_the_history_of_each_claim(read, bridge):
    claim = bridge.claims.get()
    claim.text, claim.standing = "The bridge may close on Monday.", "corrected"
    claim.save()
    publish(bridge, "One claim was wrong.", at=START + timedelta(days=9), kind="correction")

    page = read("/stories/bridge/changes/")

    assert "The bridge <del>closes</del><ins>may close</ins> on Monday." in page
    assert "Corrected since version 5" in text_of(page)
    assert "Stands since version 1" in text_of(page)


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


def test_the_changelog_leaves_out_the_sentences_that_did_not_change(read):
    kept = "Nothing in this long sentence was changed by anybody at all. "
    article = ArticleFactory(slug="long", body=f"{kept}It is old. {kept}")
    publish(article)
    publish(rewrite(article, body=f"{kept}It is new. {kept}"), "New.", at=START + timedelta(hours=1))

    changes, compared = read("/stories/long/changes/"), read("/stories/long/compare/1/2/")

    assert "It is <del>old</del><ins>new</ins>." in changes
    assert "Nothing in this long sentence" not in changes
    assert "unchanged sentences left out" in changes
    assert compared.count("Nothing in this long sentence") == 2


def test_a_letter_that_looks_like_another_is_spelled_out_in_a_change(read):
    article = ArticleFactory(slug="quiet", body="A copy of it.")
    publish(article)
    publish(rewrite(article, body="A c\u043epy of it."), "Nothing.", at=START + timedelta(hours=1))

    assert "c\u043e⟨U+043E⟩py</ins>" in read("/stories/quiet/changes/")


def test_a_link_to_a_source_says_of_which_date_its_content_is_known(read, bridge):
    find(bridge.citations.get(), VerdictWord.VERBATIM, at=datetime(2026, 3, 12, 17, 0, tzinfo=UTC))
    url = bridge.citations.get().source.url

    assert f'<a href="{url}" data-originalurl="{url}" data-versiondate="2026-03-12"' in read(
        "/stories/bridge/"
    )


def test_the_changelog_tells_a_back_dated_entry_and_a_text_that_nobody_recorded(read):
    """Invariant 9."""
    article = ArticleFactory(slug="old")
    times = {"at": START, "stated_at": datetime(2024, 5, 18, 19, 24, tzinfo=UTC)}
    publish(article, "New facts.", is_text_before_recorded=False, **times)

    words = text_of(read("/stories/old/changes/"))

    assert "Stated as May 18, 2024, 3:24 p.m. EDT , recorded here March 2, 2026, noon EST ." in words
    assert "The text before this update was not recorded here." in words


@pytest.mark.parametrize(
    ("precision", "said"), [("day", "May 18, 2024"), ("month", "May 2024"), ("year", "2024")]
)
def test_a_time_is_told_no_more_exactly_than_it_is_known(read, precision, said):
    article = ArticleFactory(slug="old")
    stated_at = datetime(2024, 5, 18, 19, 24, tzinfo=UTC)
    publish(article, "New facts.", stated_at=stated_at, stated_precision=precision)

    page = read("/stories/old/changes/")

    assert f"{said}</time>" in page
    assert "Stated as " in page


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


@pytest.mark.parametrize(
    "address",
    [
        "/stories/none/",
        "/stories/draft/",
        "/stories/draft/changes/",
        "/stories/draft/changes.atom",
        "/stories/draft/versions/1/",
        "/stories/bridge/versions/0/",
        "/stories/bridge/versions/5/",
        "/stories/bridge/compare/1/5/",
        "/stories/bridge/compare/1/99999999999999999999999999/",
        "/stories/bridge/compare/1/2/?before=77",
    ],
)
def test_what_is_not_published_is_not_there(client, bridge, address):
    ArticleFactory(slug="draft")

    response = client.get(address)

    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()


def test_corrections_are_listed_newest_first_with_their_story(read, bridge):
    page = read("/corrections/")

    assert "The headline was too sure." in page
    assert "The story now says what the repair costs." not in page
    assert re.findall(r'class="kind kind--(\w+)"', page) == ["correction"]
    assert '/stories/bridge/changes/#version-4"' in page


def test_without_corrections_the_page_says_so(read):
    assert "No correction has been needed yet" in read("/corrections/")


def test_corrections_are_cut_into_pages(read):
    article = ArticleFactory(slug="long")
    publish(article)
    for number in range(1, 32):
        rewrite(article, body=f"Text {number}.")
        publish(article, f"Wrong number {number}.", at=START + timedelta(hours=number), kind="correction")

    assert "Wrong number 1." not in read("/corrections/")
    assert "Wrong number 1." in read("/corrections/?page=2")


def test_more_corrections_than_are_counted_are_told_and_found_by_their_days(read, bridge, monkeypatch):
    monkeypatch.setattr("stories.reader.views.CorrectionsPaginator.most_counted", 0)

    page = read("/corrections/?kind=correction")

    assert "More than 0 found; say since when, and until when." in page
    assert "There are more. Say until when, and the older ones are shown." in page


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/stories/bridge/",
        "/stories/bridge/changes/",
        "/stories/bridge/versions/1/",
        "/stories/bridge/compare/1/4/",
        "/stories/bridge/as-of/",
        "/stories/bridge/as-of/?at=2026-03-03",
        "/corrections/",
        "/corrections/policy/",
    ],
)
def test_every_page_has_one_heading_landmarks_a_language_and_no_script_of_its_own(read, bridge, address):
    page = read(address)

    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert all(f"<{tag}" in page for tag in ("header", "nav", "main", "footer"))
    assert '<html lang="en">' in page
    scripts = set(re.findall(r"<script([^>]*)>", page))
    own = ' src="/static/stories/reader.js" data-own-time="{when}, your time ({zone})" defer'
    assert scripts <= {' type="application/ld+json"', own}
    assert not re.search(r"\sstyle=|\son\w+=", page)
    identifiers = re.findall(r'\sid="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize("address", ["/stories/bridge/", "/stories/bridge/changes.atom", "/corrections.atom"])
def test_a_reader_who_has_the_page_gets_no_second_copy(client, bridge, address):
    tag = client.get(address)["ETag"]

    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    publish(rewrite(bridge, dek="Else."), "Else.", at=START + timedelta(days=9), kind="correction")
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/stories/bridge/", "/stories/bridge/changes/", "/corrections/"])
def test_a_page_for_everybody_is_the_same_for_everybody(client, bridge, address):
    anonymous = client.get(address)
    client.force_login(make_editor())
    signed_in = client.get(address)

    assert without_nonce(anonymous.content) == without_nonce(signed_in.content)
    assert "Cookie" not in anonymous["Vary"] + signed_in["Vary"]
    assert not signed_in.cookies


def test_a_failure_is_told_in_the_same_design_without_a_request():
    page = get_template("500.html").render()

    assert "Something went wrong on our side" in page
    assert "stories/base.css" in page


def test_each_version_is_dated_in_its_own_zone(read):
    article = ArticleFactory(slug="bridge")
    publish_article(article, by=None, now=START, stated_at=START, stated_zone="Asia/Tokyo")
    publish(rewrite(article, body="It is closed."), "Closed.", at=START + timedelta(days=1))

    story, compared = read("/stories/bridge/"), read("/stories/bridge/compare/1/2/")

    assert text_of(story).count("March 3, 2026, 2 a.m. JST") == 2
    assert "Version 1 March 3, 2026, 2 a.m. JST" in text_of(compared)
    assert "Version 2 March 3, 2026, noon EST" in text_of(compared)


def test_every_page_has_the_same_answer_to_when_readers_saw_a_version(read):
    article = ArticleFactory(slug="bridge")
    seen_at = START - timedelta(days=20)
    update = Update(article=article, note="Closed.", stated_at=seen_at, stated_zone="Asia/Tokyo")
    publish_article(article, updates=[update], by=None, now=START)

    with time_machine.travel(START, tick=False):
        front = read("/")
    changes, version = read("/stories/bridge/changes/"), read("/stories/bridge/versions/1/")
    feed = read("/stories/bridge/changes.atom")

    assert "2 weeks ago" in front
    assert "no changes since Feb. 11, 2026, 2 a.m. JST" in text_of(changes)
    assert "Readers saw it from Feb. 11, 2026, 2 a.m. JST" in text_of(version)
    assert "<published>2026-02-10T17:00:00+00:00</published>" in feed


def test_the_zone_of_the_newsroom_is_used_where_none_is_stated(read):
    article = ArticleFactory(slug="old")
    publish_article(article, by=None, now=START, stated_at=START)

    assert "March 2, 2026, noon EST" in read("/stories/old/changes/")


def test_why_a_time_was_stated_after_the_fact_is_told(read, bridge):
    """Invariant 9."""
    at = START + timedelta(days=9)
    publish_article(
        rewrite(bridge, dek="More."),
        updates=[Update(article=bridge, note="More facts.")],
        by=make_editor(),
        now=at,
        stated_at=at - timedelta(hours=5),
        stated_zone="America/New_York",
        stated_because="It was on air first.",
    )

    assert "It was on air first." in text_of(read("/stories/bridge/changes/"))
    assert "It was on air first." in text_of(read("/stories/bridge/versions/5/"))


def test_what_asks_for_the_icon_of_a_feed_where_browsers_look_is_led_to_it(client):
    """A page names its icon; JSON cannot."""
    answer = client.get("/favicon.ico")

    assert answer.status_code == 302
    assert re.search(r"stories/favicon[.\w]*\.svg$", answer["Location"])
