import pytest

from stories.text.judge import Verdict, judge_passage
from stories.text.language.negations import NEGATIONS


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
        ("Ministrul nu vinde portul in acest an.", "Ministrul … vinde portul in acest an."),
        ("El alcalde de São Paulo no vende.", "El alcalde de São Paulo … vende."),
        ("Der Minister hat keineswegs gelogen.", "Der Minister hat … gelogen."),
        ("Wir werden keinesfalls alles verkaufen.", "Wir werden […] alles verkaufen."),
        ("Er wollte weder verkaufen und zahlen.", "Er wollte … verkaufen und zahlen."),
        ("Das Schiff ist fast gesunken, sagte der Kapitän.", "Das Schiff ist … gesunken, sagte der Kapitän."),
        ("The minister rarely told the truth.", "The minister … told the truth."),
        ("The town barely survived the flood.", "The town […] survived the flood."),
        ("The town nearly drowned in the flood.", "The town […] drowned in the flood."),
        ("She seldom lied to the inquiry.", "She … lied to the inquiry."),
        ("Il a nullement vendu le port.", "Il a … vendu le port."),
        ("Hanno visto nessuna prova della frode.", "Hanno visto … prova della frode."),
        ("Ha nemmeno letto il rapporto.", "Ha … letto il rapporto."),
        ("Fue ninguno culpable de todo.", "Fue … culpable de todo."),
        ("El ministro se fue sin vender los barcos.", "El ministro se fue … vender los barcos."),
        ("Hij heeft nergens gelogen over de zaak.", "Hij heeft … gelogen over de zaak."),
        ("Hij heeft nimmer gelogen over de zaak.", "Hij heeft … gelogen over de zaak."),
        ("Он вряд ли продаст завод.", "Он … продаст завод."),
        ("Министр отнюдь доволен решением.", "Министр … доволен решением."),
        ("Он никому сказал об этом.", "Он … сказал об этом."),
        ("She refused to sell the pier.", "She … to sell the pier."),
        ("She refused to sell the pier.", "She [agreed] to sell the pier."),
        ("The firm failed to pay the tax.", "The firm … pay the tax."),
        ("The firm failed to pay the tax.", "The firm [agreed] to pay the tax."),
        ("The firm failed to pay the tax.", "The firm … to pay the tax."),
        ("The firm stopped selling guns.", "The firm […] selling guns."),
        ("He is anything but ready to go.", "He is … ready to go."),
        ("Er bestritt, das Geld genommen zu haben.", "Er …, das Geld genommen zu haben."),
        ("Il a refusé de vendre le port.", "Il … de vendre le port."),
        ("Il a nié avoir pris l’argent.", "Il a […] avoir pris l’argent."),
        ("El jefe negó haber tomado el dinero.", "El jefe … haber tomado el dinero."),
        ("Il capo ha rifiutato di vendere il porto.", "Il capo … di vendere il porto."),
        ("O chefe recusou vender o porto.", "O chefe … vender o porto."),
        ("De baas weigerde de haven te verkopen.", "De baas … de haven te verkopen."),
        ("Szef odmówił sprzedaży portu.", "Szef … sprzedaży portu."),
        ("Он отказался продать порт в мае.", "Он … продать порт в мае."),
        ("市长拒绝出售码头。", "市长……出售码头。"),
        ("La empresa se negó a pagar impuestos.", "La empresa […] pagar impuestos."),
        ("Die Firma weigerte sich zu zahlen.", "Die Firma […] zahlen."),
        ("Der Konzern lehnte ab, Steuern zu zahlen.", "Der Konzern […] Steuern zu zahlen."),
        ("El gobierno descartó subir los impuestos.", "El gobierno […] subir los impuestos."),
        ("The bank has repeatedly refused to pay.", "The bank […] pay."),
        ("The bank has repeatedly refused to pay.", "The bank […] to pay."),
        ("The minister failed again to resign.", "The minister […] to resign."),
        ("Ministers ruled out a new tax.", "Ministers […] a new tax."),
        ("Ministers scrapped a new tax.", "Ministers […] a new tax."),
        ("The minister opposes calls to resign.", "The minister [wants] to resign."),
        ("The minister was reluctant to resign.", "The minister [is willing] to resign."),
        ("قال إنه رفض بيع الميناء.", "قال إنه … بيع الميناء."),
        ("The U.S. never sold it to the firm.", "The [country] sold it to the firm."),
        ("The city of “Holm” never sold it to the firm.", "The city … sold it to the firm."),
        ("The “Post” never sold it to the firm.", "The [paper] sold it to the firm."),
        ("The firm – never the city – sold it all.", "The [firm] sold it all."),
        ("Small boats no longer moor at night.", "[They] moor at night."),
    ],
)
def test_no_ellipsis_and_no_bracket_hides_a_negation_in_any_language(text: str, passage: str) -> None:
    assert judge_passage(text, passage).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("The no-fly zone was closed to the firm.", "The [area] was closed to the firm."),
        ("The not-for-profit was closed to the firm.", "The [charity] was closed to the firm."),
        ("Le maire du Pas-de-Calais a vendu le port.", "Le maire … a vendu le port."),
    ],
)
def test_a_negation_in_front_of_its_hyphen_may_be_left_out(text: str, passage: str) -> None:
    assert judge_passage(text, passage).verdict is Verdict.VERBATIM


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
        ("他们欠了我们三万一千。", "他们欠了我们三万一"),
        ("他们排在第一百位。", "他们排在第一"),
        ("利润是百分之一百二。", "利润是百分之一"),
        ("每周三四次开船。", "四次开船"),
        ("下午三点十分到达港口。", "十分到达港口"),
        ("百分之五的人同意。", "五的人同意"),
        ("第三十条规定如下。", "三十条规定如下"),
        ("几乎所有人都同意。", "所有人都同意。"),
        ("副市长出席会议。", "市长出席会议"),
        ("非公開の会議だ。", "公開の会議だ"),
        ("無許可で港を売った。", "許可で港を売った"),
        ("市は港を売るべきではない。", "市は港を売るべき"),
        ("市は港を売らない。", "市は港を売ら"),
        ("会社はデータを販売しない。", "会社はデータを販売"),
        ("会社はデータを販売しません。", "会社はデータを販売"),
        ("会社はデータを販売しなかった。", "会社はデータを販売し"),
        ("この港は誰でも利用できない。", "この港は誰でも利用でき"),
        ("会社はデータを販売することはない。", "会社はデータを販売する"),
        ("会社はデータを販売する予定はない。", "会社はデータを販売する"),
        ("会社はデータを販売したとは言えない。", "会社はデータを販売した"),
    ],
)
def test_a_passage_in_a_script_without_spaces_begins_behind_its_negation_and_its_number(
    text: str, passage: str
) -> None:
    judged = judge_passage(text, passage)

    assert judged.verdict is Verdict.ALTERED
    assert judged.wording not in (None, passage)


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Prezydent tak bardzo chce pokoju.", "Prezydent … bardzo chce pokoju."),
        (
            "I ministri europei si riuniscono domani a Roma.",
            "I ministri europei […] riuniscono domani a Roma.",
        ),
        ("Il ministro ne parla domani con gli operai.", "Il ministro […] parla domani con gli operai."),
        ("De regering wil nu stoppen met de bouw.", "De regering wil […] stoppen met de bouw."),
        ("De regering wil nu stoppen met de bouw.", "De regering wil [later] stoppen met de bouw."),
        ("Vi vill nu se resultat av arbetet.", "Vi vill […] se resultat av arbetet."),
        ("Kan ni se resultat av arbetet.", "Kan … se resultat av arbetet."),
        ("Han solgte sin båt i mai.", "Han solgte […] båt i mai."),
        ("The plan made sense of the whole affair.", "The plan made […] of the whole affair."),
        ("Der Koch gab das Ei dem Hund.", "Der Koch gab das […] dem Hund."),
        ("Sie stand in der Mitte und sang.", "Sie stand in der […] und sang."),
        ("The men ran fast to the pier.", "The men ran … to the pier."),
        ("The failed bank sold the pier.", "The … bank sold the pier."),
        ("She refused to sell the pier.", "She [declined] to sell the pier."),
        ("The rejection angered neighbours.", "[The decision] angered neighbours."),
        ("The rejected bidder was fined in May.", "The [bidder] was fined in May."),
        ("The acquitted man was released in May.", "The […] man was released in May."),
        ("The man acquitted of murder was released.", "The man […] was released."),
        ("Refuse was left on the street.", "[Garbage] was left on the street."),
        ("It took rather less than an hour to count.", "It took […] an hour to count."),
        ("Le maire Niérat parla longtemps.", "Le maire […] parla longtemps."),
        ("Отказ министра возмутил горожан.", "[Решение] министра возмутил горожан."),
        ("They quit smoking and moved to Paris.", "They […] moved to Paris."),
        ("Prices that stopped at five euros fell.", "Prices that … at five euros fell."),
        ("La raccolta dei rifiuti costa molto.", "La raccolta … costa molto."),
        ("中非合作论坛开幕。", "合作论坛开幕。"),
        ("一副手套在港口丢了。", "手套在港口丢了"),
        ("Ona je bila u luci cijeli dan.", "Ona je … u luci cijeli dan."),
        ("O ministro mora no porto com uma irmã.", "O ministro mora […] porto com uma irmã."),
        ("Včera sem přišel a tady že je klid.", "Včera … přišel a tady že je klid."),
        ("Правителството ни обеща пари за моста.", "Правителството … обеща пари за моста."),
        ("总统特别强调和平的重要性。", "总统…强调和平的重要性。"),
        ("我们非常欢迎这个决定。", "我们…欢迎这个决定。"),
        ("他们未来会继续合作。", "他们…会继续合作。"),
        ("总统在莫斯科会见了记者。", "总统…会见了记者。"),
        ("军方用无人机运送药品。", "军方用…运送药品。"),
        ("彼はとても少ない金を受け取った。", "彼は…金を受け取った。"),
    ],
)
def test_what_negates_in_another_language_or_another_word_may_be_left_out(text: str, passage: str) -> None:
    assert judge_passage(text, passage).verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("两岸统一一直是他的目标。", "两岸统一"),
        ("两岸统一一直是他的目标。", "一直是他的目标"),
        ("他是唯一一个活下来的人。", "他是唯一"),
        ("会议定于星期一二十人参加。", "会议定于星期一"),
        ("这是原因之一三年前就知道。", "这是原因之一"),
        ("日本は世界で唯一一度も負けない。", "日本は世界で唯一"),
        ("洪水淹没农田三天。", "农田三天"),
        ("会社はデータを販売しなければならない。", "会社はデータを販売"),
        ("会社はデータを販売しないといけない。", "会社はデータを販売"),
        ("会社はデータを販売することができる。", "会社はデータを販売する"),
    ],
)
def test_the_last_character_of_a_word_is_no_figure_and_no_negation(text: str, passage: str) -> None:
    assert judge_passage(text, passage).verdict is Verdict.VERBATIM


def test_negations_are_listed_in_small_letters() -> None:
    assert all(word == word.lower() for word in NEGATIONS)
