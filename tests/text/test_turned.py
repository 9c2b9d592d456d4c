import pytest

from stories.text.judge import Verdict, judge_passage


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("The mayor knew of it, if the report is right.", "“The mayor knew of it,”"),
        ("The key is set to “bar”, unless they object.", "The key is set to “bar”."),
        ("The key is set to “bar”, unless they object.", "The key is set to “bar.”"),
        ("Fewer than 300 people died.", "“300 people died,”"),
        ("According to police, fewer than 300 people died.", "300 people died."),
        ("Up to\xa0300 people died.", "300 people died."),
        ("Not guilty.", "“Guilty,”"),
        ("None of them saw the gate fall.", "[Police] saw the gate fall."),
        ("Few of them saw the gate fall.", "[Police] saw the gate fall."),
        ("Si le juge est d’accord, la ville paiera les ouvriers.", "La ville paiera les ouvriers."),
        ("Quizás la empresa pagará a los obreros.", "La empresa pagará a los obreros."),
        ("Возможно, фирма заплатит рабочим.", "Фирма заплатит рабочим."),
        ("Σχεδο\u0301ν όλα τα πλοία πουλήθηκαν.", "Όλα τα πλοία πουλήθηκαν."),
        ("लगभग सभी मजदूरों को वेतन मिला।", "सभी मजदूरों को वेतन मिला।"),
        ("如果法院同意，公司将支付工资。", "公司将支付工资。"),
        ("Fast alle Boote wurden im Mai verkauft.", "Alle Boote wurden im Mai verkauft."),
        ("ほほ\u3099全員が賛成した。", "全員が賛成した。"),
        ("大部分工人领到了工资。", "工人领到了工资。"),
        ("据称市长拿走了公款。", "市长拿走了公款。"),
        ("केवल मजदूरों को वेतन मिला।", "मजदूरों को वेतन मिला।"),
        ("Neredeyse bütün gemiler satıldı.", "Bütün gemiler satıldı."),
    ],
)
def test_a_sentence_is_altered_by_what_limits_it_in_front(text: str, passage: str) -> None:
    assert judge_passage(f"Nous y étions.\n{text}\nWe left.", passage).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("The report said the mayor opened the pier.", "The mayor opened the pier."),
        ("The key is set to “bar.” It stays.", "The key is set to “bar”."),
        ("The key is set to “bar”. It stays.", "The key is set to “bar.”"),
        ("“We sold the boats”, the mayor said.", "“We sold the boats.”"),
        ("On Monday, the mayor opened the pier.", "The mayor opened the pier."),
        ("But the mayor opened the pier.", "The mayor opened the pier."),
        ("He did not go when the mayor opened the pier.", "The mayor opened the pier."),
        ("If the weather holds, the mayor opens the pier.", "[T]he mayor opens the pier."),
        ("The mayor opened the pier, and we left.", "“The mayor opened the pier,”"),
        ("One of them saw the gate fall.", "[Lee] saw the gate fall."),
        ("All boats may moor here.", "Boats may moor here."),
        ("Все порты открыты.", "Порты открыты."),
        ("(iv) The yard is sold.", "The yard is sold."),
        ("We saw cats, dogs and about 300 people.", "300 people."),
        ("You choose whether to keep the old boats.", "To keep the old boats."),
        ("They ask whether the yard is sold.", "[T]he yard is sold."),
    ],
)
def test_whoever_quotes_may_leave_out_how_a_sentence_begins(text: str, passage: str) -> None:
    assert judge_passage(f"It rained. {text} We left.", passage).verdict is Verdict.VERBATIM


def test_a_word_in_brackets_is_no_letter_of_an_item() -> None:
    assert judge_passage("(no) The yard is sold.", "The yard is sold.").verdict is Verdict.ALTERED


def test_what_led_up_to_a_passage_when_it_was_cited_alters_nothing() -> None:
    text = "It rained. If asked, Slack will tell you. We left."

    assert judge_passage(text, "Slack will tell you.").verdict is Verdict.ALTERED
    assert judge_passage(text, "Slack will tell you.", prefix="If asked, ").verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Ο δήμαρχος το ήξερε;", "Ο δήμαρχος το ήξερε."),
        ("Ο δήμαρχος το ήξερε.", "Ο δήμαρχος το ήξερε;"),
        ("Le maire le savait\xa0?", "“Le maire le savait.”"),
        ("كان العمدة يعلم بذلك؟", "“كان العمدة يعلم بذلك.”"),
    ],
)
def test_a_question_is_no_statement_in_any_script(text: str, passage: str) -> None:
    assert judge_passage(f"Nous y étions. {text} On part.", passage).verdict is Verdict.ALTERED


def test_a_greek_question_stands_with_either_of_its_marks() -> None:
    assert judge_passage("Ο δήμαρχος το ήξερε\u037e", "Ο δήμαρχος το ήξερε;").verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("À Paris, Anne Hidalgo a démissionné lundi.", "Anne Hidalgo a démissionné lundi."),
        ("Ha vinto la gara, Roma festeggia in piazza.", "Roma festeggia in piazza."),
        ("Se han roto las barcas, Pedro lo dijo ayer.", "Pedro lo dijo ayer."),
        ("Si è parlato a lungo, Roma vince la gara.", "Roma vince la gara."),
        ("Om vijf uur, Jan kwam te laat.", "Jan kwam te laat."),
        ("Als Bürgermeister, Angela Merkel kam zu spät.", "Angela Merkel kam zu spät."),
        ("Indien siegt, Pakistan verliert.", "Pakistan verliert."),
        ("Caso Moro, Roma ricorda i morti.", "Roma ricorda i morti."),
        ("In May, Greece repaid the whole loan.", "Greece repaid the whole loan."),
        ("Le 8 mai Emmanuel Macron ira à Berlin.", "Emmanuel Macron ira à Berlin."),
        ("O barco está no Porto de Lisboa desde ontem.", "Porto de Lisboa desde ontem."),
    ],
)
def test_an_ordinary_opener_is_no_condition_and_no_doubt(text: str, passage: str) -> None:
    assert judge_passage(f"1954.\n{text}\n1955.", passage).verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    "lead",
    [
        "No one doubts that",
        "Nobody in the town said that",
        "He was not told that",
        "Nearly all said that",
        "He does not deny that",
        "Nul doute que",
        "Lee ne nie pas que",
    ],
)
def test_what_nobody_said_knew_or_doubted_is_left_to_the_reader(lead: str) -> None:
    assert judge_passage(f"{lead} the yard is sold.", "The yard is sold.").verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    "lead",
    [
        "It is not true that",
        "He denied that",
        "He refuted that",
        "They falsely claim that",
        "It is unclear whether",
        "Le maire nie que",
        "O prefeito nega que",
        "He doubts that",
        "Er bezweifelt, dass",
    ],
)
def test_what_denies_once_alters(lead: str) -> None:
    assert judge_passage(f"{lead} the yard is sold.", "The yard is sold.").verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("behind", "verdict"),
    [
        (". If you ask, we tell.", Verdict.VERBATIM),
        ("\n\nIf you ask, we tell.", Verdict.VERBATIM),
        (", even if you ask.", Verdict.VERBATIM),
        (", but only if you ask.", Verdict.ALTERED),
        (" – if you ask.", Verdict.ALTERED),
    ],
)
def test_a_condition_counts_in_the_passages_own_sentence(behind: str, verdict: Verdict) -> None:
    assert judge_passage(f"We pay the staff{behind}", "“We pay the staff,”").verdict is verdict


def test_what_turned_a_passage_when_it_was_cited_alters_nothing() -> None:
    text = "It rained. Fewer than 300 people died. We left."

    assert judge_passage(text, "300 people died.", prefix="Fewer than ").verdict is Verdict.VERBATIM


def test_one_greek_letter_asks_nothing() -> None:
    text = "The angle is called α; it is small."

    assert judge_passage(text, "“The angle is called α,”").verdict is Verdict.VERBATIM


def test_a_question_mark_on_the_next_line_is_not_the_passages() -> None:
    assert judge_passage("The yard is sold\n? Help", "The yard is sold.").verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("text", "passage", "wording"),
    [
        ("Fewer than 300 people died.", "“300 people died,”", "Fewer than 300 people died"),
        ("Fast alle Boote sanken im Mai.", "„Alle Boote sanken im Mai,“", "Fast alle Boote sanken im Mai"),
        ("He denied that the mayor fled.", "“The mayor fled,”", "He denied that the mayor fled"),
        ("If it is calm, boats may moor.", "“Boats may moor,”", "If it is calm, boats may moor"),
        ("Fewer than\n300 people died.", "300 people died.", "Fewer than\n300 people died."),
        ("Not\nevery boat may moor.", "Every boat may moor.", "Not\nevery boat may moor."),
        (
            "It was late, the bar was closed, and Lee denied that the mayor fled.",
            "“The mayor fled,”",
            "and Lee denied that the mayor fled",
        ),
        ("We pay the staff – if you ask.", "“We pay the staff,”", "We pay the staff – if you ask."),
        ("He knew of it, unless Lee lied.", "“He knew of it,”", "He knew of it, unless Lee lied."),
        ("We pay the whole staff, if you ask.", "“We pay the staff,”", "We pay the whole staff, if you ask."),
    ],
)
def test_the_wording_holds_what_limits_the_passage(text: str, passage: str, wording: str) -> None:
    judged = judge_passage(f"Es regnete. {text} We left.", passage)

    assert judged.wording == wording
    assert judged.similarity < 1
    assert any(change.operation == "insert" for change in judged.changes)


def test_the_wording_leaves_out_what_limited_the_passage_when_it_was_cited() -> None:
    text = "It rained. If it is calm, five boats may moor. We left."

    assert (
        judge_passage(text, "“Six boats may moor,”", prefix="If it is calm, ").wording
        == "five boats may moor"
    )


def test_the_wording_of_a_long_sentence_begins_with_the_clause_that_turns_the_passage() -> None:
    text = f"{'It was late and the bar was closed, ' * 30}and Lee denied that the old mayor fled to Holm. We left."

    judged = judge_passage(text, "The old mayor fled to Holm.")

    assert judged.wording == "and Lee denied that the old mayor fled to Holm."
    assert judged.similarity >= 0.5


def test_the_wording_begins_with_a_word_where_the_clause_that_turns_the_passage_is_long() -> None:
    text = f"It rained. {'Lee of the islands and ' * 12}Cruz denied that the old mayor fled to Holm."

    words = judge_passage(text, "The old mayor fled to Holm.").wording.split()

    assert words == text.split()[-len(words) :]


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Der Bürgermeister bestritt, dass das Geld fehlt.", "Das Geld fehlt."),
        ("Es ist nicht wahr, dass das Geld fehlt.", "Das Geld fehlt."),
        ("It isn’t true that the mayor fled.", "The mayor fled."),
        ("Lee nie que le maire a fui.", "Le maire a fui."),
        ("We cannot guarantee that the ferry is safe.", "The ferry is safe."),
        ("We don’t promise that the ferry is safe.", "The ferry is safe."),
        ("Wir garantieren nicht, dass die Fähre sicher ist.", "Die Fähre sicher ist."),
        ("Nous ne garantissons pas que le bac est sûr.", "Le bac est sûr."),
        ("No garantizamos que el barco es seguro.", "El barco es seguro."),
        ("Non garantiamo che il traghetto è sicuro.", "Il traghetto è sicuro."),
        ("Es gibt keine Belege dafür, dass das Geld fehlt.", "Das Geld fehlt."),
        ("Niemand glaubt, dass das Geld fehlt.", "Das Geld fehlt."),
        ("Il n’y a aucune preuve que le maire a fui.", "Le maire a fui."),
        ("No hay pruebas de que el alcalde huyó.", "El alcalde huyó."),
        ("Нет доказательств, что деньги пропали.", "Деньги пропали."),
        ("Мэр отрицал, что деньги пропали.", "Деньги пропали."),
        ("Это не значит, что деньги пропали.", "Деньги пропали."),
        ("Burmistrz zaprzeczył, że pieniądze zginęły.", "Pieniądze zginęły."),
        ("Starosta popřel, že peníze zmizely.", "Peníze zmizely."),
        ("Мер заперечив, що гроші зникли.", "Гроші зникли."),
        ("Borgmesteren nægter, at pengene er væk.", "Pengene er væk."),
        ("Lee denied that “the mayor fled”.", "The mayor fled."),
        ("Er bestritt, dass „das Geld fehlt“.", "Das Geld fehlt."),
        ("Es ist falsch, dass das Geld fehlt.", "Das Geld fehlt."),
        ("Il est faux que le maire a fui.", "Le maire a fui."),
        ("Es falso que el alcalde huyó.", "El alcalde huyó."),
        ("È falso che il sindaco è fuggito.", "Il sindaco è fuggito."),
        ("Неправда, что деньги пропали.", "Деньги пропали."),
        ("Nieprawda, że pieniądze zginęły.", "Pieniądze zginęły."),
        ("Es mentira que el alcalde huyó.", "El alcalde huyó."),
    ],
)
def test_a_denial_is_found_behind_the_comma_of_its_language_and_in_front_of_a_mark(
    text: str, passage: str
) -> None:
    judged = judge_passage(f"It rained. {text} We left.", passage)

    assert judged.verdict is Verdict.ALTERED
    assert judged.wording.startswith(text.split()[0])


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Er wusste nicht, dass das Geld fehlt.", "Das Geld fehlt."),
        ("Niemand bestreitet, dass das Geld fehlt.", "Das Geld fehlt."),
        ("Es ist nicht falsch, dass das Geld fehlt.", "Das Geld fehlt."),
        ("Мэр не скрывает, что деньги пропали.", "Деньги пропали."),
        ("Personne ne nie que le maire a fui.", "Le maire a fui."),
    ],
)
def test_what_somebody_did_not_know_or_deny_stands_in_each_language(text: str, passage: str) -> None:
    assert judge_passage(f"It rained. {text} We left.", passage).verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("He denied that\nthe mayor fled to Holm.", "He denied that\nthe mayor fled to Holm."),
        (
            "On Monday he\ndenied that\nthe mayor fled to Holm.",
            "On Monday he\ndenied that\nthe mayor fled to Holm.",
        ),
        ("If the sea is calm,\nthe mayor fled to Holm.", "If the sea is calm,\nthe mayor fled to Holm."),
        ("It ended. Not\nthe mayor fled to Holm.", "Not\nthe mayor fled to Holm."),
    ],
)
def test_what_turns_a_passage_may_stand_at_the_end_of_the_line_before(text: str, wording: str) -> None:
    judged = judge_passage(f"It rained. {text} We left.", "The mayor fled to Holm.")

    assert (judged.verdict, judged.wording) == (Verdict.ALTERED, wording)


def test_a_noun_with_its_capital_is_limited_by_the_word_at_the_end_of_the_line_before() -> None:
    text = "Es ist voll. Nur\nMitglieder dürfen bleiben. Ende."

    assert judge_passage(text, "Mitglieder dürfen bleiben.").verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    "text",
    [
        "For members only\nThe mayor fled to Holm.",
        "Members only\n\nThe mayor fled to Holm.",
        "Did she stay?\nNo\nThe mayor fled to Holm.",
        "Open: No\nThe mayor fled to Holm.",
        "--names-only\nThe mayor fled to Holm.",
        "The file is read-only The mayor fled to Holm.",
        "More at holm.no The mayor fled to Holm.",
        "It works so:\nif the sea is calm, boats leave,\nthe mayor fled to Holm.",
    ],
)
def test_the_last_word_of_a_heading_a_cell_or_a_compound_turns_nothing(text: str) -> None:
    assert judge_passage(text, "The mayor fled to Holm.").verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("front", "passage"),
    [
        ("Around", "40 boats sank."),
        ("No more than", "40 boats sank."),
        ("Only about", "40 boats sank."),
        ("As few as", "40 boats sank."),
        ("Weit über", "40 Boote sanken."),
        ("Вряд ли", "Мост закроют весной."),
        ("Suspected", "Thieves were seen."),
        ("Mindestens", "40 Boote sanken."),
        ("Mutmaßliche", "Diebe wurden gesehen."),
        ("Jusqu’à", "40 bateaux ont coulé."),
        ("Près de", "La moitié des places est libre."),
        ("Seuls", "Les membres votent."),
        ("Presuntos", "Ladrones fueron vistos."),
        ("Menos de", "40 barcos se hundieron."),
        ("Fino a", "40 barche sono affondate."),
        ("Soltanto", "I soci votano."),
        ("Hooguit", "40 boten zonken."),
        ("Alleen", "Leden mogen stemmen."),
        ("Até", "40 barcos afundaram."),
        ("Apenas", "Os sócios votam."),
        ("Pas tous", "Les ports ont fermé."),
        ("Presque toutes", "Les portes sont ouvertes."),
        ("Nie wszystkie", "Łodzie zatonęły."),
        ("Mniej niż", "40 łodzi zatonęło."),
        ("Domniemany", "Sprawca był widziany."),
        ("Не более", "40 лодок затонули."),
        ("Предполагаемые", "Воры скрылись."),
        ("أقل من", "40 قاربا غرقت."),
    ],
)
def test_what_limits_a_sentence_in_front_alters_it_in_each_language(front: str, passage: str) -> None:
    first = passage[0] if passage.split()[0] in ("Diebe", "40") else passage[0].lower()
    text = f"{front} {first}{passage[1:]}"

    judged = judge_passage(f"It rained. {text} We left.", passage)

    assert (judged.verdict, judged.wording) == (Verdict.ALTERED, text)


@pytest.mark.parametrize("heading", ["About", "Über", "Около"])
def test_a_heading_above_a_figure_limits_nothing(heading: str) -> None:
    text = f"It rained.\n{heading}\n300 people work here."

    assert judge_passage(text, "300 people work here.").verdict is Verdict.VERBATIM


@pytest.mark.parametrize("front", ["最多", "不到", "只有", "少于"])
def test_what_limits_a_figure_in_front_alters_it_without_spaces(front: str) -> None:
    assert judge_passage(f"昨天下雨。{front}40艘船沉没。", "40艘船沉没。").verdict is Verdict.ALTERED


def test_the_largest_of_its_kind_is_no_limit() -> None:
    assert judge_passage("昨天下雨。中国最大城市是上海。", "城市是上海。").verdict is Verdict.VERBATIM


@pytest.mark.parametrize("front", ["Yesterday", "In all,", "Of the fleet,", "And"])
def test_a_figure_may_be_quoted_without_what_leads_to_it(front: str) -> None:
    assert (
        judge_passage(f"It rained. {front} 40 boats sank. We left.", "40 boats sank.").verdict
        is Verdict.VERBATIM
    )
