import pytest

from stories.text.judge import Verdict, judge_passage
from stories.text.normalise import normalise
from stories.text.passage.written_otherwise import written_as_in


def test_a_word_split_at_the_end_of_a_line_is_rejoined_only_if_the_passage_has_it_whole():
    document = normalise("The commu-\nnity has a well-\nknown pier.")

    made, _ = written_as_in(document, "The community has a well-known pier")

    assert made.source == "The community has a well-\nknown pier."
    assert written_as_in(document, "the pier") is None


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Limanı satma-\nyacağız dediler.", "Limanı satmayacağız dediler."),
        ("İsta-\nnbul limanı açık.", "İstanbul limanı açık."),
        ("The ves-\nsel sank.", "The ves\u200bsel sank."),
        ("The ves\u00adti-\nbule opened.", "The vestibule opened."),
        ("The of-\nfice closed.", "The o\ufb03ce closed."),
        ("The p\u043er-\nter left.", "The porter left."),
        ("Visit-\nors must leave.", "[v]isitors must leave."),
    ],
    ids=[
        "an accent of its own",
        "a dotted capital",
        "a joint in the passage",
        "a joint in the text",
        "a ligature",
        "a look-alike",
        "a capital in brackets",
    ],
)
def test_a_split_word_is_rejoined_however_its_letters_are_encoded(text, passage):
    assert judge_passage(text, passage).verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    "passage",
    [
        "the pier – which he sold – sank",
        "the pier—which he sold—sank",
        "the pier -- which he sold -- sank",
        "the pier - which he sold - sank",
    ],
)
@pytest.mark.parametrize("dash", ["-", "–"])
def test_a_dash_that_the_passage_has_marks_no_item_of_a_list_where_it_begins_a_line(passage: str, dash: str):
    text = f"He says the pier\n\n{dash} which he sold\n {dash} sank."

    assert judge_passage(text, passage).verdict is Verdict.VERBATIM


def test_a_dash_begins_a_line_behind_a_figure_as_well() -> None:
    text = "It lost by 52 votes to 31\n– as “all\n– or most” knew."

    assert (
        judge_passage(text, "It lost by 52 votes to 31 – as “all – or most” knew.").verdict
        is Verdict.VERBATIM
    )


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("We let in 10\n- 20 children.", "We let in 10-20 children."),
        ("We ask for 10\n– $20 of each.", "We ask for 10–$20 of each."),
        ("We let in 10 \n- 20 percent.", "We let in 10 −20 percent."),
        ("It sails on day 5\n- 7 boats go.", "It sails on day 5–7 boats go."),
        ("The sizes are small\n- medium\n- large.", "The sizes are small-medium-large."),
        ("He re\n- signed the contract in May.", "He re-signed the contract in May."),
    ],
)
def test_no_hyphen_or_range_is_made_of_a_dash_that_begins_a_line(text: str, passage: str) -> None:
    assert judge_passage(text, passage).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’œuvre du maire, c’est le port.", "L’oeuvre du maire, c’est le port."),
        ("Œuvre du maire, au cœur du port.", "Oeuvre du maire, au coeur du port."),
        ("L’ŒUVRE DU MAIRE EST AU PORT.", "L’OEUVRE DU MAIRE EST AU PORT."),
        ("The encyclopædia has a poem on it.", "The encyclopaedia has a poem on it."),
        ("Всё началось ещё вчера.", "Все началось еще вчера."),
        ("Замок стоит у моря.", "За\u0301мок стоит у моря."),
        ("İzmir limanı açık.", "izmir limanı açık."),
        ("Işık yanıyor şimdi.", "ışık yanıyor şimdi."),
        ("Le XXIᵉ siècle commence.", "Le XXIe siècle commence."),
        ("بلغت التكلفة ١٢٥٠ يورو.", "بلغت التكلفة 1250 يورو."),
        ("हम १२५० रुपये नहीं देंगे।", "हम 1250 रुपये नहीं देंगे।"),
        ("وزیر گفت که بندر باز است.", "وزير گفت كه بندر باز است."),
        ("他说港口很安全——至少在冬天。", "他说港口很安全──至少在冬天。"),
        ("港を３〜５年で閉じる。", "港を3～5年で閉じる。"),
        ("قال الوزير: الميناء آمن، ثم غادر.", "قال الوزير: الميناء آمن, ثم غادر."),
        ("한·미 양국은 팔지 않는다.", "한ㆍ미 양국은 팔지 않는다."),
    ],
)
def test_what_a_paper_of_the_language_writes_in_either_way_is_one(one: str, other: str) -> None:
    judged = judge_passage(f"1. {one} 2.", other)

    assert (judged.verdict, judged.wording.rstrip(".。")) == (Verdict.VERBATIM, one.rstrip(".。"))
    assert judge_passage(f"1. {other} 2.", one).verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("بلغت التكلفة ١٢٥٠ يورو.", "بلغت التكلفة 1260 يورو."),
        ("Sıkıldı mı diye sordu.", "Sikildi mi diye sordu."),
    ],
)
def test_what_makes_another_word_of_it_is_not(one: str, other: str) -> None:
    assert judge_passage(one, other).verdict is not Verdict.VERBATIM
    assert judge_passage(other, one).verdict is not Verdict.VERBATIM
