import pytest

from stories.text.judge import Verdict, judge_passage
from stories.text.negations import NEGATIONS


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("他说港口安全，没有人受伤。", "他说港口安全……有人受伤。"),
        ("部长不会出售港口。", "部长……会出售港口。"),
        ("部长不会出售港口。", "部长[一定]会出售港口。"),
        ("部长会出售港口。", "部长[不]会出售港口。"),
        ("大臣は港を売らないと述べた。", "大臣は港を売…と述べた。"),
        ("장관은 항구를 안 팔겠다고 말했다.", "장관은 항구를 … 팔겠다고 말했다."),
        ("मंत्री बंदरगाह नहीं बेचेंगे इस साल।", "मंत्री बंदरगाह … बेचेंगे इस साल।"),
        ("मंत्री बंदरगाह नहीं बेचेंगे इस साल।", "मंत्री बंदरगाह [अवश्य] बेचेंगे इस साल।"),
        ("รัฐมนตรีจะไม่ขายท่าเรือในปีนี้", "รัฐมนตรีจะ…ขายท่าเรือในปีนี้"),
        ("Bộ trưởng sẽ không bán cảng năm nay.", "Bộ trưởng sẽ … bán cảng năm nay."),
        ("Menteri tidak akan menjual pelabuhan itu.", "Menteri … akan menjual pelabuhan itu."),
        ("Ministeri ei myy satamaa tänä vuonna.", "Ministeri … myy satamaa tänä vuonna."),
        ("Ministrul nu vinde portul în acest an.", "Ministrul … vinde portul în acest an."),
    ],
)
def test_no_ellipsis_and_no_bracket_hides_a_negation_in_any_language(text: str, passage: str) -> None:
    assert judge_passage(text, passage).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("我们不会出售港口。", "会出售港口"),
        ("这次事故没有人受伤。", "有人受伤"),
        ("除非港口关闭，船可以停。", "港口关闭"),
        ("เราจะไม่ขายท่าเรือ", "ขายท่าเรือ"),
        ("这次事故有十三万人受伤。", "三万人受伤"),
        ("这次事故有3万人受伤。", "万人受伤"),
        ("他们欠了我们三万。", "他们欠了我们三"),
    ],
)
def test_a_passage_in_a_script_without_spaces_begins_behind_its_negation_and_its_number(
    text: str, passage: str
) -> None:
    judged = judge_passage(text, passage)

    assert judged.verdict is Verdict.ALTERED
    assert judged.wording not in (None, passage)


def test_negations_are_listed_in_small_letters() -> None:
    assert all(word == word.lower() for word in NEGATIONS)
