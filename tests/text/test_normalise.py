from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.normalise import normalise


@pytest.mark.parametrize("text", ["Большо\u0301й", "e\u0301", "а\u0301е\u0301у\u0301", "“ﬁ”"])
def test_what_is_normalised_stays_as_it_is(text: str) -> None:
    plain = normalise(text).plain

    assert normalise(plain).plain == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Open” and ‘shut’", "\"Open\" and 'shut'"),
        ("the quay\u00a0–\u202fclosed", "the quay - closed"),
        ("the ﬁrst oﬃce", "the first office"),
        ("cafe\u0301", "café"),
        ("har\u00adbour mas\u200bter", "harbour master"),
        ("har\u00ad\nbour", "harbour"),
        ("the\u00ad harbour", "the harbour"),
        ("ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("one\n\n  two", "one two"),
        ("thе рort", "the port"),
        ("東京\n港", "東京港"),
    ],
)
def test_typography_is_alike_in_the_plain_form(one, other):
    assert normalise(one).plain == normalise(other).plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gate—closed", "gate -- closed"),
        ("gate - closed", "gate-closed"),
        ("« clos »", "“clos”"),
        ("The Al pilot", "The AI pilot"),
        ("the toll,[3] paid", "the toll, paid"),
        ("the charter² holds", "the charter holds"),
        ("the charter.² It holds", "the charter. It holds"),
        ("the toll[note 2] was[by whom?] paid", "the toll was paid"),
        ("le péage[réf. nécessaire] est dû", "le péage est dû"),
        ("通行料[要出典]は高い", "通行料は高い"),
        ("ｶﾞｽ", "ガス"),
        ("• one\n• two", "one two"),
        ("open , then shut", "open, then shut"),
        ("12 %", "12%"),
        ("and so on…", "and so on . . ."),
    ],
)
def test_what_a_sub_editor_does_is_alike_in_the_tight_form(one, other):
    assert normalise(one).tight.strip() == normalise(other).tight.strip()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10 m²", "10 m2"),
        ("½", "1⁄2"),
        ("Brand™", "BrandTM"),
        ("café", "cafe"),
        ("3.5", "3,5"),
        ("2023, 500 boats", "2023,500 boats"),
        ("11", "ll"),
        ("O", "0"),
        ("modern", "modem"),
        ("re-sign", "resign"),
        ("€5", "$5"),
        ("−5", "5"),
        ("The loss was\n− €5 million", "The loss was €5 million"),
        ("The loss was:\n− EUR 5 million", "The loss was: EUR 5 million"),
        ("The loss was:\n− US$5 million", "The loss was: US$5 million"),
        ("The rate was.\n− ½ percent", "The rate was. ½ percent"),
        ("The loss was:\n− (5) million", "The loss was: (5) million"),
        ("The loss was:\n−  5 million", "The loss was: 5 million"),
        ("Profit is revenue\n− costs and tax\n− fees", "Profit is revenue costs and tax fees"),
        ("It rose  + 5 points", "It rose - 5 points"),
    ],
)
def test_what_differs_in_meaning_stays_different(one, other):
    assert normalise(one).tight != normalise(other).tight


def test_a_place_in_either_form_leads_back_to_the_source():
    text = normalise("A ﬁne\u00ad\n day —\u00a0“quite”!")

    plain, tight = text.plain.index("quite"), text.tight.index("quite")

    assert text.source[slice(*text.plain_span(plain, plain + 5))] == "quite"
    assert text.source[slice(*text.tight_span(tight, tight + 5))] == "quite"


def test_the_span_of_a_word_before_punctuation_does_not_take_in_what_follows():
    text = normalise("(see “Tolls”). \n Boats")

    start = text.tight.index("Tolls")

    assert text.source[slice(*text.tight_span(start, start + 5))] == "Tolls"


def test_a_letter_under_many_marks_is_cheap():
    text = normalise("a" + "\u0301\u0323" * 50_000)

    assert text.plain.startswith("ạ")


@given(st.text(max_size=300))
def test_any_text_can_be_normalised_and_every_span_lies_inside_it(source):
    text = normalise(source)

    for form, span in ((text.plain, text.plain_span), (text.tight, text.tight_span)):
        for place in range(len(form)):
            start, end = span(place, place + 1)
            assert 0 <= start <= end <= len(source)


@given(st.text('ab A.1"`“’–\n\t\xa0\u2028éÅ\u0301½ﬁÅаΑ𝚨Ａ中、\u1160•·', max_size=12))
def test_a_text_reads_the_same_whether_or_not_its_length_changes_elsewhere(source):
    text, longer = normalise(source), normalise(f"{source}x\u200bx")

    assert text.plain == longer.plain[: len(text.plain)]
    places = range(len(text.plain))
    assert [text.plain_span(at, at + 1) for at in places] == [longer.plain_span(at, at + 1) for at in places]


def test_a_run_of_footnote_marks_is_read_once() -> None:
    # No count of steps sees what goes on inside of an expression; trying each place to its end took 5 seconds.
    began = process_time()

    plain = normalise("abcd" + "²" * 1_000 + "w").tight

    assert len(plain) == 1_005
    assert process_time() - began < 1
