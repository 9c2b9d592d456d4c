"""Sentences of an imagined bakery, as they were quoted and as its page might read later, each changed in one way."""

import pytest

from stories.text.judge import Verdict, judge_passage

BEFORE, AFTER = "The mill lies by the river.", "Visitors are welcome on Mondays."

ALTERED = {
    "a qualifier behind": [
        ("We bake with local flour.", "We bake with local flour where we can."),
        ("We bake with local flour.", "We bake with local flour, weather permitting."),
        ("We bake with local flour.", "We bake with local flour (except in winter)."),
        ("We bake with local flour.", "We bake with local flour — most of the time."),
        ("We bake with local flour.", "We bake with local flour; other grain may be added."),
        ("We bake with local flour.", "We bake with local flour as of 2019."),
        ("We bake with local flour.", "We bake with local flour unless stocks run out."),
        ("Every loaf is weighed twice.", "Every loaf is weighed twice, on paper."),
        ("Every loaf is weighed twice.", "Every loaf is weighed twice: once by hand."),
        ("Do you sell stale bread?", "Do you sell stale bread to schools?"),
        ("“Nobody goes hungry here.”", "“Nobody goes hungry here unless we close early.”"),
        ("The ovens cost €900.", "The ovens cost €900 plus tax."),
        ("Our salt comes from Mali.", "Our salt comes from Mali … and elsewhere."),
        ("Our salt comes from Mali.", "Our salt comes from Mali/Niger."),
        ("Our salt comes from Mali.", "Our salt comes from Mali? Not any more."),
    ],
    "a qualifier in front": [
        ("Every loaf is weighed twice.", "Nearly every loaf is weighed twice."),
        ("Every loaf is weighed twice.", "Not every loaf is weighed twice."),
        ("5 loaves were left.", "Nearly 5 loaves were left."),
        ("5 loaves were left.", "Fewer than 5 loaves were left."),
        ("Five loaves were left.", "Up to five loaves were left."),
        ("Bakers may enter the yard.", "Only bakers may enter the yard."),
        ("Polish flour is cheaper.", "No Polish flour is cheaper."),
    ],
    "a qualifier inside": [
        ("We bake with local flour.", "We mostly bake with local flour."),
        ("We bake with local flour.", "We bake with some local flour."),
        ("Every loaf is weighed twice.", "Every large loaf is weighed twice."),
        ("Mara Lind owns the bakery.", "Mara Lind partly owns the bakery."),
    ],
    "a number": [
        ("It sold 1,240 loaves in June.", "It sold 1,420 loaves in June."),
        ("It sold 1,240 loaves in June.", "It sold 1.240 loaves in June."),
        ("It sold 1,240 loaves in June.", "It sold 1,240,000 loaves in June."),
        ("Rye takes 2.5 hours.", "Rye takes 25 hours."),
        ("Rye takes 2.5 hours.", "Rye takes 2.5–3 hours."),
        ("Three ovens burn all night.", "Two ovens burn all night."),
        ("The first oven dates from 1931.", "The first oven dates from 1913."),
    ],
    "a negation": [
        ("We do not buy frozen dough.", "We do buy frozen dough."),
        ("We do not buy frozen dough.", "We do not only buy frozen dough."),
        ("We can’t deliver on Sundays.", "We can deliver on Sundays."),
        ("The dough is gluten-free.", "The dough is not gluten-free."),
        ("The dough is gluten-free.", "The dough is non-gluten-free."),
        ("Nobody was dismissed.", "Somebody was dismissed."),
        ("The lease is renewable.", "The lease is unrenewable."),
    ],
    "a unit": [
        ("A sack weighs 25 kg.", "A sack weighs 25 g."),
        ("A sack weighs 25 kg.", "A sack weighs 25 lb."),
        ("Prices rose by 4 percent.", "Prices rose by 4 percentage points."),
        ("Prices rose by 4%.", "Prices rose by 4‰."),
        ("The loan is $3 million.", "The loan is $3 billion."),
        ("The loan is $3 million.", "The loan is £3 million."),
        ("The yard has 80 m².", "The yard has 80 m."),
        ("The oven runs at −18 °C.", "The oven runs at 18 °C."),
    ],
    "a name": [
        ("Mara Lind owns the bakery.", "Mara Lund owns the bakery."),
        ("Mara Lind owns the bakery.", "Marta Lind owns the bakery."),
        ("José Peña bakes the rye.", "Jose Pena bakes the rye."),
        ("The US branch closed.", "The UK branch closed."),
        ("Polish flour is cheaper.", "Finnish flour is cheaper."),
    ],
    "a tense": [
        ("Mara Lind owns the bakery.", "Mara Lind owned the bakery."),
        ("The shop will open at six.", "The shop would open at six."),
        ("They bake at night.", "They baked at night."),
        ("The flour is tested.", "The flour is being tested."),
    ],
    "a hedge": [
        ("The shop will open at six.", "The shop may open at six."),
        ("The recipe caused the fire.", "The recipe allegedly caused the fire."),
        ("The recipe caused the fire.", "The recipe could have caused the fire."),
        ("All bakers were paid.", "All bakers were reportedly paid."),
        ("The flour must be sifted.", "The flour should be sifted."),
    ],
    "a condition": [
        ("We bake with local flour.", "If there is any, we bake with local flour."),
        ("The shop will open at six.", "Unless it snows, the shop will open at six."),
        ("All bakers were paid.", "If the report is right, all bakers were paid."),
    ],
    "a denial": [
        ("The recipe caused the fire.", "There is no proof that the recipe caused the fire."),
        ("The recipe caused the fire.", "The owner denied that the recipe caused the fire."),
        ("The recipe caused the fire.", "Nobody thinks the recipe caused the fire."),
    ],
    "a doubt": [
        ("The recipe caused the fire.", "Perhaps the recipe caused the fire."),
        ("The recipe caused the fire.", "Allegedly, the recipe caused the fire."),
    ],
    "a share": [
        ("Bakers were paid.", "Most bakers were paid."),
        ("The bakers were paid.", "Half of the bakers were paid."),
    ],
    "an order of words": [
        ("Only bakers may enter the yard at night.", "Bakers may only enter the yard at night."),
        ("The town feeds the mill and the bakery.", "The mill feeds the town and the bakery."),
    ],
}  # fmt: skip

#: Where only what stood around the sentence can tell that it began so: who quotes may leave out how one begins.
LED_UP_TO = [
    ("We bake with local flour.", "In summer, we bake with local flour."),
    ("We bake with local flour.", "As a rule we bake with local flour."),
    ("Mara Lind owns the bakery.", "Until May Mara Lind owns the bakery."),
    ("Mara Lind owns the bakery.", "According to a rumour, Mara Lind owns the bakery."),
]

VERBATIM = [
    ("“Nobody goes hungry here.”", '"Nobody goes hungry here."'),
    ("“Nobody goes hungry here.”", "«\xa0Nobody goes hungry here.\xa0»"),
    ("We can't deliver on Sundays.", "We can’t deliver on Sundays."),
    ("We can’t deliver on Sundays.", "We can´t deliver on Sundays."),
    ("Rye takes 2–3 hours.", "Rye takes 2-3 hours."),
    ("The oven — a gift — still burns.", "The oven – a gift – still burns."),
    ("The oven — a gift — still burns.", "The oven—a gift—still burns."),
    ("The oven runs at −18 °C.", "The oven runs at -18\u202f°C."),
    ("The oven runs at −18 °C.", "The oven runs at −18°C."),
    ("A sack weighs 25 kg.", "A sack weighs 25\xa0kg."),
    ("A fine final file.", "A ﬁne ﬁnal ﬁle."),
    ("José Peña bakes the rye.", "Jose\u0301 Pen\u0303a bakes the rye."),
    ("The gluten-free sourdough sells best.", "The gluten‑free sour\u00addough sells best."),
    ("We bake with local flour.", "We  bake with\nlocal\tflour."),
    ("We bake with local flour.", "We bake with local\u200b flour."),
    ("We bake with local flour.", "We bake with local flour.[3]"),
    ("Rye, oats … and spelt.", "Rye, oats ... and spelt."),
    ("The AI picks the crust.", "The Al picks the crust."),
    ("We bake with local flour.", "We bаke with local flour."),
]


@pytest.mark.parametrize("has_context", [True, False], ids=["with context", "alone"])
@pytest.mark.parametrize(
    ("passage", "later"),
    [pytest.param(*pair, id=f"{kind}: {pair[1]}") for kind, pairs in ALTERED.items() for pair in pairs],
)
def test_whatever_changes_what_a_sentence_says_is_altered(passage, later, has_context):
    assert _verdict_on(passage, later, has_context=has_context) is Verdict.ALTERED


@pytest.mark.parametrize(("has_context", "verdict"), [(True, Verdict.ALTERED), (False, Verdict.VERBATIM)])
@pytest.mark.parametrize(("passage", "later"), LED_UP_TO)
def test_what_leads_up_to_a_sentence_is_told_by_its_context(passage, later, has_context, verdict):
    assert _verdict_on(passage, later, has_context=has_context) is verdict


@pytest.mark.parametrize("has_context", [True, False], ids=["with context", "alone"])
@pytest.mark.parametrize(("passage", "later"), VERBATIM)
def test_whatever_a_printer_might_do_leaves_a_sentence_verbatim(passage, later, has_context):
    assert _verdict_on(passage, later, has_context=has_context) is Verdict.VERBATIM


def _verdict_on(passage: str, later: str, *, has_context: bool) -> Verdict:
    context = {"prefix": f"{BEFORE} ", "suffix": f" {AFTER}"} if has_context else {}
    return judge_passage(f"{BEFORE} {later} {AFTER}", passage, **context).verdict
