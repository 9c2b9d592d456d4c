import pytest

from stories.text.judge import Verdict, judge_passage


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("The mayor knew of it, if the report is right.", "“The mayor knew of it,”"),
        ("The key is set to “bar”, unless they object.", "The key is set to “bar”."),
        ("The key is set to “bar”, unless they object.", "The key is set to “bar.”"),
        ("Fewer than 300 people died.", "“300 people died,”"),
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
        ("大部分工人领到了工资。", "工人领到了工资。"),
        ("据称市长拿走了公款。", "市长拿走了公款。"),
    ],
)
def test_a_sentence_is_altered_by_what_limits_it_in_front_or_behind(text: str, passage: str) -> None:
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
    ],
)
def test_whoever_quotes_may_leave_out_how_a_sentence_begins(text: str, passage: str) -> None:
    assert judge_passage(f"It rained. {text} We left.", passage).verdict is Verdict.VERBATIM


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
