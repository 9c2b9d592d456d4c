import pytest

from stories.text.extract import visible_text
from stories.text.judge import Verdict, judge_passage
from stories.text.running_lines import past_running_lines

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


@pytest.mark.parametrize("piece", ["1\n2\n3\n", "Page 1 of 2\n", " ", "1 a\n2 b\n3 c\n", "page ", "\t1"])
def test_each_other_character_stands_where_it_stood(piece: str) -> None:
    text = piece * 5_000

    told = past_running_lines(text)

    assert len(told) == len(text)
    assert all(new in (old, "\u2060") for new, old in zip(told, text, strict=True))
