"""The exact wording that an altered passage has become."""

import pytest

from stories.text.judge import Verdict, judge_passage


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
        (
            "To sell the old boat in June. | * Duty",
            "To sell the old boat in May.",
            "To sell the old boat in June.",
        ),
        (
            "To sell the old boat in June. * Duty",
            "To sell the old boat in May.",
            "To sell the old boat in June.",
        ),
        (
            "We keep the right to, with the consent of the owner, sell the old boat.",
            "We keep the right to sell the old boat.",
            "We keep the right to, with the consent of the owner, sell the old boat.",
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


def test_an_altered_quotation_is_told_with_what_its_ellipsis_leaves_out() -> None:
    text = "Guests could delete their data at any time, it says, but only if they ask in writing."

    judged = judge_passage(
        text, "Guests can delete their data at any time … but only if they ask in writing."
    )

    assert judged.wording == text


def test_what_is_told_of_a_passage_with_an_ellipsis_has_each_of_its_parts() -> None:
    text = "The port could close. It is old. The mayor looked at all the boats. Nobody knows how long that lasts."

    judged = judge_passage(text, "The port could close … Nobody knows how long this lasts.")

    assert judged.wording == "The port could close … Nobody knows how long that lasts."


def test_where_that_is_long_its_parts_alone_are_told_the_last_with_its_full_stop() -> None:
    text = (
        "Guests could delete their data at any time, as the terms say that the port agreed with the council of Varde"
        " in the spring of last year, but only if they ask for it in writing. Ask us."
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
