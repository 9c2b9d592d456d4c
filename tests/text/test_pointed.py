import pytest

from stories.text.judge import Verdict, judge_passage


@pytest.mark.parametrize(
    ("pointed", "bare"),
    [
        ("لَنْ نَبِيعَ المِينَاءَ أَبَدًا", "لن نبيع الميناء أبدا"),
        ("לֹא נִמְכֹּר אֶת הַנָּמֵל", "לא נמכר את הנמל"),
    ],
)
def test_points_for_vowels_may_be_left_out_or_put_in(pointed: str, bare: str) -> None:
    judged = judge_passage(f"({pointed})", bare)

    assert (judged.verdict, judged.wording) == (Verdict.VERBATIM, pointed)
    assert judge_passage(f"({bare})", pointed).verdict is Verdict.VERBATIM


def test_points_that_both_have_are_their_words_own() -> None:
    assert judge_passage("هذا كُتِبَ في عام كامل", "هذا كَتَبَ في عام كامل").verdict is not Verdict.VERBATIM


def test_a_word_left_out_is_an_alteration_with_and_without_points() -> None:
    assert judge_passage("נִמְכֹּר אֶת הַנָּמֵל הַזֶּה", "לא נמכר את הנמל הזה").verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Большо\u0301й за\u0301мок стои\u0301т.", "Большо\u0301й замок стоит."),
        ("Большо\u0301й замок стоит.", "Большой за\u0301мок стои\u0301т."),
    ],
)
def test_stresses_may_be_left_out_of_one_word_and_told_in_another(text: str, passage: str) -> None:
    judged = judge_passage(text, passage)

    assert (judged.verdict, judged.wording.rstrip(".")) == (Verdict.VERBATIM, text.rstrip("."))


@pytest.mark.parametrize("elsewhere", ["", " Замок стои\u0301т.", " Э\u0301тот замок."])
def test_stresses_that_both_have_tell_a_word_from_another(elsewhere: str) -> None:
    text = f"Э\u0301то большой за\u0301мок у моря.{elsewhere}"

    assert judge_passage(text, "Э\u0301то большой замо\u0301к у моря.").verdict is Verdict.ALTERED


def test_the_changes_show_stresses_as_the_page_has_them() -> None:
    judged = judge_passage("Большо\u0301й за\u0301мок стои\u0301т на горе.", "Большой замок стоял на горе.")

    assert [(change.operation, change.text) for change in judged.changes] == [
        ("equal", "Большо\u0301й за\u0301мок "),
        ("delete", "стоял "),
        ("insert", "стои\u0301т "),
        ("equal", "на горе."),
    ]
