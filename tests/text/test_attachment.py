"""Which attached passage a quotation of the text is."""

import pytest

from stories.text.attachment import match_passages


@pytest.mark.parametrize(
    ("quoted", "attached", "found"),
    [
        (["We open on Monday"], ["“We open on Monday.”"], [0]),
        (["We don’t know"], ["We don't know"], [0]),
        (["We open on Monday, weather permitting"], ["We open on Monday"], [0]),
        (["We open on Tuesday, weather permitting"], ["We open on Monday, weather permitting"], [0]),
        (["Something else entirely"], ["We open on Monday"], [None]),
        (["one thing", "one thing"], ["one thing"], [0, None]),
        (["a near miss of words", "a near miss of word"], ["a near miss of word"], [None, 0]),
        (["anything"], [""], [None]),
        ([], ["We open on Monday"], []),
    ],
    ids=[
        "marks",
        "typography",
        "part",
        "reworded",
        "other",
        "once each",
        "the same goes first",
        "empty",
        "none",
    ],
)
def test_each_quotation_has_the_passage_that_it_is(quoted, attached, found):
    assert match_passages(quoted, attached) == found
