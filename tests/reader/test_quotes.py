"""A mark stands behind its quote, and the HTML around it stays as it was."""

import pytest

from stories.reader.quotes import find_quotes, insert_marks
from stories.text.blocks import readable_blocks
from stories.text.markdown import render_markdown

MARK = "<sup>1</sup>"


def marked(html, passage):
    place = find_quotes(html, [passage])[0]
    return None if place is None else insert_marks(html, {place: MARK})


@pytest.mark.parametrize(
    ("html", "passage", "expected"),
    [
        ("<p>It said “we close” and left.</p>", "we close", f"<p>It said “we close”{MARK} and left.</p>"),
        ('<p>"We close," it said.</p>', "We close", f'<p>"We close,"{MARK} it said.</p>'),
        ("<p>“We don’t.”</p>", "We don't", f"<p>“We don’t.”{MARK}</p>"),
        ("<p>“We <em>never</em> do”</p>", "We never do", f"<p>“We <em>never</em> do”{MARK}</p>"),
        ("<p>We <em>never do</em> it</p>", "never do", f"<p>We <em>never do{MARK}</em> it</p>"),
        ('<p><a href="/a">we close</a> now</p>', "we close", f'<p><a href="/a">we close</a>{MARK} now</p>'),
        ('<p><a href="/a">we close now</a>.</p>', "we close", f'<p><a href="/a">we close now</a>{MARK}.</p>'),
        ("<p>a &amp; b &lt;c&gt; d</p>", "a & b <c>", f"<p>a &amp; b &lt;c&gt;{MARK} d</p>"),
        ("<p>We\nclose&nbsp;early.</p>", "We close early", f"<p>We\nclose&nbsp;early.{MARK}</p>"),
        ('<p title="x > we close">we close</p>', "we close", f'<p title="x > we close">we close{MARK}</p>'),
        ("<p>We close.</p><p>We stay.</p>", "We close. We stay", f"<p>We close.</p><p>We stay.{MARK}</p>"),
        ("<p>Nothing of it.</p>", "we close", None),
        ("<p>Nothing of it.</p>", "  ", None),
        ("", "we close", None),
    ],
)
def test_a_mark_stands_behind_the_passage_and_its_closing_marks(html, passage, expected):
    assert marked(html, passage) == expected


@pytest.mark.parametrize(
    "body",
    [
        "# A & B\n\n> “quoted **words** here” and *more*\n\n1. [“quoted words here”](https://x.example/?a=1&b=2)",
        "| a | b |\n|---|---|\n| “quoted words here” | `<b>` |\n\nA note[^1].\n\n[^1]: “quoted words here”",
        "```\n“quoted words here” <script>\n```\n\n<ins>raw</ins> &copy; 5 < 6",
    ],
)
def test_without_its_mark_the_html_is_the_frozen_one_and_its_text_never_changes(body):
    html = render_markdown(body)

    result = marked(html, "quoted words here")

    assert result is not None
    assert result.replace(MARK, "") == html
    unmarked = [block.text.replace("”1", "”") for block in readable_blocks(result)]
    assert [block.text for block in readable_blocks(html)] == unmarked


def test_two_passages_at_one_place_are_found_at_the_same_place():
    assert find_quotes("<p>“We close early”</p>", ["We close early", "close early"]) == [19, 19]
