"""A story in each format that it is handed over in."""

import json
import time
from datetime import UTC, datetime

import pytest

from stories.importing.errors import NotAStory
from stories.importing.formats import Format, parse_as, parse_page, recognise
from stories.importing.story import Given, StoryLink, build_story
from stories.text.markup.markdown import Link, Paragraph, html_paragraphs

MARKDOWN = """# Harbour bridge closes for a year

Commuters will have to take the ferry from Monday.

By Ines Duarte

The harbour bridge closes on *Monday*. “No vehicle will pass before spring,” [the port says](https://port.example/notice).

- Ferries run.
- Buses do not.

Update, March 3 2024, 3:24 PM ET: The story now says how often the ferries run.
"""
HTML = """<h1>Harbour bridge closes for a year</h1><p>By Ines Duarte</p>
<p>The harbour bridge closes on <em>Monday</em>. It opens in a year. “No vehicle will pass before spring,”
<a href="https://port.example/notice">the port says</a>; the <a href="https://city.example/">city</a> agrees.</p>
<p>Update, March 3 2024, 3:24 PM ET: The story now says how often the ferries run.</p>"""
DATA = {
    "@type": "NewsArticle",
    "headline": "Bridge closed",
    "author": {"name": "Ines Duarte"},
    "datePublished": "2024-03-02T08:00:00Z",
}
PAGE = f"""<!doctype html><html><head><title>Bridge | News</title>
<script type="application/ld+json">{json.dumps(DATA)}</script></head><body>
<nav><a href="/">Home</a><a href="/sport">Sport</a></nav>
<main><article><h1>Harbour bridge closes for a year</h1>
<p class="standfirst">Commuters will have to take the ferry from Monday.</p>
<p>The harbour bridge closes on <em>Monday</em>, and will not be open again before spring of next year, says the
port.</p>
<p>“No vehicle will pass before spring,” <a href="https://port.example/notice">the port says</a> in a notice to all
who use it, and adds that the ferries will run more often than they do now while the bridge is closed.</p>
<h2>Ferries</h2><p>They run every ten minutes, says their operator, and they will take bicycles free of charge.</p>
</article></main>
<aside><p>Correction, March 4 2024, 9:05 AM ET: An earlier version of this story misstated how long it is
closed.</p></aside>
<footer>© News, all rights reserved</footer></body></html>"""


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (MARKDOWN, Format.MARKDOWN),
        (HTML, Format.HTML),
        (PAGE, Format.HTML),
        ("Bridge closes\n\nIt closes on Monday, 2 < 3.\n", Format.TEXT),
        ("---\ntitle: Bridge closes\n---\nIt closes.\n", Format.MARKDOWN),
    ],
)
def test_a_format_is_recognised(text, form):
    assert recognise(text) == form


def test_markdown_stays_as_it_is():
    story = parse_as(MARKDOWN, Format.MARKDOWN)

    assert story.headline == "Harbour bridge closes for a year"
    assert story.dek == "Commuters will have to take the ferry from Monday."
    assert story.byline == "By Ines Duarte"
    assert story.paragraphs[0].startswith("The harbour bridge closes on *Monday*.")
    assert story.paragraphs[1] == "- Ferries run.\n- Buses do not."
    assert [note.body for note in story.notes] == ["The story now says how often the ferries run."]
    assert (story.passages, story.passage_links) == (
        ("No vehicle will pass before spring",),
        ("https://port.example/notice",),
    )


@pytest.mark.parametrize("unseen", ["![](https://a.example/bridge.png)", "---"])
def test_what_has_no_words_counts_as_a_paragraph_where_notes_are_taken_out(unseen):
    story = parse_as(
        f"# Bridge closes\n\nIt closes. It rains.\n\n{unseen}\n\nFerries run. They are slow.\n\n"
        "Correction: It closes on Monday.\n\nUpdate: Buses run.",
        Format.MARKDOWN,
    )

    assert story.paragraphs == ["It closes. It rains.", unseen, "Ferries run. They are slow."]
    assert [note.body for note in story.notes] == ["It closes on Monday.", "Buses run."]


def test_a_sentence_above_the_byline_is_the_dek_where_the_front_matter_has_the_byline_too():
    story = parse_as(
        "---\ntitle: Bridge closes\nauthor: By Ines Duarte\n---\n\nIt has cracks, the divers have found on Sunday.\n\n"
        "By Ines Duarte\n\nIt closes. It rains.",
        Format.MARKDOWN,
    )

    assert (story.dek, story.paragraphs) == (
        "It has cracks, the divers have found on Sunday.",
        ["It closes. It rains."],
    )


def test_front_matter_says_what_it_says():
    story = parse_as(
        '---\ntitle: "Bridge closes"\nauthor: By Ines Duarte\ndate: 2024-03-02T08:00:00Z\n---\n\nIt closes on Monday.',
        Format.MARKDOWN,
    )

    assert (story.headline, story.byline, story.body) == (
        "Bridge closes",
        "By Ines Duarte",
        "It closes on Monday.",
    )
    assert story.shown_at == datetime(2024, 3, 2, 8, tzinfo=UTC)


def test_html_keeps_its_links_and_emphasis():
    story = parse_as(HTML, Format.HTML)

    assert story.headline == "Harbour bridge closes for a year"
    assert "on *Monday*." in story.body
    assert "[the port says](https://port.example/notice)" in story.body
    assert story.links == (
        StoryLink("https://port.example/notice", "the port says"),
        StoryLink("https://city.example/", "city"),
    )
    assert story.passage_links == ("https://port.example/notice",)
    assert len(story.notes) == 1


def test_of_a_page_the_story_is_taken_without_its_frame():
    story = parse_page(PAGE, url="https://news.example/bridge")

    assert story.headline == "Harbour bridge closes for a year"
    assert story.dek == "Commuters will have to take the ferry from Monday."
    assert story.byline == "By Ines Duarte"
    assert story.paragraphs[0].startswith("The harbour bridge closes on *Monday*")
    assert story.paragraphs[-2] == "## Ferries"
    assert "rights reserved" not in story.body and "Sport" not in story.body
    assert story.published_at == datetime(2024, 3, 2, 8, tzinfo=UTC)


def test_a_note_beside_the_text_of_a_page_is_found():
    story = parse_page(PAGE)

    assert [note.kind for note in story.notes] == ["correction"]
    assert "misstated" not in story.body


@pytest.mark.parametrize("text", ["", "<p></p>", "# Only a headline"])
def test_what_is_no_story_is_refused(text):
    with pytest.raises(NotAStory):
        parse_as(text, recognise(text))


def test_markdown_that_cannot_be_shown_is_refused():
    with pytest.raises(NotAStory, match="cannot be shown"):
        parse_as("# Bridge\n\n" + ">" * 5_000 + "x", Format.MARKDOWN)


@pytest.mark.parametrize("form", Format)
def test_more_than_any_story_has_is_refused_in_a_sentence(form):
    """A few hundred kilobytes of short paragraphs would keep a process busy for many seconds."""
    paragraph = "<p>x" if form is Format.HTML else "x\n\n"

    with pytest.raises(NotAStory, match="has 5,001 paragraphs, and the longest story has 5,000"):
        parse_as(paragraph * 5_001, form)
    with pytest.raises(NotAStory, match="characters, and the longest story has 500,000"):
        parse_as(paragraph + paragraph.replace("x", "Hello there. " * 40_000), form)


def test_a_rule_parts_notes_from_the_body_and_from_each_other_and_is_none_of_it():
    notes = "---\n\n*Correction: It is Monday.*\n\n***\n\n*Editor’s note: It was changed.*\n\n---"

    story = parse_as(
        f"# Bridge closes\n\nIt rains. It pours.\n\n---\n\nNobody crosses.\n\n{notes}", Format.MARKDOWN
    )

    assert story.body == "It rains. It pours.\n\n---\n\nNobody crosses."
    assert [note.body for note in story.notes] == ["It is Monday.", "It was changed."]
    assert story.left_out == ()


def test_a_heading_with_nothing_under_it_is_left_out():
    story = parse_as(HTML.replace("<p>Update,", "<h2>Notes</h2><p>Update,"), Format.HTML)

    assert len(story.notes) == 1
    assert "Notes" not in story.body
    assert story.left_out == ("Notes",)


def test_what_stands_beside_a_story_is_a_note_only_if_it_is_a_sentence():
    paragraphs = html_paragraphs("<h1>Bridge closes</h1><p>It closes on Monday. It opens in a year.</p>")
    seen = (
        "Update: March 4 2024 Headline changed\nCorrection: March 4 2024 It closes on Monday, not on Sunday."
    )

    story = build_story(paragraphs, given=Given(seen=seen))

    assert [note.kind for note in story.notes] == ["correction"]


def test_a_text_of_many_comments_is_read_in_one_go():
    """Each could be taken for a part of the next, in more ways than can be tried."""
    assert recognise("<!-- x -->" * 5_000 + "no page") is not Format.HTML


def test_a_text_of_empty_lines_is_read_in_one_go():
    """A point of a list could begin at each of them."""
    began = time.process_time()

    form = recognise("Harbour opens" + "\n" * 200_000 + "So it is.")

    assert form is Format.TEXT
    assert time.process_time() - began < 1


def test_a_passage_is_held_against_the_links_of_its_own_paragraph_alone():
    """Of all links and all passages of a long text there are a hundred million pairs."""
    said = "“It is closed now,” she said. " * 3
    links = tuple(Link(f"https://port.example/{at}", "said", at) for at in (20, 50, 80))
    began = time.process_time()

    story = build_story(
        [Paragraph("Harbour opens", "Harbour opens"), *[Paragraph(said, said, links)] * 4_500]
    )

    assert story.passage_links == ("https://port.example/20",)
    assert time.process_time() - began < 4
