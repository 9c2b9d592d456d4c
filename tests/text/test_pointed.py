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
