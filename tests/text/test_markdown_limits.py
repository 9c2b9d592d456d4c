import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.markdown import MarkdownError, MarkdownTooDeep, MarkdownTooLarge, render_markdown
from tests.steps import steps_of

# Without limits the texts below keep a machine busy from ten seconds to hours.
MOST_STEPS = 12_000_000

UNBOUNDED = {
    "opening brackets": "[" * 60_000,
    "nested brackets": "[" * 30_000 + "]" * 30_000,
    "brackets that code closes": "[`]` " * 10_000,
    "brackets that are escaped": "[\\] " * 10_000,
    "pictures without an end": "![" * 30_000,
    "links without an end": "[a](" * 15_000,
    "angled links without an end": "[a](<" * 12_000,
    "titles without an end": '[a](b "' * 9_000,
    "links inside links": "[a" * 10_000 + "](b)" * 10_000,
    "definitions inside one": "[a" * 30_000 + "]: b",
    "code marks": "``a`" * 15_000,
    "code marks of every length": " ".join("`" * length for length in range(1, 400)),
    "tags without an end": "<a " * 20_000,
    "attributes without an end": '<a b="' * 10_000,
    "stray quotation marks in tags": '<a x" b="> ' * 1_900 + "x" * 400_000,
    "addresses without an end": "<http://" * 8_000,
    "character data": "<![CDATA[" * 7_000,
    "comments": "<!--" * 16_000,
    "the same footnote again": "[^1]" * 15_000 + "\n\n[^1]: x",
    "headings in one block": "# a\n" * 16_000,
    "rules in one block": "---\n" * 16_000,
    "underlined headings in one block": "  \n=" * 30_000,
    "table cells of code": "|a|b|\n|-|-|\n" + "`|" * 30_000,
    "table cells of escapes": "|a|b|\n|-|-|\n" + "\\|" * 30_000,
    "a table wide and long": "|a" * 700 + "|\n" + "|-" * 700 + "|\n" + "|\n" * 2_000,
    "rows without cells": "|a|b|\n|-|-|\n" + "x\n" * 80_000,
    "rows": "|a|b|\n|-|-|\n" + "|c|d|\n" * 80_000,
    "pipes": "|" * 64_000,
    "list items": "1. a\n" * 90_000,
    "paragraphs": "a\n\n" * 160_000,
    "blank lines": "> \n\n\t" * 80_000,
    "emphasis": "*a*" * 20_000,
    "escapes": "\\*" * 32_000,
    "quotes in quotes": ">" * 60_000,
    "lists in lists": "1. " * 20_000,
    "bullets in bullets": "- " * 30_000 + "a",
    "deep indentation": "\n".join("    " * depth + "* a" for depth in range(480)),
    "formatting that opens again in each paragraph": "<div><p>"
    + "".join(f"<i a={n}>" for n in range(900))
    + "<p>x" * 900,
    "formatting closed where it does not count": "".join(
        f"<i a={n}><table><td></i></table>" for n in range(390)
    )
    + "\n\nx" * 9_000,
    "entities": "&amp;" * 90_000,
    "one long word": "a" * 500_000,
    "one long line": "word " * 100_000,
    "spaces": "a" + " " * 490_000 + "b",
    "line feeds": "\n" * 490_000,
}


def render_or_refuse(text):
    try:
        render_markdown(text)
    except MarkdownError as error:
        assert str(error).endswith(".")


@pytest.mark.parametrize("text", UNBOUNDED.values(), ids=UNBOUNDED.keys())
def test_hostile_text_is_rendered_or_refused_in_bounded_steps(text):
    steps = steps_of(lambda: render_or_refuse(text))

    assert steps < MOST_STEPS


@given(
    st.lists(
        st.sampled_from(
            [
                "[",
                "](",
                ")",
                "![",
                "*",
                "_",
                "`",
                "<",
                "<a ",
                "<b>",
                ">",
                "\n",
                "\n\n",
                "> ",
                "- ",
                "    ",
                "|",
                "|-|",
                "\\",
                "&",
                '"',
                "#",
                "[^1]",
                "[^1]: ",
                "[a]: ",
                "a",
                " ",
                "<!--",
                "<![CDATA[",
                "=",
            ]
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([1_000, 4_000, 16_000]),
)
def test_no_repeated_piece_takes_more(pieces, times):
    text = "".join(pieces) * times

    steps = steps_of(lambda: render_or_refuse(text))

    assert steps < MOST_STEPS


@pytest.mark.parametrize(
    ("text", "error", "reason"),
    [
        ("a" * 500_001, MarkdownTooLarge, "500,001 characters"),
        ("a\n\n" * 10_001, MarkdownTooLarge, "blank lines"),
        ("[^1]" * 2_001, MarkdownTooLarge, "2,001 footnote marks"),
        ("<b>x</b>" * 1_001, MarkdownTooLarge, "2,002 HTML tags"),
        ("[" * 5_000, MarkdownTooLarge, "brackets"),
        ("> " * 21 + "x", MarkdownTooDeep, "21 deep"),
        ("    " * 20 + "- x", MarkdownTooDeep, "21 deep"),
    ],
)
def test_a_refusal_says_why(text, error, reason):
    with pytest.raises(error, match=reason):
        render_markdown(text)


def test_every_refusal_is_a_value_error():
    assert issubclass(MarkdownTooLarge, MarkdownError)
    assert issubclass(MarkdownTooDeep, MarkdownError)
    assert issubclass(MarkdownError, ValueError)


@pytest.mark.parametrize(
    "text",
    ["- - - - - - - - - - - - - - - - - - - - - - - - -", "* " * 40, "> " * 20 + "x", "1984. " * 3 + "x"],
)
def test_a_rule_or_a_moderate_depth_is_not_too_deep(text):
    assert render_markdown(text)


def long_article(words: int) -> str:
    """As rich as a story gets: a link every 20 words, a footnote every 40, emphasis, quotes, lists, a table."""
    paragraphs, notes = [], []
    for start in range(0, words, 80):
        text = []
        for number in range(start, start + 80):
            word = f"word{number}"
            if number % 20 == 0:
                word = f'[{word}](https://example.org/wiki/A_(b)_{number}?x=1&y=2 "Its title")'
            if number % 40 == 1:
                word += f"[^{number}]"
                notes.append(
                    f"[^{number}]: See *page* {number} of [the minutes](https://example.org/{number})."
                )
            if number % 40 == 2:
                word = f"**{word}** and *{word}*"
            if number % 200 == 3:
                word = f"`{word}` <https://example.org/{number}>"
            text.append(word)
        mark = {0: "> ", 1: "- ", 2: "1. "}.get(start // 80 % 10, "")
        paragraphs.append(mark + " ".join(text) + ".")
    table = "| Year | Paid | Owed |\n|---|:-:|--:|\n" + "| 2021 | [yes](https://example.org) | 12 |\n" * 300
    return "\n\n".join([*paragraphs, table, *notes])


@pytest.mark.parametrize("words", [10_000, 30_000])
def test_a_long_and_rich_article_is_rendered(words):
    html = render_markdown(long_article(words))

    assert html.count("<a ") > words / 20
    assert html.count("<tr>") == 301


def test_a_long_text_in_one_paragraph_is_rendered():
    text = "\n".join(
        f"Line {number} of a text that somebody pasted, with *one* [link](https://example.org)."
        for number in range(1_000)
    )

    assert render_markdown(text).count("<a ") == 1_000


def test_ten_thousand_words_in_a_list_are_rendered():
    text = "\n".join(f"* Item {number} has ten words in it and *one* is loud" for number in range(1_000))

    assert render_markdown(text).count("<li>") == 1_000
