import pytest

from stories.text.extract import visible_text
from stories.text.formats.other_text import plain_text
from stories.text.judge import Verdict, judge_passage
from stories.text.language.running_lines import past_running_lines, with_heads_apart

PASSAGE = "The committee did not recommend the merger of both firms to the board."
TWO_PAGES = (
    "The whole of the report was read aloud to all members.\nThe committee did not recommend\n{}\n"
    "the merger of both firms to the board."
)
TRANSCRIPT = (
    "11  Q. Please tell the court what you know of this.\n12  A. The committee did not recommend the\n"
    "13  merger of both firms to the board.\n14  Q. And who has told you so in the first place?"
)


@pytest.mark.parametrize(
    "line",
    [
        "Page 7 of 19",
        "- 7 -",
        "Case 1:24-cv-01234-ABC Document 12 Filed 03/04/24 Page 7 of 19",
        "ANNUAL REPORT 2024 Page 7/19",
        "Seite 7",
    ],
)
def test_a_passage_goes_on_past_the_number_of_a_page(line: str) -> None:
    text = visible_text(TWO_PAGES.format(line).encode(), "text/plain").text

    judged = judge_passage(text, PASSAGE)

    assert judged.verdict is Verdict.VERBATIM
    assert judged.wording == text[judged.start : judged.end]
    assert judge_passage(text.replace("did not", "did"), PASSAGE).verdict is Verdict.ALTERED


def test_a_passage_goes_on_past_bare_numbers_that_count_the_pages() -> None:
    pages = "1\nNothing.\n2\nThe committee did not recommend\n3\nthe merger of both firms to the board."

    assert judge_passage(pages, PASSAGE).verdict is Verdict.VERBATIM


def test_the_lines_of_a_transcript_are_read_without_their_numbers() -> None:
    text = visible_text(TRANSCRIPT.encode(), "text/plain").text

    assert text == TRANSCRIPT
    assert judge_passage(text, PASSAGE).verdict is Verdict.VERBATIM


LONG = "Each member has said so in turn, and the clerk has put it down in the book of that year. " * 8
HEADED = (
    f"{LONG}They say that{{0}}the port is safe.\n{LONG}\nThe committee did not{{0}}recommend the merger of both firms "
    f"to the board.\n{LONG}{{0}}The end."
)


@pytest.mark.parametrize(
    "head",
    [
        "\nANNUAL REPORT 2024\n",
        "\nReport of the Harbour\nFor the year 2024 | 3\n",
        "\n7\nThe Harbour, in 2024\n",
        "\nCase No. 12 of the Harbour\n",
    ],
)
def test_a_passage_goes_on_past_the_head_of_a_page(head: str) -> None:
    text = HEADED.format(head)

    judged = judge_passage(text, PASSAGE)

    assert judged.verdict is Verdict.VERBATIM
    assert judged.wording == text[judged.start : judged.end]
    assert judge_passage(text.replace("did not", "did"), PASSAGE).verdict is Verdict.ALTERED


def test_the_head_of_a_page_is_no_part_of_the_line_behind_it() -> None:
    head = "Report of the Harbour Authority to its Members"
    lines = (
        "which is to say that the members of the council\nhave kept to the letter of the law of the harbour"
    )

    told = [
        plain_text(page) for page in with_heads_apart([f"{head} | {number}\n{lines}" for number in (1, 2, 3)])
    ]

    assert told[1].split("\n") == [f"{head} | 2", lines.replace("\n", " ")]
    assert with_heads_apart([f"{head}\n{lines}"] * 2) == [f"{head}\n{lines}"] * 2


@pytest.mark.parametrize("head", ["Under No Circumstances", "We Don’t Agree To"])
def test_a_line_that_negates_is_no_head_of_a_page(head: str) -> None:
    pages = [
        f"{LONG}\nThe council of ward {n} decided to\n{head}\nsell the pier to firm {n} at once."
        for n in range(1, 5)
    ]

    judged = judge_passage(
        "\n".join(pages), "The council of ward 2 decided to sell the pier to firm 2 at once."
    )

    assert judged.verdict is Verdict.ALTERED


@pytest.mark.parametrize("line", ["\nNot at all\n", "\nonly in winter\n", "\nNever\n"])
def test_a_line_that_is_told_often_and_not_page_by_page_is_said(line: str) -> None:
    often = f"They may recommend{line}the sale.\n" * 4 + f"They may{line}keep the port.\n" * 4

    assert past_running_lines(often) == often


@pytest.mark.parametrize(
    "text",
    [
        "The committee recommended\n7\nmergers.",
        "12 boats lie here\nand 13 in the bay",
        "See Page 7 of 19 pages.",
        "They did not read\nwhat was told on page 7 of 19\nto the board.",
        "4\n4\n4",
        "- 2024 was a good year -",
    ],
)
def test_a_figure_that_counts_nothing_is_part_of_what_is_said(text: str) -> None:
    assert past_running_lines(text) == text


@pytest.mark.parametrize(
    "piece", ["1\n2\n3\n", "Page 1 of 2\n", " ", "1 a\n2 b\n3 c\n", "page ", "\t1", "A b\n", "c\nD e\n"]
)
def test_each_other_character_stands_where_it_stood(piece: str) -> None:
    text = piece * 5_000

    told = past_running_lines(text)

    assert len(told) == len(text)
    assert all(new in (old, "\u2060") for new, old in zip(told, text, strict=True))
