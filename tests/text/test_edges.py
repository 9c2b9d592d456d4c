import pytest

from stories.text.judge import Verdict, judge_passage
from stories.text.normalise import normalise
from stories.text.passage.alignment import Window
from stories.text.passage.edges import wording_span
from tests.steps import steps_of


@pytest.mark.parametrize(
    ("text", "passage", "wording"),
    [
        pytest.param(
            "You should ask the harbour master before sharing any information.\nInformation we collect",
            "You should ask the harbour master before sharing any personal information.",
            "You should ask the harbour master before sharing any information.",
            id="a heading begins with the last word",
        ),
        pytest.param(
            "Harbour.com\nHarbour.net is the largest list of berths, boats and offers.",
            "Harbour.com is the largest list of berths, boats and offers.",
            "Harbour.net is the largest list of berths, boats and offers.",
            id="a heading has the first word as it was",
        ),
        pytest.param(
            "The port needs a plan on paper (the copies will not do!), sent by post. It is new.",
            "The port needs the plan on paper (the copies will not do!).",
            "The port needs a plan on paper (the copies will not do!), sent by post.",
            id="a sentence goes on behind the mark of what stands in brackets",
        ),
        pytest.param(
            "To moor overnight, skippers can use Holm.\nHolm\nHolm rents out all berths of the outer pier.",
            "To moor overnight, skippers can choose between Varde and Holm.",
            "To moor overnight, skippers can use Holm.",
            id="the next block is about the last word",
        ),
        pytest.param(
            "If the flag is red, the harbour master closes the gate.\nGreen flags are for summer nights only.",
            "If the flag is red, the harbour master closes the gate. No boat may leave it then.",
            "If the flag is red, the harbour master closes the gate.",
            id="the block ends where a sentence was left out",
        ),
        pytest.param(
            "The board of Varde met Holm Inc.\nto sell the firm to Mary Jones in June.",
            "A board in Oslo, he said, plans to sell the firm to Mary Jones in June.",
            "The board of Varde met Holm Inc.\nto sell the firm to Mary Jones in June.",
            id="a line of a fixed length ends none",
        ),
        pytest.param(
            "Rules of the harbour, version 2\n1 Boats moor at the outer pier.",
            "Rules of the harbour, version 1",
            "Rules of the harbour, version 2",
            id="a list of figures follows",
        ),
        pytest.param(
            "3. Ann Reed and Bob Lee of Holm wrote it.",
            "2. Ann Reed and Bob Lee wrote it.",
            "3. Ann Reed and Bob Lee of Holm wrote it.",
            id="the item has another number",
        ),
        pytest.param(
            "वे तारों के चित्र बनाते थे ।\nनीचे एक चित्र है ।",
            "वे तारों के चित्र बनाते थेन ।",
            "वे तारों के चित्र बनाते थे ।",
            id="the next block begins with a letter of the last word",
        ),
    ],
)
def test_the_wording_runs_over_into_no_other_sentence(text: str, passage: str, wording: str) -> None:
    judged = judge_passage(f"Ferries run daily. {text}", passage)

    assert (judged.verdict, judged.wording) == (Verdict.ALTERED, wording)


@pytest.mark.parametrize(
    ("passage", "wording"),
    [
        pytest.param(
            "To see the timetable of the northern ferry, you can do this:",
            "To see the timetable of the northern ferry, you could write the following:",
            id="what leads to something",
        ),
        pytest.param(
            "the timetable of the northern ferry, you can do this:",
            "To see the timetable of the northern ferry, you could write the following:",
            id="the end of it, rewritten",
        ),
        pytest.param(
            "It costs four euros, and students",
            "It costs four euros, while all of the islanders travel free.",
            id="the beginning, rewritten where it was cut",
        ),
        pytest.param("the smaller ferry costs two euros.", "the smaller ferry costs three euros in summer."),
    ],
)
def test_a_fragment_is_told_to_the_end_of_the_sentence_that_it_was_quoted_to_or_that_was_rewritten(
    passage: str, wording: str
) -> None:
    text = (
        "Ferries run daily. To see the timetable of the northern ferry, you could write the following:\nFERRY\n"
        "It costs four euros, while all of the islanders travel free. In May the smaller ferry costs three euros in "
        "summer. It is red."
    )

    assert judge_passage(text, passage).wording == wording


@pytest.mark.parametrize(
    ("passage", "wording"),
    [
        pytest.param(
            "url.parse() 可以解析渡轮的地址。", "new URL() 可以解析渡轮的地址。", id="no capital begins it"
        ),
        pytest.param("他宣布渡轮停运", "上周一，她宣布渡轮停运。", id="half a word, rewritten"),
        pytest.param("（渡轮两天没有开。）", "（渡轮三天没有开。", id="brackets of that script"),
        pytest.param("她宣布渡轮停运。）", "上周一，她宣布渡轮停运。", id="its last mark in a bracket"),
    ],
)
def test_a_sentence_in_a_script_without_capitals_is_one(passage: str, wording: str) -> None:
    text = "港口昨天关闭。new URL() 可以解析渡轮的地址。上周一，她宣布渡轮停运。（渡轮三天没有开。）"

    assert judge_passage(text, passage).wording == wording


def test_the_wording_has_the_marks_that_open_what_the_passage_opens_with() -> None:
    text = "Der Rat tagte. „Wir haben keine Pläne, die Werft zu schließen“, sagte Ines Moreau, ihre Leiterin."

    judged = judge_passage(
        text, "„Wir haben Pläne, die Werft zu schließen“, sagte Ines Moreau, ihre Leiterin."
    )

    assert judged.wording == text.removeprefix("Der Rat tagte. ")


def test_of_places_as_near_the_one_that_says_no_more_is_told() -> None:
    text = "It asks for a vote of the council on any change of the plan.\nA vote of the council."

    assert judge_passage(text, "A vote of the board.").wording == "A vote of the council."


def test_the_ends_of_but_twelve_lines_are_looked_for() -> None:
    document = normalise("\n".join(f"word{number}" for number in range(400)))
    keys = [*document.words.keys]
    window = Window(0, len(keys), 0, 1.0)

    assert steps_of(lambda: wording_span(document, window, keys, document.source)) < 5_000


def test_brackets_of_the_document_are_told_with_the_wording() -> None:
    text = "It rained.\n[chart of the old port]: https://port.example/maps/new\nIt snowed."

    passage = "[chart of the old port]: https://port.example/maps/old"

    assert judge_passage(text, passage).wording == "[chart of the old port]: https://port.example/maps/new"
