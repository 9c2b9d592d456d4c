"""HTML becomes Markdown that shows the same words."""

import pytest

from stories.text.markdown import render_markdown
from stories.text.markup.markdown import html_paragraphs
from stories.text.markup.text import html_text


def markdown(html: str) -> str:
    return "\n\n".join(each.markdown for each in html_paragraphs(html, base_url="https://port.example/d/"))


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>It <b> closes </b>on <em>Monday</em>.", "It **closes** on *Monday*."),
        ("<h2>Ferries</h2>They run.", "## Ferries\n\nThey run."),
        ("<p># 2*3 &lt;b&gt;", "\\# 2\\*3 &lt;b>"),
        ("<p>One<br>two", "One  \ntwo"),
        ("<ul><li>One<li>two</ul><ol><li>three</ol>", "- One\n- two\n\n1. three"),
        ("<ul><li>One<ul><li>inner</ul><li>two</ul>", "- One\n    - inner\n- two"),
        ("<blockquote><p>One<p>two</blockquote>", "> One\n\n> two"),
        (
            "<p>So <a href='../x (1)'>they <i>say</i></a>.",
            "So [they *say*](https://port.example/x%20%281%29).",
        ),
        ("<p><a href='javascript:alert(1)'>no</a> <a href='mailto:a@b'>mail</a>", "no mail"),
        ("<p>Seen<script>x</script><span hidden>y</span><style>z</style>", "Seen"),
        ("<div>One<div>two</div>three</div>", "One\n\ntwo\n\nthree"),
        ("<a href='/p'><p>A block</p></a>", "A block"),
        ("<p>1999. A year", "1999\\. A year"),
    ],
)
def test_html_is_shown_as_markdown(html, shown):
    assert markdown(html) == shown


def test_what_is_shown_says_the_same_words():
    html = "<p>2*3 _is_ [six](x) `so` &amp;amp; # <b>a*b</b>\n- c</p><ul><li>x * y</ul><h3>Z_z</h3>"

    shown = html_text(render_markdown(markdown(html)))[1]

    assert shown.split() == html_text(html)[1].split()


def test_a_link_is_told_with_its_words_and_its_place():
    (paragraph,) = html_paragraphs("<p> See <a href='https://port.example/a'>the notice</a>.</p>")

    assert paragraph.text == "See the notice."
    assert [(link.address, link.words, link.start) for link in paragraph.links] == [
        ("https://port.example/a", "the notice", 4)
    ]


def test_a_heading_is_told_as_one():
    assert [each.heading for each in html_paragraphs("<h1>One</h1><p>Two</p><h3>Three</h3>")] == [1, 0, 3]


@pytest.mark.parametrize("html", ["<div>" * 5_000 + "deep", "<b>" * 900 + "<p>x" * 900 + "deep"])
def test_what_is_nested_without_end_is_read_all_the_same(html):
    assert "deep" in markdown(html)
