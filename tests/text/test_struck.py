import pytest

from stories.text.extract import visible_text
from stories.text.judge import Verdict, judge_passage
from stories.text.limits import MOST_BYTES_OF_TREE
from stories.text.markup.struck_style import Sheets
from stories.text.struck import as_said


def _text(markup: str, content_type: str = "text/html") -> str:
    return visible_text(markup.encode(), content_type).text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>The fee is <del>$5</del> <ins>$7</ins>.</p>", "The fee is ~~$5~~ $7."),
        ("<p>The fee is<s> $5 </s>$7.</p>", "The fee is ~~$5~~ $7."),
        ("<p>The <STRIKE>north <b>gate</b></STRIKE> opens.</p>", "The ~~north gate~~ opens."),
        ("<del><p>One.</p><p>Two.</p></del><p>Three.</p>", "~~One.~~\n~~Two.~~\nThree."),
        ("<p><del> </del>Nothing is struck.</p>", "Nothing is struck."),
        ("<p>One <del>two <s>three</s> four</del> five</p>", "One ~~two~~ ~~three~~ ~~four~~ five"),
        ("<p>Fee: <span style='color:red;text-decoration: line-through'>$5</span> $7</p>", "Fee: ~~$5~~ $7"),
        (
            "<p>Fee: <span style='TEXT-DECORATION-LINE:underline Line-Through'>$5</span> $7</p>",
            "Fee: ~~$5~~ $7",
        ),
        ("<p>Fee: <b role=deletion>$5</b> $7</p>", "Fee: ~~$5~~ $7"),
        ("<ul><li style='text-decoration:line-through'>North <b>gate</b><li>South", "~~North gate~~\nSouth"),
        ("<p>Fee: <del style='text-decoration:line-through'>$5</del> $7</p>", "Fee: ~~$5~~ $7"),
        (
            "<p>The <i style='text-decoration:line-through;text-decoration:none'>fee</i> is $7</p>",
            "The fee is $7",
        ),
        ("<p>The <i style='--text-decoration:line-through'>fee</i> is $7</p>", "The fee is $7"),
        ("<p><i style='text-decoration-color:red' role=note>line-through</i></p>", "line-through"),
        ("<details><summary>Gate</summary>Opens<dl>at six</dl></details>", "Gate\nOpens\nat six"),
    ],
)
def test_what_a_page_strikes_through_is_marked(markup: str, text: str) -> None:
    assert _text(markup) == text


OLD = "<p>Fee: <i class='now old'>$5</i> $7</p>"


@pytest.mark.parametrize(
    "rules",
    [
        ".old{text-decoration:line-through}",
        "h1 { color: red }\n.new, i.old { color: red; text-decoration: line-through 2px !important; }",
        "i{text-decoration-line:line-through}",
        "@import 'a.css'; @media print { .old { color: red } } .old { TEXT-DECORATION: LINE-THROUGH }",
        "/* .old { */ p::before { content: '}' } .old { text-decoration: line-through",
        "p { .old { color: red } } .old { text-decoration: line-through }",
        "i { text-decoration: none } .old { text-decoration: line-through } p { text-decoration: none }",
    ],
)
def test_what_the_page_s_own_style_sheet_strikes_through_is_marked(rules: str) -> None:
    assert _text(f"<style>{rules}}}</style>{OLD}") == "Fee: ~~$5~~ $7"


@pytest.mark.parametrize(
    "sheet",
    [
        "<style>.older{text-decoration:line-through}</style>",
        "<style>@media print{.old{text-decoration:line-through}}</style>",
        "<style media=print>.old{text-decoration:line-through}</style>",
        "<style>.old:hover,.price .old{text-decoration:line-through}</style>",
        "<style>.old{text-decoration:line-through}.old{text-decoration:none}</style>",
        "<style>.old{text-decoration:line-through}i.old{text-decoration:none}</style>",
        "<style>/* .old{text-decoration:line-through}</style>",
        "<style>body,*{text-decoration:line-through}</style>",
        "<script>'.old{text-decoration:line-through}'</script>",
    ],
)
def test_a_rule_of_something_else_strikes_nothing_through(sheet: str) -> None:
    assert _text(sheet + OLD) == "Fee: $5 $7"


@pytest.mark.parametrize("piece", ["/*", "'", "{", "a,", " text-decoration"])
def test_a_sheet_in_which_nothing_is_closed_is_read_in_linear_time(piece: str) -> None:
    assert Sheets.of([piece * 100_000]).selectors()


def test_classes_of_known_frameworks_strike_through_without_a_sheet() -> None:
    assert _text("<p>Fee: <i class='text-red line-through'>$5</i> $7</p>") == "Fee: ~~$5~~ $7"


def test_a_style_of_its_own_is_nearer_than_a_sheet() -> None:
    text = _text(
        "<style>.a{text-decoration:line-through}</style><p class=a style='text-decoration:none'>Open</p>"
    )

    assert text == "Open"


def test_a_page_too_large_for_a_tree_marks_what_it_strikes_through() -> None:
    text = _text(
        "<p>The fee is <del class='a>b'>$5</del> $7.</p>" + "<!-- gate -->" * (MOST_BYTES_OF_TREE // 13)
    )

    assert text == "The fee is ~~$5~~ $7."


@pytest.mark.parametrize("markup", ["The fee is ~~$5~~ $7.", "The fee&nbsp;is ~~$5~~ $7."])
def test_markdown_keeps_its_marks(markup: str) -> None:
    assert " ".join(_text(markup, "text/markdown").split()) == "The fee is ~~$5~~ $7."


def test_a_page_s_own_tildes_strike_nothing_through() -> None:
    text = _text("<p>Ahoy ~~the gate opens~~ at six</p>")

    assert judge_passage(text, "the gate opens").verdict is Verdict.VERBATIM
    assert judge_passage(text, "Ahoy ~~the gate opens~~ at six").verdict is Verdict.VERBATIM


def test_tildes_in_plain_text_strike_nothing_through() -> None:
    text = _text("The gate ~~which is old~~ opens at six.", "text/plain")

    assert judge_passage(text, "The gate ~~which is old~~ opens at six.").verdict is Verdict.VERBATIM
    assert judge_passage(text, "which is old").verdict is Verdict.VERBATIM


def test_a_line_of_tildes_in_plain_text_stays_as_it_is() -> None:
    assert _text("One\n\n~~~~~~~~\n\nTwo", "text/plain") == "One\n~~~~~~~~\nTwo"


def test_struck_words_and_those_in_their_place_are_an_alteration() -> None:
    text = _text("<p>Open to all.</p><p>The mooring fee is <del>$5</del> <ins>$7</ins> a night.</p>")

    judged = judge_passage(text, "The mooring fee is $5 a night.")

    assert judged.verdict is Verdict.ALTERED
    assert judged.wording == "The mooring fee is $7 a night."
    assert [change.text.strip() for change in judged.changes if change.operation != "equal"] == ["5", "7"]
    assert judge_passage(text, "The mooring fee is $7 a night.").verdict is Verdict.VERBATIM


@pytest.mark.parametrize("struck", ["~5 dollars", "5 dollars~", "~", "~~5~~"])
def test_a_tilde_at_the_edge_of_struck_words_is_struck_with_them(struck: str) -> None:
    text = _text(f"<p>The mooring fee is <s>{struck}</s> ~7 dollars.</p>")

    assert judge_passage(text, "The mooring fee is ~7 dollars.").verdict is Verdict.VERBATIM
    assert len(as_said(text)) == len(text)


def test_a_letter_struck_inside_of_a_word_leaves_the_word() -> None:
    text = _text("<p>The Organi<s>s</s>ation of Harbours met for $<s>5</s>7.</p>")

    assert judge_passage(text, "The Organiation of Harbours met for $7.").verdict is Verdict.VERBATIM


def test_a_sentence_struck_as_a_whole_is_not_said_any_more() -> None:
    text = _text("<p>Open to all. <s>No boat has ever sunk here. Nor will one.</s> Mind the step.</p>")

    assert judge_passage(text, "No boat has ever sunk here.").verdict is Verdict.MISSING


def test_a_sentence_put_in_the_place_of_a_struck_one_is_the_new_wording() -> None:
    text = _text("<p><s>No boat has ever sunk here.</s> One boat has sunk here.</p>")

    assert judge_passage(text, "No boat has ever sunk here.").wording == "One boat has sunk here."


def test_words_that_stand_elsewhere_too_still_stand() -> None:
    text = _text("<p><s>The gate opens at six.</s></p><p>We repeat: The gate opens at six.</p>")

    judged = judge_passage(text, "The gate opens at six.")

    assert (judged.verdict, judged.start) == (Verdict.VERBATIM, text.rindex("The gate"))


def test_a_passage_cited_with_its_marks_stands_with_them() -> None:
    text = "The fee is ~~$5~~ $7 a night."

    assert judge_passage(text, "The fee is ~~$5~~ $7").verdict is Verdict.VERBATIM


@pytest.mark.parametrize("text", ["A ~~b~~ c", "~~", "~~~~", "~~a ~~b~~ c~~", "~~a\nb~~", "x~~y~z~~"])
def test_each_other_character_stands_where_it_stood(text: str) -> None:
    said = as_said(text)

    assert len(said) == len(text)
    assert all(new in (old, "\u2060") for new, old in zip(said, text, strict=True))
