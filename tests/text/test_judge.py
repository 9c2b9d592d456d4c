"""Does a passage stand, is it altered, or is it missing?"""

import pytest

from stories.text.judge import Verdict, judge_passage
from tests.text.statement import HARBOUR_RULES, STATEMENT


@pytest.mark.parametrize(
    "passage",
    [
        "The harbour will close its northern gate before 1 March 2025",
        "The harbour will not close its northern gate before 1 March 2026",
        "The harbour will not close its southern gate before 1 March 2025",
        "ferries must run until 11.30 p.m. on weekdays",
        "ferries may run until 11.45 p.m. on weekdays",
        "We have sold berth data",
        "and we do intend to",
        "Fees rise by 35 per cent, to €1,250 a year",
        "Fees rise by 3.5 per cent, to €1.250 a year",
        "Fees rise by 3.5 per cent, to $1,250 a year",
        "Fees rise by 3.5 per cent, to €1250 a year",
        "rise by 5 per cent, to €1,250 a year",
        "resident surcharge is 12%",
        "The budget is $2.5 billion (about £1.9m).",
        "The budget is $2.5 million (about £1.9bn).",
        "Temperatures fell to 5 °C",
        "the area is 10 km2",
        "The company can share logs.",
        "The well-known co-operative resigned the lease",
        "said Ana-Maria Núñez, the authority’s director",
        "We collect data … We sell data with partners.",
        "We share data with partners … We collect data.",
        "Boats over 12 m need not register.",
        "Customers can opt out at any time.",
        "Customers can opt out at any time?",
        "Customers can opt in at any time, unless required by law.",
        "The harbour will [always] close its northern gate before 1 March 2025",
        "We have [ever] sold berth data",
        "OUR OPEN LEDGER POLICY STAYS",
    ],
)
def test_one_word_number_or_qualifier_makes_a_passage_altered(passage):
    judgement = judge_passage(STATEMENT, passage)

    assert judgement.verdict is Verdict.ALTERED
    assert judgement.wording == "".join(it.text for it in judgement.changes if it.operation != "delete")


@pytest.mark.parametrize(
    "passage",
    ["", "   ", "…", '"', "[word]", "cat", "logo", "ation", "The mayor resigned on Sunday after the vote."],
)
def test_what_stands_nowhere_is_missing(passage):
    judgement = judge_passage(STATEMENT, passage)

    assert (judgement.verdict, judgement.wording, judgement.start) == (Verdict.MISSING, None, None)


def test_a_passage_that_moved_is_verbatim():
    first, *others = STATEMENT.split("\n\n")

    assert (
        judge_passage("\n\n".join([*others, first]), "Harbour authority statement").verdict
        is Verdict.VERBATIM
    )


@pytest.mark.parametrize(
    "behind",
    [
        ", if they have paid",
        " if they have paid",
        "; fees apply",
        " (fees apply)",
        " – for a fee",
    ],
)
def test_a_whole_sentence_that_goes_on_where_it_was_closed_is_altered(behind):
    judgement = judge_passage(HARBOUR_RULES.format(behind), "Boats may moor here.")

    assert judgement.verdict is Verdict.ALTERED
    assert judgement.wording == f"Boats may moor here{behind}."


def test_a_sentence_that_goes_on_behind_a_line_break_is_altered():
    text = HARBOUR_RULES.format("\nunless asked to leave")

    assert judge_passage(text, "Boats may moor here.").verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    "passage",
    ["Boats may moor here", "may moor here.", "boats may moor.", "[B]oats … may moor here.", "here, if they"],
)
def test_a_fragment_is_verbatim_whatever_its_sentence_goes_on_to_say(passage):
    text = HARBOUR_RULES.format(", if they have paid")

    assert judge_passage(text, passage).verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("He said: «Boats may moor here», and left.", "Boats may moor here."),
        ("“Boats may moor here,” he said.", "Boats may moor here."),
        ("• Boats may moor here\n• Crews sign in", "Boats may moor here."),
        ("Boats may moor here[2]. Crews sign in.", "Boats may moor here."),
    ],
)
def test_a_sentence_may_end_with_its_quotation_its_block_or_a_note(text, passage):
    assert judge_passage(text, passage).verdict is Verdict.VERBATIM


def test_a_sentence_that_begins_with_a_small_letter_is_no_qualifier_of_the_one_before() -> None:
    text = HARBOUR_RULES.format(". eBoats need no permit")

    judgement = judge_passage(
        text, "Boats may moor here.", prefix="Rules of the quay. ", suffix=" Crews sign in"
    )

    assert judgement.verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("text", "passage", "similarity"),
    [
        ("We met. Not every boat may moor here.", "Every boat may moor here.", 5 / 6),
        ("Boats may moor here, if they pay.", "Boats may moor here.", 4 / 7),
        ("Sie verkauft den Hafen nicht.", "Sie verkauft den Hafen", 4 / 5),
        ("Is the gate open? We ask.", "Is the gate open.", 4 / 5),
        ("Our Open Ledger stays.", "Our open ledger stays.", 4 / 5),
    ],
)
def test_what_is_altered_is_not_wholly_alike(text, passage, similarity):
    judgement = judge_passage(text, passage)

    assert judgement.verdict is Verdict.ALTERED
    assert judgement.similarity == pytest.approx(similarity)


def test_a_mark_that_leaves_figures_as_they_are_is_none_of_the_text():
    assert judge_passage("Call \u202d050-1234\u202c now.", "Call 050-1234 now.").verdict == Verdict.VERBATIM


@pytest.mark.parametrize("passage", ["[S]he left the board.", "[s]he left the board."])
def test_a_letter_in_brackets_in_front_of_its_word_is_a_part_of_it(passage: str) -> None:
    assert judge_passage("They say he left the board.", passage).verdict is Verdict.ALTERED
    assert judge_passage("They say she left the board.", passage).verdict is Verdict.VERBATIM


@pytest.mark.parametrize("passage", ["Children’s area. No dogs.", "“Children's area. No dogs,”"])
def test_a_full_stop_of_the_documents_own_ends_a_passage_whatever_follows(passage):
    text = "Children's area. No dogs. they bark."

    assert judge_passage(text, passage).verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        ("She said no.", "She said yes. Ferries run."),
        ("She said no.", "Ferries run. He said no."),
        ("Everyone survived.", "Nearly everyone survived the storm."),
    ],
)
def test_a_short_sentence_of_which_one_word_is_another_was_altered(passage, text):
    assert judge_passage(f"The gate stays open. {text}", passage).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("The board will not sell the pier to Holm before May.", "The board will … sell the pier to Holm"),
        ("They say they won’t, then, sell the pier.", "They say they [...] sell the pier."),
        ("Der Rat wird das Ufer nicht verkaufen, hieß es.", "Der Rat wird das Ufer … verkaufen"),
        ("Совет не продаст причал до мая.", "Совет … продаст причал до мая."),
        ("All but two died in the storm at sea.", "All … two died in the storm"),
        ("The board sold few of the boats in May.", "The board sold … of the boats in May"),
        ("Tous sauf deux sont morts dans la tempête.", "Tous … deux sont morts dans la tempête"),
        ("Все кроме двух погибли в море.", "Все … двух погибли в море"),
    ],
)
def test_an_ellipsis_does_not_hide_a_negation_alone(text, passage):
    assert judge_passage(text, passage).verdict is Verdict.ALTERED


def test_a_full_stop_behind_an_empty_quotation_is_the_documents_own():
    text = 'It is a name.\nOr it is "".\nIt rained.'

    assert judge_passage(text, 'It is a name. Or it is "".').verdict is Verdict.VERBATIM


def test_an_ellipsis_may_leave_out_a_clause_in_which_something_is_negated():
    text = "The board, which has not met since May, will sell the pier."

    assert judge_passage(text, "The board … will sell the pier.").verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("אמש. לא נחתם החוזה עם העירייה.", "נחתם החוזה עם העירייה."),
        ("أمس. لم يوقع الوزير العقد قبل مايو.", "يوقع الوزير العقد قبل مايو."),
        ("Вчера. Не Совет продаст причал.", "Совет продаст причал."),
    ],
)
def test_a_sentence_of_any_script_is_turned_by_the_negation_in_front_of_it(text, passage):
    assert judge_passage(text, passage).verdict is Verdict.ALTERED


NOTED = "The pier is old.[1] {} The council meets in spring.[3] Nobody could be reached.[4]"


@pytest.mark.parametrize("mark", ["[2]", "[2][3]", "²", "†"])
@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge was closed in 2021 because of cracks in its deck and pillars.",
        "The bridge was closed in 2021 because of cracks.",
        "In 2021 the bridge was closed because of cracks in its deck.",
    ],
)
def test_a_sentence_ends_before_the_mark_of_its_footnote(sentence: str, mark: str) -> None:
    judged = judge_passage(
        NOTED.format(sentence + mark), "The bridge was closed in 2021 because of cracks in its deck."
    )

    assert (judged.verdict, judged.wording) == (Verdict.ALTERED, sentence)


def test_a_document_that_ends_with_a_closed_quotation_is_read_to_its_end() -> None:
    text = "We looked at the bridge for years.\n“It was never safe.”"

    judged = judge_passage(text, "We looked at the bridge for years, and it was never safe.")

    assert judged.verdict is Verdict.ALTERED
