import pytest

from stories.text.judge import Verdict, judge_passage


@pytest.mark.parametrize(
    ("text", "passage", "turned"),
    [
        ("Die Stadt verkauft den Hafen nicht.", "Die Stadt verkauft den Hafen", " nicht"),
        ("Die Stadt verkauft den Hafen derzeit nicht.", "Die Stadt verkauft den Hafen", " derzeit nicht"),
        ("De stad verkoopt de haven voorlopig niet.", "De stad verkoopt de haven", " voorlopig niet"),
        ("Die Stadt verkauft den Hafen nicht mehr.", "„Die Stadt verkauft den Hafen“", " nicht mehr"),
        ("Sie sagt, die Stadt verkaufe den Hafen nicht.", "„Die Stadt verkaufe den Hafen,“", " nicht"),
        ("Die Stadt verkauft den Hafen »nicht«.", "Die Stadt verkauft den Hafen", " »nicht«"),
        ("De stad verkoopt de haven niet.", "“De stad verkoopt de haven,”", " niet"),
        ("Die Stadt lehnt den Verkauf nicht ab.", "Die Stadt lehnt den Verkauf", " nicht ab"),
        ("Der Rat stimmt dem Verkauf nicht zu, so Lee.", "Der Rat stimmt dem Verkauf", " nicht zu"),
        ("De raad keurt het plan niet af.", "De raad keurt het plan", " niet af"),
        ("Kommunen i nord selger havna aldri.", "Kommunen i nord selger havna", " aldri"),
    ],
)
def test_the_wording_runs_to_the_end_of_what_turns_the_passage_round(
    text: str, passage: str, turned: str
) -> None:
    judged = judge_passage(f"Nous y étions.\n{text}\nWe left.", passage)

    assert judged.verdict is Verdict.ALTERED
    assert judged.wording is not None
    assert judged.wording.endswith(turned)
    assert judged.start is not None
    assert judged.end == judged.start + len(judged.wording)
    assert judged.similarity < 1
    assert [change.text for change in judged.changes if change.operation == "insert"] == [turned.lstrip()]
    assert judge_passage(text, judged.wording).verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Die Stadt verkauft den „Hafen“ nicht.", "Die Stadt verkauft den „Hafen“ nicht"),
        ('Die Stadt verkauft den "Hafen" nicht mehr.', 'Die Stadt verkauft den "Hafen" nicht mehr'),
    ],
)
def test_the_wording_holds_the_mark_that_closes_its_last_word(text: str, wording: str) -> None:
    judged = judge_passage(f"Es regnete. {text} Wir gingen.", "Die Stadt verkauft den Hafen")

    assert judged.wording == wording


def test_the_wording_of_a_sentence_that_was_rewritten_too_runs_as_far() -> None:
    text = "Es regnete. Den Hafen verkauft die Stadt Holm jetzt nicht. Wir gingen."

    judged = judge_passage(text, "Den Hafen verkauft die Stadt Beck jetzt")

    assert judged.wording == "Den Hafen verkauft die Stadt Holm jetzt nicht"


@pytest.mark.parametrize(
    "behind",
    [
        " nicht – so Lee.",
        " nicht — so Lee.",
        " nicht - so Lee.",
        " nicht—so Lee.",
        " nicht (noch).",
        " nicht und bleibt.",
        " nicht [1].",
        " nicht¹.",
        " nicht*.",
        " »nicht«.",
        " „nicht“.",
        ' "nicht".',
        " NICHT.",
        "\u202fnicht.",
        "  nicht.",
        "\xa0 nicht.",
        "\xad nicht.",
        " \u200bnicht.",
        "\u200b \u200bnicht.",
        " ni\xadcht.",
        " nicht\xad.",
        "[1] nicht.",
        "[1][2] nicht.",
        " [a] nicht.",
        "[12]\u200b nicht mehr.",
        "* nicht.",
        " nicht unbedingt.",
        " nicht unter Wert.",
        "\nnicht.",
        " nicht an Holm.",
        " noch nicht heute.",
        " nicht weiter.",
        " nicht, sondern verpachtet ihn.",
        " nicht, sagt Lee, sondern verpachtet ihn.",
        " nicht mehr, sondern verpachtet ihn.",
    ],
)
def test_a_sentence_is_denied_whatever_follows_the_negation(behind: str) -> None:
    text = f"Es regnete. Die Stadt verkauft den Hafen{behind} Wir gingen."

    assert judge_passage(text, "Die Stadt verkauft den Hafen").verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    "behind",
    [
        ".\n\nNicht nur das.",
        "\nNICHT VERPASSEN: der Markt.",
        ", nicht den Park.",
        " (nicht den Park).",
        " – nicht den Park.",
        " nicht nur an Holm.",
        " nicht ohne Streit.",
        " nicht zuletzt wegen Lee.",
        " nicht weit vom Markt.",
        " nicht angemeldeter Boote.",
        " nicht an Holm, sondern an Beck.",
        " nicht mehr an Holm, sondern an Beck.",
        " nicht, weil sie muss, sondern weil sie will.",
        " nicht-öffentlicher Boote.",
        " nichtsdestotrotz.",
        " nicht\xadöffentlicher Boote.",
        "\n\u200bNICHT VERPASSEN: der Markt.",
        "[1] nicht nur an Holm.",
        " nicht unerheblich teurer.",
        " nicht unerwartet.",
    ],
)
def test_a_negation_of_something_else_alters_nothing(behind: str) -> None:
    text = f"Es regnete. Die Stadt verkauft den Hafen{behind} Wir gingen."

    assert judge_passage(text, "Die Stadt verkauft den Hafen").verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Der Rat stimmt dem Verkauf nicht zu.", "Der Rat stimmt dem Verkauf"),
        ("De stad verkoopt de haven niet aan Holm.", "De stad verkoopt de haven"),
        ("De stad verkoopt de haven niet aan Holm, maar de raad wil het.", "De stad verkoopt de haven"),
        ("Stadens gamla hamn säljs inte till Holm.", "Stadens gamla hamn säljs"),
        ("Byens gamle havn sælges ikke – endnu.", "Byens gamle havn sælges"),
        ("Liman bu yıl güvenli değil.", "“Liman bu yıl güvenli”"),
        ("Liman bu yıl güvenli değil (henüz).", "Liman bu yıl güvenli"),
        ("Staden säljer hamnen inte.", "”Staden säljer hamnen”"),
        ("De stad verkoopt de haven niet, de raad is tegen, maar de mayor wil.", "De stad verkoopt de haven"),
        ("Staden säljer hamnen inte, den är för dyr, men den kan hyras.", "Staden säljer hamnen"),
        ("Byen sælger havnen ikke, den er for dyr, men den kan lejes.", "Byen sælger havnen"),
        ("Kommunen selger havna ikke, vi trenger den, men vi leier den ut.", "Kommunen selger havna"),
        ("Die Regierung stimmt dem Plan nicht zu, sondern lehnt ihn ab.", "Die Regierung stimmt dem Plan"),
        ("Der alte Bürgermeister tritt nicht zurück, sondern bleibt.", "Der alte Bürgermeister tritt"),
        ("Die Bahn stellt den Betrieb nicht ein, sondern baut aus.", "Die Bahn stellt den Betrieb"),
        ("Der Rat nimmt den Plan nicht mehr an, sondern wartet.", "Der Rat nimmt den Plan"),
    ],
)
def test_a_sentence_is_altered_by_its_negation_in_each_language(text: str, passage: str) -> None:
    assert judge_passage(f"Nous y étions. {text} We left.", passage).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("De stad verkoopt de haven niet aan Holm, maar aan Beck.", "De stad verkoopt de haven"),
        ("De stad verkoopt de haven niet alleen aan Holm.", "De stad verkoopt de haven"),
        ("Staden säljer den gamla hamnen inte minst för Lee.", "Staden säljer den gamla hamnen"),
        ("Kommunen selger havna ikke desto mindre.", "Kommunen selger havna"),
        ("Staden säljer hamnen inte oväntat till Holm.", "Staden säljer hamnen"),
        ("De stad verkoopt de haven niet onverwacht aan Holm.", "De stad verkoopt de haven"),
        ("Byen sælger havnen ikke uventet til Holm.", "Byen sælger havnen"),
        ("Sie verkauft den Hafen der Stadt nicht.", "den Hafen der Stadt"),
        ("Den Hafen der Stadt verkauft sie nicht.", "Hafen der Stadt"),
        ("Die Stadt verkauft nicht den Hafen.", "Die Stadt verkauft nicht den Hafen,"),
        ("Holm verkoopt de haven niet, omdat het moet, maar omdat het wil.", "Holm verkoopt de haven"),
        ("Byen sælger havnen ikke, fordi den skal, men fordi den vil.", "Byen sælger havnen"),
        ("Staden säljer hamnen inte till Holm, utan till Beck.", "Staden säljer hamnen"),
        ("Die Stadt baut den Hafen nicht zu Lees Freude, sondern für Beck.", "Die Stadt baut den Hafen"),
    ],
)
def test_what_follows_but_turns_nothing_round_alters_nothing(text: str, passage: str) -> None:
    assert judge_passage(f"It rained. {text} We left.", passage).verdict is Verdict.VERBATIM


@pytest.mark.parametrize("suffix", [" nicht.", " »nicht«.", "  nicht (noch)", " ni\xadcht."])
def test_what_followed_a_passage_when_it_was_cited_alters_nothing(suffix: str) -> None:
    text = "Es regnete. Die Stadt verkauft den Hafen nicht. Wir gingen."

    assert judge_passage(text, "Die Stadt verkauft den Hafen", suffix=suffix).verdict is Verdict.VERBATIM
