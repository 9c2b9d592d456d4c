"""A page that corrects itself in the open: the old words are struck through, and still there to be seen."""

from stories.models import Verdict
from tests.watching.looking import OTHER_PASSAGE, PASSAGE, REWORDED, CitedPage, words


def test_words_that_are_struck_through_are_told_of_and_so_are_those_in_their_place(
    read_once: CitedPage,
) -> None:
    read_once.put(f"<del>{PASSAGE}</del> <ins>{REWORDED}</ins>", OTHER_PASSAGE)

    read_once.looks(2)

    assert words(Verdict.objects.all())[-1] == ("altered", True, True)
    assert Verdict.objects.latest("pk").wording == REWORDED


def test_a_passage_that_is_struck_through_with_nothing_in_its_place_is_missing_until_it_is_said_again(
    read_once: CitedPage,
) -> None:
    read_once.put(f"<s>{PASSAGE}</s>", OTHER_PASSAGE)
    read_once.looks(2)
    assert words(Verdict.objects.all())[-1] == ("missing", True, True)

    read_once.put(PASSAGE, OTHER_PASSAGE)
    read_once.looks(2)

    assert words(Verdict.objects.all())[-1] == ("verbatim", True, True)
