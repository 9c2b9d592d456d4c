import time

import pytest

from stories.text.judge import Verdict, judge_passage
from stories.text.passage.left_out import hides_a_reversal


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("We do not, as some have claimed this week, sell your data.", "We … sell your data."),
        ("We found no evidence that the mayor took money.", "We found … the mayor took money."),
        ("The board, after talks on Monday, refused to sell the pier.", "The board … sell the pier."),
        ("The board, as was known in town, did not really sell the pier.", "The board … sell the pier."),
        ("The board promised that it would not sell the pier.", "The board … sell the pier."),
        ("The board has for many years been unwilling to sell it.", "The board … sell it."),
        ("The board withdrew its offer to buy the pier.", "The board … offer to buy the pier."),
        ("The board dropped its plans to sell the pier.", "The board … plans to sell the pier."),
        ("The board dropped its plans to sell the pier.", "The board … sell the pier."),
        ("The board gave up on plans to sell the pier.", "The board … plans to sell the pier."),
        ("The board stopped its members from selling boats.", "The board … selling boats."),
        ("The mayor denied that he had taken the money.", "The mayor … had taken the money."),
        ("It is false that the mayor took the money.", "… the mayor took the money."),
        ("The mayor allegedly took the money.", "The mayor … took the money."),
        ("La empresa dejó de pagar a los obreros.", "La empresa … pagar a los obreros."),
        ("La empresa no quiso, dijo, pagar a los obreros.", "La empresa … pagar a los obreros."),
        ("La société a cessé de payer les ouvriers.", "La société a … payer les ouvriers."),
        ("La société a retiré son offre de payer.", "La société a … offre de payer."),
        ("La ville a abandonné l’offre de payer.", "La ville a … offre de payer."),
        ("La ciudad abandonó los planes de vender.", "La ciudad … planes de vender."),
        ("Il comune ha ritirato la proposta di vendere.", "Il comune ha … proposta di vendere."),
        ("Die Stadt hat ihre Pläne aufgegeben, zu kaufen.", "Die Stadt hat ihre Pläne …, zu kaufen."),
        (
            "Die Stadt hat den Antrag gestern zurückgezogen, zu bauen.",
            "Die Stadt hat den Antrag …, zu bauen.",
        ),
        ("Die Stadt gab den Plan auf zu kaufen.", "Die Stadt … zu kaufen."),
        ("Im Mai wurden fast alle Boote verkauft.", "Im Mai wurden … alle Boote verkauft."),
        ("Le parti a suspendu son nouveau projet de payer.", "Le parti a … projet de payer."),
        ("Nous avons abandonné nos projets de vendre.", "Nous avons … projets de vendre."),
        ("Hemos retirado nuestra oferta de pagar.", "Hemos … oferta de pagar."),
        ("Il comune ha ritirato questi progetti di vendere.", "Il comune ha … progetti di vendere."),
        ("La società ha sospeso le offerte di vendere.", "La società ha … offerte di vendere."),
        ("Die Firma hörte auf, Arbeiter zu bezahlen.", "Die Firma … Arbeiter zu bezahlen."),
        ("La società ha smesso di pagare gli operai.", "La società ha … pagare gli operai."),
        ("A empresa deixou de pagar os operários.", "A empresa … pagar os operários."),
        ("Фирма перестала платить рабочим в мае.", "Фирма … платить рабочим в мае."),
        ("市政府昨天取消了出售码头的计划。", "市政府……出售码头的计划。"),
        ("市は港の売却計画を撤回した。", "市は港の売却計画を……した。"),
        ("Did he lie? He did not. He resigned on Monday.", "He did … He resigned on Monday"),
        ("They will not. The yard stays open.", "They will … The yard stays open"),
        ("We are not sure. The yard is open.", "We are … the yard is open"),
        ("We will not, Prof. Smith said on Monday, sell the yard.", "We will … sell the yard"),
        ("We will not, as nothing but a court could force us, sell the yard.", "We will … sell the yard."),
        ("Nós não, por mais que insistam, venderemos o porto velho.", "Nós … venderemos o porto velho."),
    ],
)
def test_an_ellipsis_hides_nothing_that_reverses_what_stands_beside_it(text: str, passage: str) -> None:
    assert judge_passage(f"It rained. {text} We left.", passage).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("The firm, which did not comment, will pay the workers.", "The firm … will pay the workers."),
        ("The mayor, who refused to comment, said it was old.", "The mayor … said it was old."),
        ("It was not a plan but a fluke that saved them.", "It was … a fluke that saved them."),
        (
            "We sold the pier. Nobody complained. We bought a new one.",
            "We sold the pier. … We bought a new one.",
        ),
        ("He left the town without a word and sold the pier.", "He left the town … and sold the pier."),
        ("A firm whose offer was rejected, it says, bought the pier.", "A firm … bought the pier."),
        ("Die Stadt, die alle Pläne aufgab, will Boote kaufen.", "Die Stadt … will Boote kaufen."),
        ("Die Stadt hofft, bald neue Boote zu kaufen.", "Die Stadt … Boote zu kaufen."),
        ("The firm stopped at nothing and won the contract.", "The firm … won the contract."),
        ("La police a retiré vingt corps de l’eau.", "La police a … vingt corps de l’eau."),
        ("La polizia sospetta i piani di vendere.", "La polizia … i piani di vendere."),
        ("Workers who retire plan to sue the firm.", "Workers who … plan to sue the firm."),
        ("Er lebte zurückgezogen in Kiel.", "Er lebte … in Kiel."),
        ("Er hat das Paket aufgegeben und bezahlt.", "Er hat das Paket … und bezahlt."),
        ("Er gab ihr Geld auf die Hand und ging.", "Er … auf die Hand und ging."),
        ("Their early retirement plan was costly.", "Their early … plan was costly."),
        ("El rey se retiró y presentó los planes.", "El rey … presentó los planes."),
        ("La empresa dejó una nota y pagó a los obreros.", "La empresa … pagó a los obreros."),
        ("市政府在会议上没有提出异议，决定出售码头。", "市政府……决定出售码头。"),
        ("The mayor said in May he would sell the yard.", "The mayor said … he would sell the yard"),
        ("She met Theresa May in London on Monday.", "She met Theresa … in London on Monday."),
        ("Ce n’est pas un plan mais une chance qui les sauve.", "Ce n’est … une chance qui les sauve."),
        ("Log ind og få adgang til pladserne.", "Log ind og … adgang til pladserne."),
    ],
)
def test_an_ellipsis_may_leave_out_what_reverses_something_else(text: str, passage: str) -> None:
    assert judge_passage(f"It rained. {text} We left.", passage).verdict is Verdict.VERBATIM


def test_of_a_long_gap_only_its_ends_are_looked_at() -> None:
    text = "We" + " sell no boats, and say so," * 100_000 + " sell data."

    assert not hides_a_reversal(text, 2, len(text) - 11)


def test_long_words_in_front_of_many_leaps_cost_no_search_of_their_own() -> None:
    words = "x" * 30 + "'" + "x" * 31
    page = f"Alpha beta gamma refused that {words} delta epsil zetas gg hh. " * 300
    began = time.process_time()

    judge_passage(page, "Alpha beta gamma … delta epsil zetas … omega omicr upsil")

    assert time.process_time() - began < 3
