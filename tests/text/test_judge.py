import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.text.judge import Passage, Verdict, judge_passage, judge_passages
from stories.text.normalise import normalise
from tests.steps import steps_of

STATEMENT = """Harbour authority statement

The harbour will not close its northern gate before 1 March 2025, and ferries may run until 11.30 p.m. on weekdays.

“We have never sold berth data,” said Ana-María Núñez, the authority’s director, “and we don’t intend to.” \
She added: "Our 'open ledger' policy stays."

Fees rise by 3.5 per cent, to €1,250 a year; the non-resident surcharge is 12%. \
The budget is $2.5 million (about £1.9m).

Berth
Notice
North quay
30 days
South quay
30 days
East quay
60 days

• Boats over 12 m must register.
• Boats under 12 m need not register.

Temperatures fell to −5 °C; the area is 10 km². The AI/ML pilot uses 4,000 sensors — all of them anonymous.

The café’s naïve façade was rebuilt. Привет, мир: порт открыт. הנמל פתוח לציבור. \
港は一般に開放されています。 Ahoy 🚢⚓️!

The company can't share logs. Customers can opt out at any time, unless required by law. \
The well-known co-operative re-signed the lease.

We collect data. We use data. We share data with partners.
"""


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


HARBOUR_RULES = "Rules of the quay. Boats may moor here{}. Crews sign in first."


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


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        (HARBOUR_RULES.format(", but not on Sundays"), "Boats may moor here, but not on Sundays."),
        (
            "Rules of the quay. With a permit, boats may moor here. Crews sign in.",
            "With a permit, boats may moor here.",
        ),
    ],
)
@pytest.mark.parametrize("passage", ["Boats may moor here.", "Boats may moor here"])
def test_context_tells_that_a_qualifier_was_put_into_the_sentence(text, wording, passage):
    suffix = " Crews sign in" if passage.endswith(".") else ". Crews sign in"

    judgement = judge_passage(text, passage, prefix="Rules of the quay. ", suffix=suffix)

    assert (judgement.verdict, judgement.wording) == (Verdict.ALTERED, wording)


def test_a_sentence_that_begins_with_a_small_letter_is_no_qualifier_of_the_one_before() -> None:
    text = HARBOUR_RULES.format(". eBoats need no permit")

    judgement = judge_passage(
        text, "Boats may moor here.", prefix="Rules of the quay. ", suffix=" Crews sign in"
    )

    assert judgement.verdict is Verdict.VERBATIM


def test_a_fragment_that_never_was_a_sentence_is_not_qualified_by_its_context():
    text = HARBOUR_RULES.format(", if they have paid")

    judgement = judge_passage(text, "may moor here.", prefix="quay. Boats ", suffix=", if they have paid")

    assert judgement.verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("You must\n- keep a log\n- sign in", "You must keep a log"),
        ("You must\n\n–  keep a log", "You must keep a log"),
        ("- keep a log", "- keep a log"),
        ("• keep a log", "− keep a log"),
        ("You must:\n−  keep a log\n− sign in", "You must: keep a log sign in"),
        ("You must:\n− keep a log\n− sign in\n− pay", "keep a log\n− sign in\n− pay"),
        ("You must:\n− keep a log\n− sign in\n− pay", "keep a log - sign in - pay"),
        ("Profit is revenue\n− costs", "Profit is revenue − costs"),
        ("Порт открыт. Минимум на день.", "минимум на день"),
        ("Он открыт минимум на день.", "Минимум на день"),
        ("港は 24\n時間開いて\n、いる。", "港は24時間開いて、いる。"),
        (
            "Write to [the clerk] today. Bring a boat, a rope, and a log.",
            "Write to [the clerk] today. Bring a boat … a log.",
        ),
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


@pytest.mark.parametrize(
    ("text", "passage", "wording"),
    [
        ("C. Boats shall moor here. D. No.", "Boats may moor here.", "Boats shall moor here."),
        (
            "The quay is run by Holm Ltd. It opens at 9.",
            "The pier is run by Holm Ltd.",
            "The quay is run by Holm Ltd.",
        ),
        ("Abre en 2025. ¿Quién paga?", "Abre en 2024.", "Abre en 2025."),
        (
            "Der Hafen ist zu (mit Ausnahmen). „Wir nicht“, sagte er.",
            "Der Hafen ist zu.",
            "Der Hafen ist zu (mit Ausnahmen).",
        ),
        ("港は開いている。船は入れる、晴れなら。", "船は入れる。", "船は入れる、晴れなら。"),
    ],
)
def test_the_new_wording_ends_where_the_sentence_does(text, passage, wording):
    assert judge_passage(text, passage).wording == wording


def test_the_new_wording_has_the_condition_put_before_and_after_the_sentence():
    text = "It rained. With the consent of the owner, we may share logs with insurers, but not with banks. It stopped."

    judgement = judge_passage(text, "We may share all logs with insurers.")

    assert (
        judgement.wording
        == "With the consent of the owner, we may share logs with insurers, but not with banks."
    )


def test_the_new_wording_of_a_fragment_has_the_words_that_took_its_ends():
    text = "They said that nobody may enter the upper dock after sunset today."

    judgement = judge_passage(text, "everybody may enter the upper dock after noon")

    assert judgement.wording == "nobody may enter the upper dock after sunset"


def test_the_changes_lead_from_the_passage_to_the_wording():
    judgement = judge_passage("The gate won’t open on Monday.", "The gate won't open on Sunday.")

    told = [(change.operation, change.text) for change in judgement.changes]

    assert told == [
        ("equal", "The gate won’t open on "),
        ("delete", "Sunday"),
        ("insert", "Monday"),
        ("equal", "."),
    ]
    assert judgement.similarity == pytest.approx(5 / 6)


@pytest.mark.parametrize(("prefix", "place"), [("North quay\n", 0), ("South quay\n", 1), ("West quay\n", 0)])
def test_the_prefix_chooses_among_several_occurrences(prefix, place):
    starts = [at for at in range(len(STATEMENT)) if STATEMENT.startswith("30 days", at)]

    judgement = judge_passage(STATEMENT, "30 days", prefix=prefix)

    assert judgement.start == starts[place]


def test_a_short_passage_replaced_where_it_was_cited_is_altered_whatever_stands_elsewhere():
    text = STATEMENT.replace("South quay\n30 days", "South quay\n90 days")

    judgement = judge_passage(text, "30 days", prefix="South quay\n", suffix="\nEast quay")

    assert (judgement.verdict, judgement.wording) == (Verdict.ALTERED, "90 days")


def test_a_one_word_passage_replaced_where_it_was_cited_is_altered():
    judgement = judge_passage(
        "He called the plan reckless again.", "wise", prefix="called the plan ", suffix=" again."
    )

    assert (judgement.verdict, judgement.wording) == (Verdict.ALTERED, "reckless")


def test_several_passages_are_judged_against_one_text():
    judgements = judge_passages(
        STATEMENT, [Passage("never"), Passage("sold out"), Passage("30 days", "South quay")]
    )

    assert [it.verdict for it in judgements] == [Verdict.VERBATIM, Verdict.MISSING, Verdict.VERBATIM]


def test_a_word_hyphenated_at_the_end_of_a_line_is_verbatim():
    text = "The har-\nbour opened for the non-resi-\ndent’s boat."

    judgement = judge_passage(text, "The harbour opened for the non-resident's boat")

    assert (judgement.verdict, judgement.wording) == (Verdict.VERBATIM, text[:-1])


@settings(max_examples=80)
@given(st.text("ab cd.,“'…[]-\n1é\u0301港", max_size=120), st.text("ab cd.,“'…[]-\n1é\u0301港", max_size=60))
def test_any_passage_can_be_judged_in_any_text(text, passage):
    judgement = judge_passage(normalise(text), passage, prefix=passage[:9], suffix=passage[-9:])

    if judgement.start is not None:
        assert 0 <= judgement.start <= judgement.end <= len(text)


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["gate", "open", "not", "may", "close", "the", "of", "5", "3.5", "data"]),
        min_size=4,
        max_size=40,
    ),
    st.data(),
)
def test_every_run_of_words_of_a_text_is_verbatim_in_it(words, data):
    start = data.draw(st.integers(0, len(words) - 2))
    end = data.draw(st.integers(start + 1, len(words)))

    judgement = judge_passage(normalise(" ".join(words)), " ".join(words[start:end]))

    assert judgement.verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("a " * 200_000, "a " * 9_999 + "b"),
        ("a-\n" * 100_000, "a [b] " * 3_000),
        ("we may share. " * 20_000, "we … may … " * 1_500),
        ("'" * 300_000, "'" * 20_000),
        ("[" * 300_000, "[x" * 10_000),
        ("港" * 300_000, "港" * 20_000 + "は"),
        ("A. " * 100_000, "A. " * 100 + "B"),
        ("5' " * 40_000, '5" ' * 2_000),
    ],
    ids=["one word", "hyphens", "ellipses", "quotes", "brackets", "no spaces", "sentences", "feet"],
)
def test_hostile_text_is_judged_in_bounded_time(text, passage):
    steps = steps_of(lambda: judge_passage(text, passage, prefix="a we", suffix="may share"))

    assert steps < 20 * len(text)


def test_a_long_text_is_looked_through_in_parts():
    filler = "Boats come and go at the quay all day. " * 20_000
    text = f"{filler}The gate may close at noon. {filler}The gate will stay open at night."

    stands = judge_passage(text, "The gate will stay open at night.")
    altered = judge_passage(text, "The gate must close at noon.")

    assert (stands.verdict, text[stands.start : stands.end]) == (Verdict.VERBATIM, stands.wording)
    assert (altered.verdict, altered.wording) == (Verdict.ALTERED, "The gate may close at noon.")
    assert text[altered.start : altered.end] == altered.wording


def test_of_a_long_text_the_part_that_comes_nearest_is_told_whatever_stands_beside_it():
    filler = "Ferries come and go at the quay all day. " * 9_000
    text = f"Sie verkauft den Hafen nicht mehr. {filler}Sie verkauft den alten Hafen gern."

    judgement = judge_passage(text, "Sie verkauft den Hafen")

    assert judgement.wording == "Sie verkauft den Hafen nicht mehr"


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


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        (
            "El consejo se reunió ayer. El puente abre en mayo. Los vecinos esperan.",
            "El puente abre en marzo",
        ),
        (
            "El consejo se reunió el jueves. Alguien resultó herido. Los vecinos esperan.",
            "Nadie resultó herido",
        ),
    ],
)
def test_the_word_that_took_the_place_of_an_outermost_one_is_told_wherever_the_passage_stands(text, passage):
    assert judge_passage(text, passage).wording == text.split(". ")[1]


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


def test_a_mark_that_leaves_figures_as_they_are_is_none_of_the_text():
    assert judge_passage("Call \u202d050-1234\u202c now.", "Call 050-1234 now.").verdict == Verdict.VERBATIM


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


def test_a_change_of_case_in_the_first_word_is_shown():
    changes = judge_passage("UNESCO lists the harbour.", "Unesco lists the harbour").changes

    assert ("delete", "Unesco ") in [(change.operation, change.text) for change in changes]


@pytest.mark.parametrize(
    ("text", "passage", "wording"),
    [
        ("Nous ne vendons pas vos places.", "Nous vendons vos places.", "Nous ne vendons pas vos places."),
        ("Сборов не будет.", "Сборов будет.", "Сборов не будет."),
        (
            "Staff may in rare cases read logs of berths, he said.",
            "Staff may read logs of berths",
            "Staff may in rare cases read logs of berths",
        ),
        ("Berths\nNorth quay\n12\n34\nSouth quay\n9", "North quay 12 31", "North quay\n12\n34"),
        ("Is the quay shut? Yes! More on Monday.", "Is the quay shut? No!", "Is the quay shut? Yes!"),
        ("Dijo: «¿Abre hoy? ¡Claro que sí!», y se fue.", "¡Claro que no!", "¡Claro que sí!"),
        ("Berths are free. Fuel is not free.", "Fuel is free.", "Fuel is not free."),
        ("Pilot\nAge\nAnn Lee\n32\nBo Ek\n42", "Ann Lee 31", "Ann Lee\n32"),
        ("Members may bring\nGuests pay double", "Members may bring dogs", "Members may bring"),
    ],
)
def test_the_wording_has_the_words_that_were_put_in_and_no_others(text, passage, wording):
    judgement = judge_passage(text, passage)

    assert judgement.verdict == Verdict.ALTERED
    assert judgement.wording == wording


FEES = (
    "It starts in May. The fee is ten euros for each member. Members may leave at any time. The gate is red."
)


@pytest.mark.parametrize(
    ("passage", "prefix", "suffix", "new"),
    [
        ("ten euros", "in May. The fee is ", "", "twelve euros"),
        ("ten euros", "", " for each member. Members", "twelve euros"),
        ("ten euros", "The price of it is ", " for each member. Members", "twelve euros"),
        ("ten", "in May. The fee is ", "", "twelve"),
        ("fee is ten euros", "in May. The ", "", "fee is now twelve euros"),
        ("The gate is red.", "leave at any time. ", "", "The door is shut"),
    ],
)
def test_one_side_is_enough_to_tell_what_a_short_passage_became(passage, prefix, suffix, new):
    judgement = judge_passage(FEES.replace(passage.rstrip("."), new), passage, prefix=prefix, suffix=suffix)

    assert (judgement.verdict, judgement.wording) == (Verdict.ALTERED, new)


def test_a_short_passage_edited_where_it_was_cited_is_altered_though_it_stands_elsewhere():
    table = "Logs of searches: 90 days. Logs of payments: 60 days. Logs of calls: 30 days."

    judgement = judge_passage(table, "30 days", prefix="Logs of payments: ")

    assert (judgement.verdict, judgement.wording) == (Verdict.ALTERED, "60 days")


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
    ("prefix", "suffix"), [("in May. The fee is ", ""), ("is ", ""), ("of the fee ", " in all")]
)
def test_one_side_alone_claims_nothing_of_other_words(prefix, suffix):
    text = FEES.replace("ten euros for each member", "to be announced")

    assert judge_passage(text, "ten euros", prefix=prefix, suffix=suffix).verdict is Verdict.MISSING


def test_a_passage_that_moved_away_from_one_side_is_verbatim():
    text = "It starts in May. Members may leave at any time. The fee is ten euros for each member."

    assert judge_passage(text, "The fee is ten euros", prefix="starts in May. ").verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("passage", "suffix", "text"),
    [
        ("we are happy to help out!", " Write to us.", "{} Call us by noon."),
        ("look at it (e.g. the pier).", " It is red.", "{} It was red then."),
        ("# The pier. The gate is red.", " It shut in May.", "{} It may shut."),
    ],
)
def test_a_passage_stands_though_what_stood_beside_it_was_edited(
    passage: str, suffix: str, text: str
) -> None:
    document = "If you want to enter the harbour, " + text.format(passage)

    judged = judge_passage(document, passage, prefix="If you want to enter the harbour, ", suffix=suffix)

    assert judged.verdict is Verdict.VERBATIM


@pytest.mark.parametrize("passage", ["Children’s area. No dogs.", "“Children's area. No dogs,”"])
def test_a_full_stop_of_the_documents_own_ends_a_passage_whatever_follows(passage):
    text = "Children's area. No dogs. they bark."

    assert judge_passage(text, passage).verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("passage", "text", "verdict"),
    [
        ("She said no.", "“We go,” she said. Ferries run.", Verdict.MISSING),
        ("They said no.", "Ferries run, they said on Monday.", Verdict.MISSING),
        ("She said no.", "She said yes. Ferries run.", Verdict.ALTERED),
        ("She said no.", "Ferries run. He said no.", Verdict.ALTERED),
        ("Everyone survived.", "Nearly everyone survived the storm.", Verdict.ALTERED),
    ],
)
def test_a_short_sentence_keeps_one_of_its_ends_where_it_was_altered(passage, text, verdict):
    assert judge_passage(f"The gate stays open. {text}", passage).verdict is verdict


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


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("הדוברת אמרה: ״לא חתמנו״.", 'הדוברת אמרה: "לא חתמנו".'),
        ("Primăria a spus că ţara şi Ştefan au votat.", "Primăria a spus că țara și Ștefan au votat."),
    ],
)
def test_marks_and_letters_that_older_pages_write_otherwise_are_typography(text, passage):
    assert judge_passage(text, passage).verdict is Verdict.VERBATIM


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


def test_the_last_part_of_an_altered_quotation_keeps_its_full_stop() -> None:
    text = (
        "Guests could delete their data at any time, it says, but only if they ask for it in writing. Ask us."
    )

    judged = judge_passage(
        text, "Guests can delete their data at any time … but only if they ask for it in writing."
    )

    assert (
        judged.wording
        == "Guests could delete their data at any time … but only if they ask for it in writing."
    )


@pytest.mark.parametrize(
    ("text", "passage", "wording"),
    [
        (
            "I have used Kali/Mint/Suse/... and now I want to leave.",
            "I have used Mint/Suse/... and now I want to leave.",
            "I have used Kali/Mint/Suse/... and now I want to leave.",
        ),
        (
            "Each berth (north, south …) is let for a month. It is let in spring.",
            "Each berth (north, east …) is let for a year. It is let in spring.",
            "Each berth (north, south …) is let for a month. It is let in spring.",
        ),
        (
            "Nous ne vendons plus vos places à des tiers.",
            "Nous … vendons … vos places à des tiers.",
            "Nous ne vendons plus vos places à des tiers.",
        ),
        (
            "The board, which met on Monday, will not at any time sell the pier to Holm.",
            "The board … will … sell the pier to Holm.",
            "The board, which met on Monday, will not at any time sell the pier to Holm.",
        ),
        (
            "The berths\nWhen let out the berths cost forty euros a month, it says, and are never shared.",
            "Whenever let out the berths cost forty euros … and are never shared.",
            "When let out the berths cost forty euros … and are never shared.",
        ),
    ],
)
def test_the_wording_of_a_quotation_with_gaps_has_what_alters_it_and_no_neighbour(text, passage, wording):
    judged = judge_passage(f"It rained. {text} We left.", passage)

    assert judged.verdict is Verdict.ALTERED
    assert judged.wording == wording
    assert judged.similarity < 1


TWO = "The port was closed on Monday. It reopened on Tuesday."


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        (
            "The port was closed on Monday. Nobody was told of that for hours. It reopened on Tuesday.",
            "The port was closed on Monday. Nobody was told of that for hours. It reopened on Tuesday.",
        ),
        (
            "It reopened on Tuesday. The port was closed on Monday.",
            "It reopened on Tuesday. The port was closed on Monday.",
        ),
        (
            "It reopened on Tuesday. We left. The port was closed on Monday, and it reopened on Tuesday.",
            "The port was closed on Monday, and it reopened on Tuesday.",
        ),
    ],
)
def test_of_several_sentences_those_are_told_that_stand_with_what_is_between_them(text, wording):
    judged = judge_passage(f"It rained. {text} Ferries run.", TWO)

    assert (judged.verdict, judged.wording) == (Verdict.ALTERED, wording)
    assert judged.similarity < 1


def test_a_sentence_that_is_left_of_two_is_told():
    judged = judge_passage(
        "It rained. The port was closed on Monday. We left.", f"{TWO[:-1]} after hours of talks."
    )

    assert (judged.verdict, judged.wording) == (Verdict.ALTERED, "The port was closed on Monday.")


def test_one_short_sentence_of_many_words_is_not_what_a_passage_became():
    text = "It rained. The port was closed on Monday. We left."
    passage = (
        f"The port was closed on Monday. {'Many of the boats of the north came back within a day. ' * 2}"
    )

    assert judge_passage(text, passage).verdict is Verdict.MISSING


def test_a_document_that_ends_with_a_closed_quotation_is_read_to_its_end() -> None:
    text = "We looked at the bridge for years.\n“It was never safe.”"

    judged = judge_passage(text, "We looked at the bridge for years, and it was never safe.")

    assert judged.verdict is Verdict.ALTERED
