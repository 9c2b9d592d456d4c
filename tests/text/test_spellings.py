import pytest

from stories.text.judge import Verdict, judge_passage
from stories.text.language.spellings import spellings


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("We can not see who reads it.", "We cannot see who reads it"),
        ("We cannot see who reads it.", "“We can not see who reads it,”"),
        ("Can not be undone.", "Cannot be undone."),
        ("It is open 9am–5pm daily.", "It is open 9 am – 5 pm daily."),
        ("It is open 9\u202fAM to 5 PM daily.", "It is open 9AM to 5PM daily."),
        ("It is open 9 am to 5pm daily.", "It is open 9am to 5 pm daily."),
        ("1am, 2am, 3am and 4am are quiet.", "1 am, 2 am, 3 am and 4 am are quiet."),
    ],
)
def test_a_space_that_means_nothing_leaves_a_passage_verbatim(text, passage):
    judgement = judge_passage(text, passage)

    assert judgement.verdict is Verdict.VERBATIM
    assert judgement.wording == text[judgement.start : judgement.end]


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("We can see who reads it.", "We cannot see who reads it."),
        ("We can not only see who reads it but stop them.", "We cannot only see who reads it but stop them."),
        ("We can now see who reads it.", "We can not see who reads it."),
        ("It is open 9pm–5pm daily.", "It is open 9 am – 5 pm daily."),
        ("It is open 19 am to 5pm daily.", "It is open 9 am to 5pm daily."),
        ("We can not see who reads it.", "We can see who reads it."),
    ],
)
def test_one_that_means_something_does_not(text, passage):
    assert judge_passage(text, passage).verdict is Verdict.ALTERED


def test_the_positive_half_of_a_negation_is_no_passage():
    assert judge_passage("They cannot say", "They can").verdict is not Verdict.VERBATIM


def test_the_ways_to_write_a_text_are_few_however_long_it_is():
    assert len(spellings("cannot 9am " * 1_000)) == 2
