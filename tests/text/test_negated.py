import pytest

from stories.text.judge import Verdict, judge_passage

BEFORE = "The harbour authority met on Monday. Residents asked for a second crossing. "
BEHIND = " The council rejected that after a long debate. Ferries run every forty minutes."


def _judged(passage: str, sentence: str) -> tuple[Verdict, str | None]:
    judged = judge_passage(BEFORE + sentence + BEHIND, passage)
    return judged.verdict, judged.wording


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He resigned.", "He did not resign."),
        ("She denied it.", "She didn't deny it."),
        ("The plane landed safely.", "The plane did not land safely."),
        ("They sold it.", "They did not sell it."),
        ("Everyone survived.", "Not everyone survived."),
        ("We knew.", "We never knew."),
        ("Er kam.", "Er kam nicht."),
        ("Il a signé.", "Il n'a pas signé."),
        ("Nous vendons des données.", "Nous ne vendons pas de données."),
        ("We can.", "We cannot."),
        ("No one was hurt.", "Two people were hurt."),
        ("Nobody was hurt.", "Someone was hurt."),
        ("Everyone survived.", "No one survived."),
        ("They hurt nobody.", "They hurt 14 people."),
        ("Three boats sank.", "No boats sank."),
        ("Many people agree.", "No one agrees."),
        ("Two people were hurt in 2019.", "No one was hurt in 2019."),
        ("400 people survived.", "400 people did not survive."),
        ("Niemand kam.", "Jemand kam."),
        ("No one was hurt.", "At least two people were hurt."),
        ("Nobody was hurt.", "More than 20 people were hurt."),
        ("They hurt nobody.", "They hurt about a dozen people."),
        ("Niemand wurde verletzt.", "Mindestens zwei Menschen wurden verletzt."),
        ("Nadie resultó herido.", "Al menos dos personas resultaron heridas."),
        ("Personne n'a été blessé.", "Au moins deux personnes ont été blessées."),
        ("항구를 팔겠다.", "항구를 팔지 않겠다."),
        ("Il reconnaît les faits et la dette.", "Il ne reconnaît ni les faits ni la dette."),
        ("Ella vende el puerto y la casa.", "Ella no vende ni el puerto ni la casa."),
        ("Rada sprzedała port.", "Rada nie sprzedała portu."),
        ("Rada ma plan.", "Rada nie ma planu."),
        ("Мэр видел лодку.", "Мэр не видел лодки."),
        ("У нас есть порт.", "У нас нет порта."),
        ("Мэр продал порт и дом.", "Мэр не продал ни порт, ни дом."),
        ("He pays and stays.", "He neither pays nor stays."),
    ],
)
def test_a_short_sentence_that_says_the_opposite_is_altered(one: str, other: str) -> None:
    assert _judged(one, other) == (Verdict.ALTERED, other)
    assert _judged(other, one) == (Verdict.ALTERED, one)


def test_a_negation_of_the_next_sentence_is_none_of_this_one() -> None:
    assert judge_passage("We met. Guilty. Nobody spoke.", "Not guilty.").verdict is Verdict.ALTERED


def test_so_is_a_part_of_a_sentence_of_which_three_words_stay() -> None:
    judged = _judged("we sold data", "They said that in 2024 we did not sell data to anyone.")

    assert judged == (Verdict.ALTERED, "we did not sell data")


@pytest.mark.parametrize(
    ("passage", "sentence"),
    [
        ("We knew.", "We did not know what to do."),
        ("He resigned.", "He did not retire."),
        ("She denied it.", "She did not describe it."),
        ("He resigned.", "He and two others did not resign."),
        ("No one was hurt.", "The captain was hurt."),
        ("No one was hurt.", "Two people were asked."),
        ("No one was hurt.", "At least the boat was hurt."),
        ("sold it", "They did not sell it."),
        ("All resigned.", "One never resigned."),
        ("Many people agree.", "Some never agree."),
        ("400 people survived.", "12 people never survived."),
        ("One resigned early.", "Three did not resign early."),
    ],
)
def test_what_negates_something_else_is_not_the_passage(passage: str, sentence: str) -> None:
    assert _judged(passage, sentence)[0] is Verdict.MISSING


@pytest.mark.parametrize(
    ("passage", "label"), [("No comment.", "Comment"), ("Not today.", "Today"), ("He did not.", "He")]
)
def test_a_label_of_the_page_is_not_what_a_sentence_has_become(passage: str, label: str) -> None:
    assert _judged(passage, f"\n{label}\n")[0] is Verdict.MISSING


def test_a_sentence_in_quotation_marks_is_one() -> None:
    assert _judged("He resigned.", "“He did not resign.”")[0] is Verdict.ALTERED
