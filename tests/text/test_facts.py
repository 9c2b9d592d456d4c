"""A change that an editor may call minor leaves every name, number, date, unit, quote and negation alone."""

import pytest
from hypothesis import given
from hypothesis.strategies import text

from stories.text.facts import FactChange, fact_changes
from stories.text.language.fact_words import number_value


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("It met Ann Reed.", "It met Ann Reid.", ("name", "Ann Reed", "Ann Reid")),
        ("Berlin is preparing.", "Paris is preparing.", ("name", "Berlin", "Paris")),
        ("Mohammed said so.", "Mahmoud said so.", ("name", "Mohammed", "Mahmoud")),
        ("It is NASA’s.", "It is ESA’s.", ("name", "NASA's", "ESA's")),
        ("The iPhone sold.", "The phone sold.", ("name", "iPhone", "")),
        ("A rule of the union.", "A rule of the European Union.", ("name", "", "European Union")),
        ("Ann sued Bob.", "Bob sued Ann.", ("name", "Bob", "Bob")),
        ("It cost $12.", "It cost $14.", ("number", "12", "14")),
        ("It cost $12.", "It cost €12.", ("unit", "$", "€")),
        ("Twelve people came.", "Thirteen people came.", ("number", "Twelve", "Thirteen")),
        ("Some 1,250 came.", "Some 1,520 came.", ("number", "1,250", "1,520")),
        ("It is 5 km long.", "It is 5 miles long.", ("unit", "km", "miles")),
        ("It is a 5-km road.", "It is a 5-mile road.", ("unit", "km", "mile")),
        ("It rose 5%.", "It rose 5 points.", ("unit", "%", "points")),
        ("It was -5 degrees.", "It was 5 degrees.", ("number", "-5", "5")),
        ("At 3:24 PM, ET.", "At 3:24 AM, ET.", ("unit", "PM", "AM")),
        ("Half of them.", "A quarter of them.", ("number", "Half", "quarter")),
        ("The third time.", "The 4th time.", ("number", "third", "4th")),
        ("On May 18, 2024.", "On May 19, 2024.", ("number", "18", "19")),
        ("On Monday it rained.", "On Tuesday it rained.", ("date", "Monday", "Tuesday")),
        ("It closed yesterday.", "It closed today.", ("date", "yesterday", "today")),
        ("A five-year plan.", "A six-year plan.", ("number", "five", "six")),
        ("A two-thirds majority.", "A three-fifths majority.", ("number", "two", "three")),
        ("It is safe.", "It is not safe.", ("negation", "", "not")),
        ("It isn’t safe.", "It is safe.", ("negation", "isn't", "")),
        ("There is a plan.", "There is no plan.", ("negation", "", "no")),
        ("Few of them knew.", "None of them knew.", ("certainty", "Few", "None")),
        ("It will close.", "It may close.", ("certainty", "will", "may")),
        ("It costs more than 10 euros.", "It costs less than 10 euros.", ("certainty", "", "less")),
        ("They “never read it”.", "They “hardly read it”.", ("quote", "never read it", "hardly read it")),
        ("He said ‘it isn’t so’.", "He said ‘it isn’t’.", ("quote", "it isn’t so", "it isn’t")),
    ],
)
def test_a_change_of_fact_is_told_with_what_it_was_and_is(before, after, told):
    assert fact_changes(before, after)[0] == FactChange(*told)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The bridge closes on Monday.", "The bridge closes on Monday!"),
        ("Twelve people came.", "12 people came."),
        ("It has 1,200,000 users.", "It has 1.2 million users."),
        ("It is 5 km long.", "It is 5 kilometres long."),
        ("It rose five percent.", "It rose 5%."),
        ("It is not so.", "It isn’t so."),
        ("It cannot be.", "It can not be."),
        ("They “never” read it.", 'They "never" read it.'),
        ("They couldnt say.", "They couldn’t say."),
        ("They did'nt say.", "They didn't say."),
        ("“We are glad”, they said.", "“We are glad,” they said."),
        ("A 3 year old boy.", "A 3-year-old boy."),
        ("A five-year plan.", "A 5-year plan."),
        ("It teh bridge.", "It is the bridge."),
        ("Closing it is hard.", "Shutting it is hard."),
        ("However, it closes.", "It closes."),
        ("It works over the internet.", "It works over the Internet."),
        ("On Sept. 3 it closed.", "On September 3 it closed."),
        ("Officials said so.", "Residents said so."),
        ("Ann Reed’s house.", "The house of Ann Reed."),
        ("", ""),
    ],
)
def test_a_change_of_form_is_none(before, after):
    assert fact_changes(before, after) == ()


def test_a_name_at_the_start_of_a_sentence_is_known_by_the_rest_of_the_story():
    assert fact_changes("Will left.", "He left.", context="They met Will there.")[0].before == "Will"


def test_a_word_that_the_text_has_in_small_letters_is_no_name_at_the_start():
    assert fact_changes("Bridges closed.", "Roads closed.", context="All bridges and roads") == ()


def test_everything_that_differs_is_told_once_in_reading_order():
    before = "Ann Reed has 12 boats and 3 cars. Ann Reed is rich."
    after = "Ann Reed has 14 boats and 4 cars. Ann Reed is not rich."

    kinds = [(change.kind, change.before, change.after) for change in fact_changes(before, after)]

    assert kinds == [("number", "12", "14"), ("number", "3", "4"), ("negation", "", "not")]


@given(text(), text())
def test_whatever_the_texts_what_is_new_one_way_is_gone_the_other(before, after):
    there = fact_changes(before, after)
    back = fact_changes(after, before)

    assert fact_changes(before, before) == ()
    assert bool(there) == bool(back)


def test_hostile_texts_are_compared_in_bounded_time():
    many = " ".join(f"Name{number}" for number in range(6000))

    assert fact_changes(f"It is {many}", f"It is {many} Else")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-five", ("25", 1)),
        ("two hundred and five men", ("205", 4)),
        ("two and a half", ("2", 1)),
        ("three thousand four hundred", ("3400", 4)),
        ("million", ("1000000", 1)),
        ("1,250.50 more", ("1250.5", 1)),
        ("3:24", ("3:24", 1)),
        ("22nd", ("#22", 1)),
        ("second", ("#2", 1)),
        ("1" * 30, ("1" * 30, 1)),
        ("boats", None),
    ],
)
def test_numbers_count_as_their_value_however_they_are_written(words, value):
    assert number_value(words.split()) == value
