import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.blocks import Block, Link, links, readable_blocks
from stories.text.markdown import render_markdown


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", ()),
        ("<p> </p><p></p><hr>", ()),
        ("<p>One.</p><p>Two.</p>", (("paragraph", "One."), ("paragraph", "Two."))),
        ("Bare <b>words</b>", (("paragraph", "Bare words"),)),
        ("<h2>Why</h2>", (("heading", "Why"),)),
        ("<h1>Why</h1><h4>How</h4>", (("heading", "Why"), ("heading", "How"))),
        ("<p>one\n  <em>two </em>\tthree</p>", (("paragraph", "one two three"),)),
        ("<p>one<br>\ntwo</p>", (("paragraph", "one\ntwo"),)),
        ("<p>a\u00a0b\u200bc</p>", (("paragraph", "a\u00a0b\u200bc"),)),
        ("<p>1 &lt; 2 &amp;amp; 3</p>", (("paragraph", "1 < 2 &amp; 3"),)),
        ("<p>un<em>believ</em>able</p>", (("paragraph", "unbelievable"),)),
        ("<blockquote><p>a</p><p>b</p></blockquote>", (("quote", "a"), ("quote", "b"))),
        ("<blockquote><h3>a</h3><ul><li>b</li></ul>c</blockquote>", (("heading", "a"), ("item", "b"), ("quote", "c"))),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", (("item", "a"), ("item", "b"), ("item", "c"))),
        ("<ol><li><p>a</p><p>b</p></li></ol>", (("item", "a"), ("item", "b"))),
        ("<pre><code>a  b\n\n  c\n</code></pre>", (("code", "a  b\n\n  c"),)),
        ("<table><thead><tr>\n<th>a</th>\n<th>b</th></tr></thead></table>", (("row", "a | b"),)),
        ("<table><tr><td>1</td><td> </td><td>3</td></tr><tr><td>4</td></table>", (("row", "1 | | 3"), ("row", "4"))),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", (("row", "a b | c"),)),
        ("<p>a<!-- b -->c</p>", (("paragraph", "ac"),)),
    ],
)  # fmt: skip
def test_blocks_read_as_on_the_page(html, blocks):
    assert readable_blocks(html) == tuple(Block(kind=kind, text=text) for kind, text in blocks)


def test_a_footnote_shows_its_label_so_that_a_new_note_changes_nothing_else():
    before = readable_blocks(render_markdown("Old[^old].\n\n[^old]: Old note."))
    after = readable_blocks(
        render_markdown("New[^new]. Old[^old].\n\n[^new]: New note.\n\n[^old]: Old note.")
    )

    assert before == (Block("paragraph", "Old[old]."), Block("item", "Old note."))
    assert after == (
        Block("paragraph", "New[new]. Old[old]."),
        Block("item", "New note."),
        Block("item", "Old note."),
    )


def test_deep_nesting_is_read():
    html = "<blockquote>" * 5_000 + "deep"

    assert readable_blocks(html) == (Block("quote", "deep"),)


def test_links_come_in_order_with_their_words():
    html = render_markdown(
        "[One *word*](https://example.org/?a=1&b=2), <https://example.org> and [desk](mailto:d@example.org)[^1]."
        "\n\n[^1]: [Here](/about/)."
    )

    assert links(html) == (
        Link("One word", "https://example.org/?a=1&b=2"),
        Link("https://example.org", "https://example.org"),
        Link("desk", "mailto:d@example.org"),
        Link("Here", "/about/"),
    )


@given(st.text(alphabet="ab \n*_>-#|`[]()<>&;1.\u00a0", max_size=80))
def test_blocks_hold_all_the_text_and_no_blank_ones(text):
    html = render_markdown(text)

    blocks = readable_blocks(html)

    assert all(block.text.strip(" \n") == block.text != "" or block.kind == "code" for block in blocks)
    letters = [character for block in blocks for character in block.text if character.isalnum()]
    assert len(letters) <= sum(map(str.isalnum, text)) * 2
