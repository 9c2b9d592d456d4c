"""The changelog and its comparisons say what readers can see, from frozen versions alone."""

from datetime import timedelta

import pytest

from stories.publishing.changelog import (
    changelog,
    compare_contents,
    headlines,
    newsroom_corrections,
    published_notes,
)
from stories.publishing.comparison import Fold
from stories.publishing.corrections import correction_rows
from stories.publishing.publish import publish_article
from stories.publishing.summary import summarise
from stories.text.diff import WordChange
from tests.factories import ArticleFactory
from tests.reader.telling import START, publish, rewrite, tell_bridge_story


def content(**fields):
    return {
        "headline": "The bridge closes",
        "dek": "",
        "byline": "",
        "html": "<p>One.</p>",
        "claims": [],
        "citations": [],
        **fields,
    }


def claim(text="The bridge closes.", standing="stands", key=1):
    return {"id": key, "text": text, "standing": standing}


def citation(exact="It closes.", source="Notice", url="https://port.example/", source_id=7):
    source_data = {"id": source_id, "kind": "page", "title": source, "url": url}
    return {"id": 1, "claim": 1, "exact": exact, "source": source_data}


def paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def test_the_same_content_has_no_difference():
    same = content(claims=[claim()], citations=[citation()])

    comparison = compare_contents(same, same)

    assert comparison.is_empty
    assert summarise(comparison) == "Nothing that readers see changed."


def test_with_nothing_before_it_everything_is_added():
    comparison = compare_contents(None, content(html="<p>One two.</p>", claims=[claim()]))

    assert comparison.words.added == 5
    assert comparison.words.removed == 0
    assert [change.kind for change in comparison.claims] == ["added"]


@pytest.mark.parametrize("name", ["headline", "dek", "byline"])
def test_a_line_is_compared_by_words(name):
    comparison = compare_contents(
        content(**{name: "It closes Monday"}), content(**{name: "It closes Tuesday"})
    )

    assert getattr(comparison, name).changes == (
        WordChange("equal", "It closes "),
        WordChange("delete", "Monday"),
        WordChange("insert", "Tuesday"),
    )
    assert comparison.is_text_changed


def test_unchanged_paragraphs_are_folded_but_for_those_asked_for():
    before = content(html=paragraphs("One.", "Two.", "Three.", "Four.", "It was five."))
    after = content(html=paragraphs("One.", "Two.", "Three.", "Four.", "It is five."))

    bare = compare_contents(before, after).body
    with_context = compare_contents(before, after, context=1).body

    assert [part.count if isinstance(part, Fold) else part.change.kind for part in bare] == [4, "changed"]
    assert [part.count if isinstance(part, Fold) else part.change.kind for part in with_context] == [
        3,
        "same",
        "changed",
    ]


def test_a_paragraph_keeps_what_it_is_to_a_reader():
    before = content(html="<h2>Why it was</h2><blockquote><p>A quote that went.</p></blockquote>")
    after = content(html="<h2>Why it is</h2>")

    body = compare_contents(before, after).body

    assert {(part.kind, part.change.kind) for part in body} == {("heading", "changed"), ("quote", "removed")}


@pytest.mark.parametrize(
    ("before", "after", "kind", "is_standing_changed", "words"),
    [
        ([], [claim()], "added", False, "1 claim added."),
        ([claim()], [], "removed", False, "1 claim removed."),
        ([claim()], [claim("The bridge may close.")], "changed", False, "1 claim changed."),
        ([claim()], [claim(standing="withdrawn")], "changed", True, "1 claim withdrawn."),
        ([claim(standing="disputed")], [claim()], "changed", True, "1 claim stands again."),
    ],
)
def test_claims_are_compared_by_text_and_standing(before, after, kind, is_standing_changed, words):
    comparison = compare_contents(content(claims=before), content(claims=after))

    assert [(item.kind, item.is_standing_changed) for item in comparison.claims] == [
        (kind, is_standing_changed)
    ]
    assert summarise(comparison) == words
    assert not comparison.is_text_changed


def test_an_unchanged_claim_is_not_told():
    before, after = content(claims=[claim(), claim("Other.", key=2)]), content(claims=[claim()])

    comparison = compare_contents(before, after)

    assert [change.text.before for change in comparison.claims] == ["Other."]


def test_a_passage_ascribed_to_another_source_is_a_change_of_both():
    before = content(citations=[citation(source="Notice", source_id=7)])
    after = content(citations=[citation(source="Minutes", source_id=8, url="https://city.example/")])

    comparison = compare_contents(before, after)

    assert [(item.kind, item.is_source_changed) for item in comparison.citations] == [("changed", True)]
    assert [(item.kind, item.title.after or item.title.before) for item in comparison.sources] == [
        ("added", "Minutes"),
        ("removed", "Notice"),
    ]


def test_a_source_at_a_new_address_is_told():
    before, after = (
        content(citations=[citation()]),
        content(citations=[citation(url="https://port.example/new")]),
    )

    comparison = compare_contents(before, after)

    assert [(item.kind, item.url_before, item.url_after) for item in comparison.sources] == [
        ("changed", "https://port.example/", "https://port.example/new")
    ]
    assert comparison.citations == ()


def test_a_verdict_that_came_in_between_is_no_change_of_the_story():
    before, after = content(citations=[citation()]), content(citations=[{**citation(), "verdict": "altered"}])

    assert compare_contents(before, after).is_empty


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('<a href="/a">x</a>', '<a href="/b">x</a>', [("changed", "/a", "/b")]),
        ('<a href="/a">x</a>', "x", [("removed", "/a", "")]),
        ("x", '<a href="/a">x</a>', [("added", "", "/a")]),
        ('<a href="/a">x</a>', '<a href="/a">y</a>', []),
    ],
)
def test_a_link_that_leads_elsewhere_is_told_although_its_words_stay(before, after, expected):
    comparison = compare_contents(content(html=f"<p>{before}</p>"), content(html=f"<p>{after}</p>"))

    assert [(link.kind, link.url_before, link.url_after) for link in comparison.links] == expected
    assert not comparison.is_empty
    assert not comparison.is_formatting_changed


def test_words_set_otherwise_are_a_change_of_formatting_alone():
    comparison = compare_contents(content(html="<p>One.</p>"), content(html="<p><em>One</em>.</p>"))

    assert comparison.is_formatting_changed
    assert not comparison.is_text_changed
    assert summarise(comparison) == "Formatting changed."


def test_a_summary_names_what_a_reader_would_ask_for():
    before = content(html="<p>It costs nine.</p>")
    after = content(
        headline="The bridge opens", html="<p>It costs fourteen million.</p>", citations=[citation()]
    )

    words = summarise(compare_contents(before, after))

    assert words == "Headline changed, 3 words added, 2 removed, 1 quoted passage added, 1 source added."


@pytest.mark.django_db
def test_every_version_is_an_entry_with_its_diff_the_minor_ones_too():
    """Invariant 4."""
    article = tell_bridge_story()

    entries = changelog(article)

    assert [(entry.version.number, entry.kind) for entry in entries] == [
        (4, "correction"),
        (3, "update"),
        (2, "minor"),
        (1, "first"),
    ]
    assert [entry.summary for entry in entries] == [
        "Headline changed, 2 words added, 1 removed.",
        "4 words added, 2 removed.",
        "1 word added.",
        "",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_part_of_the_changelog_still_knows_the_version_before(limit, django_assert_num_queries):
    article = tell_bridge_story()

    with django_assert_num_queries(1):
        entries = changelog(article, offset=1, limit=limit)

    assert [entry.version.number for entry in entries] == [3, 2, 1][:limit]
    assert [entry.previous.number if entry.previous else None for entry in entries] == [2, 1, None][:limit]


@pytest.mark.django_db
def test_the_strip_of_headlines_says_when_each_was_live(django_assert_num_queries):
    article = tell_bridge_story()

    with django_assert_num_queries(3):
        now, before = headlines(article)

    assert (before.headline, before.first_number, before.last_number) == ("The bridge closes on Monday", 1, 3)
    assert (before.since, before.until) == (START, START + timedelta(days=2, hours=1))
    assert (now.headline, now.until) == ("The bridge may close on Monday", None)
    assert WordChange("delete", "closes") in now.changes


@pytest.mark.django_db
def test_a_headline_that_comes_back_is_live_twice():
    article = ArticleFactory(headline="A")
    publish(article)
    publish(rewrite(article, headline="B"), "Changed.", at=START + timedelta(hours=1))
    publish(rewrite(article, headline="A"), "Changed back.", at=START + timedelta(hours=2))

    assert [span.headline for span in headlines(article)] == ["A", "B", "A"]


@pytest.mark.django_db
def test_notes_come_from_every_version_newest_first_with_their_cause():
    article = tell_bridge_story()

    notes = published_notes(article)

    assert [(note.number, note.kind, note.headline_changed) for note in notes] == [
        (4, "correction", True),
        (3, "update", False),
    ]
    assert WordChange("insert", "may") in notes[0].cause.changes
    assert published_notes(article, upto=3) == notes[1:]


@pytest.mark.django_db
def test_a_back_dated_note_says_so():
    """Invariant 9."""
    article = ArticleFactory()
    publish(article, "Told late.", at=START, stated_at=START - timedelta(days=3))
    publish(rewrite(article, body="Other."), "Told at once.", at=START + timedelta(hours=1))

    at_once, late = published_notes(article)

    assert (late.is_back_dated, at_once.is_back_dated) == (True, False)
    assert (late.shown_at, late.recorded_at) == (START - timedelta(days=3), START)


@pytest.mark.django_db
def test_a_first_text_whose_time_nobody_knows_is_recorded_not_published():
    """Invariant 9."""
    article = ArticleFactory()
    publish_article(article, by=None, now=START)

    entry = changelog(article)[0]

    assert (entry.kind, entry.shown_at) == ("recorded", START)


@pytest.mark.django_db
def test_corrections_of_all_stories_are_told_newest_first_in_two_queries(django_assert_num_queries):
    tell_bridge_story()
    other = ArticleFactory(slug="ferry", headline="The ferry is full")
    publish(other)
    for days, kind in enumerate(["clarification", "update", "editors_note", "retraction"], start=1):
        rewrite(other, body=f"Text {days}.")
        publish(other, f"Told {kind}.", at=START + timedelta(days=days), kind=kind)

    with django_assert_num_queries(2):
        told = newsroom_corrections()

    assert [(item.slug, item.note.kind) for item in told] == [
        ("ferry", "retraction"),
        ("bridge", "correction"),
        ("ferry", "clarification"),
    ]
    assert told[1].headline == "The bridge may close on Monday"
    assert newsroom_corrections(offset=1, limit=1) == told[1:2]
    assert correction_rows().count() == 3
