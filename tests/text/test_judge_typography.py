"""What typography, layout and quoting practice allow leaves a passage verbatim, and what says something does not."""

import re

import pytest

from stories.text.judge import Verdict, judge_passage
from tests.text.statement import STATEMENT


@pytest.mark.parametrize(
    "passage",
    [
        "The harbour will not close its northern gate before 1 March 2025",
        "the harbour will not close its northern gate",
        '"We have never sold berth data," said Ana-María Núñez',
        "We have never sold berth data.",
        "‘We have never sold berth data,’ said",
        "Our “open ledger” policy stays.",
        "and we don't intend to",
        "Fees rise by 3.5 per cent … the non-resident surcharge is 12%.",
        "Fees rise by 3.5 per cent [...] the non-resident surcharge is 12 %",
        "[T]he budget is $2.5 million (about £1.9m).",
        "Temperatures fell to -5 °C",
        "the area is 10 km²",
        "The Al/ML pilot uses 4,000 sensors - all of them anonymous",
        "The AI/ML pilot uses 4,000 sensors—all of them anonymous",
        "The AI/ML pilot uses 4,000 sensors -- all of them anonymous",
        "The cafe\u0301’s nai\u0308ve fac\u0327ade was rebuilt.",
        "порт открыт",
        "הנמל פתוח לציבור",
        "港は一般に開放",
        "Ahoy 🚢⚓",
        "Boats over 12 m must register. Boats under 12 m need not register.",
        "North quay 30 days",
        "South quay 30 days East quay",
        "We collect data … We share data with partners.",
        "She added [on Monday]: \"Our 'open ledger' policy stays.\"",
        "[Núñez] added: “Our",
        "never",
        "… ferries may run until 11.30 p.m. …",
    ],
)
def test_typography_and_quoting_practice_leave_a_passage_verbatim(passage):
    judgement = judge_passage(STATEMENT, passage)

    assert judgement.verdict is Verdict.VERBATIM
    assert judgement.wording == STATEMENT[judgement.start : judgement.end]
    assert judgement.changes == ()


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("You must\n- keep a log\n- sign in", "You must keep a log"),
        ("You must\n\n–  keep a log", "You must keep a log"),
        ("- keep a log", "- keep a log"),
        ("• keep a log", "− keep a log"),
        ("You must:\n−  keep a log\n− sign in", "You must: keep a log sign in"),
        ("You must:\n− keep a log\n− sign in\n− pay", "keep a log\n− sign in\n− pay"),
        ("Profit is revenue\n− costs", "Profit is revenue − costs"),
        ("Порт открыт. Минимум на день.", "минимум на день"),
        ("Он открыт минимум на день.", "Минимум на день"),
        ("港は 24\n時間開いて\n、いる。", "港は24時間開いて、いる。"),
        (
            "Write to [the clerk] today. Bring a boat, a rope, and a log.",
            "Write to [the clerk] today. Bring a boat … a log.",
        ),
        ("We said: write to “a@[Pier],” and go home.", "[W]rite to “a@[Pier],” and go home."),
        ("Il n’ouvre pas.", "[I]l n’ouvre pas"),
        ("On n’ouvre pas.", "[N]’ouvre pas"),
        ("Write to [the har-\nbour] clerk.", "Write to [the harbour] clerk."),
        ("He called it ‘a lie’, and left.", "He called it “a lie,” and left."),
        ("Er sagte: „Wir kommen nicht“, und ging.", "Er sagte: “Wir kommen nicht,” und ging."),
        ("They was [sic] told to leave the ship (sic) by noon.", "They was told to leave the ship by noon."),
        (
            "The ship was† old‡ and closed* in 2021,† he said.",
            "The ship was old and closed in 2021, he said.",
        ),
        ("T\nhe gate opens at six.", "The gate opens at six."),
        ("T he gate opens at six.", "The gate opens at six."),
        ("At T he sat.\n“T he gate opens at six.”", "The gate opens at six."),
        ("The ship was closed to visitors¹ in May.", "The ship was closed to visitors"),
        ("The ship was closed to visitors¹².", "“The ship was closed to visitors.”"),
        ("Hope called it “a lie” and left.", "Hope [termed] it “a lie” and left."),
        ("Hope called “a lie” what we saw.", "Hope [termed] “a lie” what we saw."),
        ("The board — after a debate — left.", "The [council] — after a debate — left."),
        ("A fter the vote all went home.", "After the vote all went home."),
        ("I\nt was late.", "It was late."),
        ("The day* and the fees** are set.", "The day and the fees are set."),
        (
            "The tide comes in,\nthe tide goes out,\nand no one waits.",
            "comes in, / the tide goes out, / and no one",
        ),
        ("The tide goes out.\n\nNo one waits.", "The tide goes out. // No one waits."),
        ("The tide\ngoes out, slowly,\nand no one waits.", "The tide / goes out … / [A]nd no one waits."),
        ("“Who goes?”\n“The tide.”", "“Who goes?” / “The tide.”"),
        ("“The ship was old.\n“It was never safe.”", "The ship was old. It was never safe."),
        ('"The ship was old.\n\n"It was never safe."', "The ship was old. It was never safe."),
        ("« Le pont était vieux.\n« Il est fermé. »", "Le pont était vieux. Il est fermé."),
    ],
)
def test_layout_and_house_style_of_any_script_leave_a_passage_verbatim(text, passage):
    assert judge_passage(text, passage).verdict is Verdict.VERBATIM


def test_a_word_hyphenated_at_the_end_of_a_line_is_verbatim():
    text = "The har-\nbour opened for the non-resi-\ndent’s boat."

    judgement = judge_passage(text, "The harbour opened for the non-resident's boat")

    assert (judgement.verdict, judgement.wording) == (Verdict.VERBATIM, text[:-1])


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Es wurden 21,5 °C gemessen.", "Es wurden 21,5°C gemessen"),
        ("The rise was clear (P = .004) in both groups.", "The rise was clear (P=.004) in both groups"),
        ("« Le quai reste ouvert\u202f», a dit la directrice.", "Le quai reste ouvert\u2009."),
        ("Lee a dit «\xa0oui\xa0» ou «\xa0non\xa0». Fin.", "Lee a dit « oui » ou « non »."),
        ('הנמל "פתוח לציבור" מהיום', "הנמל ״פתוח לציבור״ מהיום"),
        ("בית\u05beספר חדש נפתח בנמל", "בית-ספר חדש נפתח בנמל"),
        ("Ein Platz kostet 10\u202f€ am Tag (§ 4).", "Ein Platz kostet 10€ am Tag (§4)"),
        ("They did not open the gate.", "They [didn’t] open the gate"),
        ("Some 3⁄4 of the boats left.", "Some 3/4 of the boats left"),
    ],
)
def test_signs_and_marks_of_other_languages_are_typography(text, passage):
    assert judge_passage(text, passage).verdict == Verdict.VERBATIM


@pytest.mark.parametrize(
    "text",
    [
        "The pool is 10 m² large.",
        "The pool holds 10 dm³.",
        "The pool is 400 ft² large.",
        "Бассейн занимает 40 см² пола.",
        "The load is 9 kg/sec² at most.",
        "The wave is sin² of the angle.",
        "The port emits 40 t of CO² each day.",
        "The port emits 40 t of NH³ each day.",
        "The train gains 40 km/min² there.",
    ],
)
def test_a_raised_figure_of_a_unit_is_no_footnote(text: str) -> None:
    told = text.translate({ord("²"): None, ord("³"): None})

    assert judge_passage(text, told).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    "text",
    [
        "The port¹ sold² the³ old⁴ pier⁵ to⁶ Holm⁷ at⁸ noon.",
        "Under the law¹ all ports of the EU² are open.",
        "It’s² the port’s[12] own debt, and it won't³ pay.",
        "Fees rose by 5%.¹ They fell in 2020.² So it is.³ Nobody knew.",
    ],
)
def test_a_raised_figure_behind_a_short_word_is_a_footnote(text: str) -> None:
    told = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]|\[12\]", "", text)

    assert judge_passage(text, told).verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    "passage",
    [
        "The pier is closed\n- as it was in May - and the\ngate is open.",
        "The\u00ad\npier is closed - as it was in May\n– and the gate is open.",
    ],
)
def test_a_passage_may_be_broken_where_the_page_is_not(passage: str) -> None:
    text = "The pier is closed - as it was in May - and the gate is open."

    assert judge_passage(text, passage).verdict is Verdict.VERBATIM


def test_a_bracket_does_not_put_a_negation_in():
    text = "The gate stays open. They did not close it at noon."

    assert judge_passage(text, "The gate [no longer] stays open").verdict == Verdict.ALTERED
    assert judge_passage(text, "The gate [to the north] stays open").verdict == Verdict.VERBATIM
    assert judge_passage(text, "They [could not] close it at noon").verdict == Verdict.VERBATIM


def test_a_bracket_does_not_stand_for_another_figure():
    assert judge_passage("The 30-day limit stays.", "The [45-day] limit stays").verdict == Verdict.ALTERED
    assert judge_passage("30 houses were sold.", "[40] houses were sold.").verdict == Verdict.ALTERED
    assert (
        judge_passage("It fell.[40] Houses were sold.", "[40] Houses were sold.").verdict == Verdict.VERBATIM
    )
    assert judge_passage("The limit of 30 days stays.", "The limit of [30 calendar] days stays").verdict == (
        Verdict.VERBATIM
    )


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Choose tea and coffee.", "Choose tea / coffee."),
        ("Choose tea coffee.", "Choose tea / coffee."),
        ("A way to the harbour is needed.", "Away to the harbour is needed."),
        ("A part of the fee is kept.", "Apart of the fee is kept."),
        ("I ran to the port.", "Iran to the port."),
        ("A cross the bay.", "Across the bay."),
        ("À\ncôté du port.", "Àcôté du port."),
        ("On pier B oats are sold.", "Boats are sold."),
        ("T heaters are sold.", "The heaters are sold."),
        ("W hen-house is shut.", "When is shut."),
        ("He has an AA* rate.", "He has an AA rate."),
        ("He has an AAA* rate.", "He has an AAA rate."),
        ("He wrote sh** happened.", "He wrote sh happened."),
        ("He wrote fuc** happened.", "He wrote fuc happened."),
        ("Choose an ID passport and\ntwo photos.", "Choose an ID / passport and two photos."),
        ("Come in\nby the gate in the wall.", "Come in by the gate in / the wall."),
        ("The old ship.\n“It was never safe.”", "The old ship. It was never safe."),
        ("“The old ship.”\n“It was never safe.”", "The old ship. It was never safe."),
        ("It has 4* rooms.", "It has 4 rooms."),
        ("The gap is 5′ wide.", "The gap is 5″ wide."),
        ("The gap is 5' wide.", 'The gap is 5" wide.'),
        ("The fee is \u202e54\u202c euros.", "The fee is 54 euros."),
        ("港口关闭的时候，没有人受伤。", "港口关闭，"),
        ("The lake is 5 km² in all.", "The lake is 5 km in all."),
        ("Call it ‘a lie?’ Never.", "Call it “a lie”? Never."),
    ],
)
def test_marks_that_say_something_are_no_typography(text: str, passage: str) -> None:
    assert judge_passage(text, passage).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("הדוברת אמרה: ״לא חתמנו״.", 'הדוברת אמרה: "לא חתמנו".'),
        ("Primăria a spus că ţara şi Ştefan au votat.", "Primăria a spus că țara și Ștefan au votat."),
    ],
)
def test_marks_and_letters_that_older_pages_write_otherwise_are_typography(text, passage):
    assert judge_passage(text, passage).verdict is Verdict.VERBATIM
