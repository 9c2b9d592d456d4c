from stories.text.judge import Verdict, judge_passage
from stories.text.normalise import normalise
from stories.text.passage.context import between, context_of, is_the_same, likeness

TABLE = normalise("Logs of searches: 90 days. Logs of payments: 30 days. Logs of calls: 7 days.")


def test_the_same_surroundings_are_told_whatever_their_typography():
    start = TABLE.source.index("30 days")

    same = likeness(TABLE, start, start + 7, context_of("logs of\u00a0payments: ", ". Logs of calls"))
    other = likeness(TABLE, start, start + 7, context_of("logs of searches: ", ". Logs of payments"))

    assert is_the_same(same)
    assert not is_the_same(other)


def test_what_stands_between_two_sides_is_found():
    span = between(TABLE, context_of("Logs of searches: ", ". Logs of payments"), longest=100)

    assert TABLE.source[slice(*span)] == "90 days"


def test_nothing_stands_between_sides_that_are_not_both_there():
    assert between(TABLE, context_of("Logs of searches: ", "nowhere to be found"), longest=100) is None
    assert between(TABLE, context_of("Logs of searches: ", ""), longest=100) is None
    assert between(TABLE, context_of("Logs of searches: ", "7 days."), longest=20) is None


def test_the_surroundings_count_on_a_page_with_a_dotted_capital():
    text = "Bugün toplandılar. İşçilerin tümü ücret aldı. Sonra dağıldılar.\nEski haber. İşçilerin çoğu ücret aldı."

    judged = judge_passage(
        text, "İşçilerin çoğu ücret aldı.", prefix="Bugün toplandılar. ", suffix=" Sonra dağıldılar."
    )

    assert judged.verdict is Verdict.ALTERED
