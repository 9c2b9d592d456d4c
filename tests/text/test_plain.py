"""Plain text stays what it is when it becomes Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.blocks import readable_blocks
from stories.text.markdown import render_markdown
from stories.text.plain import escape_markdown


def read_back(paragraph: str) -> str:
    return " ".join(block.text for block in readable_blocks(render_markdown(escape_markdown(paragraph))))


@pytest.mark.parametrize(
    "paragraph",
    [
        "An ordinary sentence, with “quotes” – and dashes.",
        "# Not a heading",
        "1. Not a list",
        "1986) was a year",
        "- not an item",
        "> not a quotation",
        "2*3*4 and *stars* and _lines_ and snake_case_words",
        "a method __init__ and __all__",
        "a `tick` and ``two``",
        "[brackets](https://example.com) and [...] and [note][1]",
        "![no picture](x)",
        "[1]: https://example.com",
        "<script>alert(1)</script> & <b>bold</b>",
        "&lt; and &amp; and AT&T and &copy;",
        "a reference left open: &#1 and &#x1F, &copy 2026",
        r"a back\slash and \*",
        "<https://example.com>",
        "[^1] is no footnote",
        "*[HTML]: not an abbreviation",
    ],
)
def test_a_reader_sees_the_very_characters(paragraph):
    assert read_back(paragraph) == paragraph
    assert "<em>" not in render_markdown(escape_markdown(paragraph))


@given(st.text(alphabet="ab #>*_`[]()!<>&;:-+=1.\\^|", min_size=1, max_size=60))
def test_no_characters_are_lost_in_rendering(paragraph):
    seen, typed = "".join(read_back(paragraph).split()), "".join(paragraph.split())

    assert seen == typed
