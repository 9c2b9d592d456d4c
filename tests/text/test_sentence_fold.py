"""Unchanged sentences are left out, never a changed one and never half of one."""

import pytest

from stories.text.diff import diff_words
from stories.text.sentence_fold import LeftOut, fold_sentences

LONG = "Nobody has changed a single word in here. "


def folded(before, after):
    return [
        "…" if isinstance(each, LeftOut) else each.text for each in fold_sentences(diff_words(before, after))
    ]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (f"{LONG}It is old. {LONG}", f"{LONG}It is new. {LONG}", ["…", "It is ", "old", "new", ". ", "…"]),
        ("It is old.", "It is new.", ["It is ", "old", "new", "."]),
        ("Short one. It is old.", "Short one. It is new.", ["Short one. It is ", "old", "new", "."]),
        (LONG, LONG, [LONG]),
    ],
)
def test_what_is_shown(before, after, shown):
    assert folded(before, after) == shown


def test_nothing_but_what_is_equal_is_left_out():
    before, after = f"{LONG * 3}One two three. {LONG}", f"{LONG}{LONG}Four. {LONG * 2}"

    parts = list(fold_sentences(diff_words(before, after)))

    old = "".join(each.text for each in parts if isinstance(each, LeftOut) or each.operation != "insert")
    assert old == before
