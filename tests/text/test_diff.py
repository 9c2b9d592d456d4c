from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.diff import Folded, WordChange, WordCount, count_words, diff_blocks, diff_words, fold
from stories.text.invisible import show_invisible
from tests.steps import counted
from tests.text.hostile import BLOCKS_IN_PAIRS, TEXTS_IN_PAIRS

MOST_STEPS_A_CHARACTER = 12


def marked(before: str, after: str) -> str:
    """A diff as a line of text: [-deleted-] and {+inserted+}."""
    shapes = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(shapes[change.operation].format(change.text) for change in diff_words(before, after))


def side(changes: tuple[WordChange, ...], other: str) -> str:
    return "".join(change.text for change in changes if change.operation != other)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("Same.", "Same.", "Same."),
        ("", "New.", "{+New.+}"),
        ("Old.", "", "[-Old.-]"),
        ("a big dog ran", "a small dog ran", "a [-big-]{+small+} dog ran"),
        ("It did approve it.", "It did not approve it.", "It did {+not +}approve it."),
        ("It cost $1,250 (net).", "It cost $1,350.50 (net)!", "It cost $[-1,250-]{+1,350.50+} (net)[-.-]{+!+}"),
        ("at 3:24 PM", "at 3:42 PM", "at [-3:24-]{+3:42+} PM"),
        ("the reporter's note", "the reporters' note", "the [-reporter's-]{+reporters'+} note"),
        ("a well-known case", "a little-known case", "a [-well-known-]{+little-known+} case"),
        ("See https://example.org/a?b=1.", "See https://example.org/a?b=2.", "See [-https://example.org/a?b=1-]{+https://example.org/a?b=2+}."),
        ("He ran. She sat.", "He ran. They waited. She sat.", "He ran. {+They waited. +}She sat."),
        ("He ran.", "He ran. She sat.", "He ran.{+ She sat.+}"),
        ("a, b and c", "a and c", "a[-, b-] and c"),
        ("one\ntwo", "one two", "one[-\n-]{+ +}two"),
        ("one  two", "one two", "one [- -]two"),
        ("dog barked", "the dog of mine barked", "{+the +}dog {+of mine +}barked"),
        ("東京で会議", "大阪で会議", "[-東京-]{+大阪+}で会議"),
        ("cafe\u0301 noir", "cafe noir", "[-cafe\u0301-]{+cafe+} noir"),
    ],
)  # fmt: skip
def test_changes_read_as_phrases(before, after, expected):
    assert marked(before, after) == expected


def test_a_rewritten_phrase_is_not_left_as_confetti():
    before = "Three of the libraries will close to save the council money."
    after = "Every one of the buildings may reopen to please the voters."

    changes = diff_words(before, after)

    assert [change.operation for change in changes if change.operation != "equal"] == ["delete", "insert"]


def test_hunks_do_not_grow_across_the_end_of_a_sentence():
    changes = diff_words("The dog slept. A cat ran.", "The fox slept. A hen ran.")

    assert [change.text for change in changes if change.operation == "delete"] == ["dog", "cat"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("privacy first", "pri\u200bvacy first"),
        ("a b", "a\u00a0b"),
        ("a b", "a\u2009b"),
        ("abc", "abc\u202e"),
        ("cooperate", "co\u00adoperate"),
        ("abc", "\ufeffabc"),
    ],
)
def test_a_change_that_cannot_be_seen_shows(before, after):
    changes = diff_words(before, after)

    inserted = "".join(show_invisible(change.text) for change in changes if change.operation == "insert")
    assert "⟨" in inserted


@pytest.mark.parametrize(
    ("before", "after"), [("paypal", "pаypal"), ("Il", "ll"), ("é", "e\u0301"), ("ﬁnd", "find"), ("—", "–")]
)
def test_look_alikes_are_changes(before, after):
    assert {change.operation for change in diff_words(before, after)} == {"delete", "insert"}


TEXTS = st.text(alphabet="abc ,.\n\u00a0\u200b'1-é日\U0001f469\u200d", max_size=60) | st.text(max_size=30)
BLOCKS = st.lists(
    st.sampled_from(
        [
            "",
            "a",
            "a b c.",
            "One two three four five six seven eight nine.",
            "One two three four five six seven ten nine.",
            "x\ny",
        ]
    )
    | TEXTS,
    max_size=8,
)


@given(TEXTS, TEXTS)
def test_word_changes_are_neither_empty_nor_split(before, after):
    changes = diff_words(before, after)

    operations = [change.operation for change in changes]
    assert all(change.text for change in changes)
    assert all(
        (first, second)
        in {
            ("equal", "delete"),
            ("equal", "insert"),
            ("delete", "insert"),
            ("delete", "equal"),
            ("insert", "equal"),
        }
        for first, second in pairwise(operations)
    )


@given(BLOCKS, BLOCKS)
def test_block_changes_give_back_both_texts(before, after):
    changes = diff_blocks(before, after)

    old = sorted(
        (change for change in changes if change.before_index is not None), key=lambda c: c.before_index
    )
    new = [change for change in changes if change.after_index is not None]
    assert [(change.before_index, change.before) for change in old] == list(enumerate(before))
    assert [(change.after_index, change.after) for change in new] == list(enumerate(after))
    for change in changes:
        assert side(change.changes, "insert") == (change.before or "")
        assert side(change.changes, "delete") == (change.after or "")


@given(BLOCKS)
def test_nothing_changes_between_equal_texts(blocks):
    assert {change.kind for change in diff_blocks(blocks, blocks)} <= {"same"}


LONG = "The river rose by two metres overnight and flooded the lower streets."
OTHER = "Volunteers carried sandbags to the school until the early morning hours."
THIRD = "Insurers said that claims could be filed from Monday at any branch."
NEARLY_THIRD = THIRD.replace("Monday", "Friday")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], []),
        ([], [LONG], [("added", None, 0)]),
        ([LONG], [], [("removed", 0, None)]),
        ([LONG, OTHER], [LONG, OTHER], [("same", 0, 0), ("same", 1, 1)]),
        ([LONG, OTHER], [LONG, THIRD, OTHER], [("same", 0, 0), ("added", None, 1), ("same", 1, 2)]),
        ([LONG, THIRD, OTHER], [LONG, OTHER], [("same", 0, 0), ("removed", 1, None), ("same", 2, 1)]),
        ([LONG], [LONG.replace("two", "three")], [("changed", 0, 0)]),
        ([LONG], [OTHER], [("removed", 0, None), ("added", None, 0)]),
        ([LONG, OTHER, THIRD], [THIRD, LONG, OTHER], [("moved", 2, 0), ("same", 0, 1), ("same", 1, 2)]),
        ([LONG, OTHER, THIRD], [NEARLY_THIRD, LONG, OTHER], [("moved", 2, 0), ("same", 0, 1), ("same", 1, 2)]),
        (["*", LONG, "*"], ["*", LONG, "*", "*"],
         [("same", 0, 0), ("same", 1, 1), ("same", 2, 2), ("added", None, 3)]),
        (["Short.", LONG], [LONG, "Short."], [("moved", 0, 1), ("same", 1, 0)]),
    ],
)  # fmt: skip
def test_paragraphs_are_paired(before, after, expected):
    changes = diff_blocks(before, after)

    found = [(change.kind, change.before_index, change.after_index) for change in changes]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_a_moved_paragraph_may_be_reworded_as_well():
    changes = diff_blocks([LONG, OTHER, THIRD], [NEARLY_THIRD, LONG, OTHER])

    assert changes[0].kind == "moved"
    assert changes[0].is_reworded
    assert WordChange("insert", "Friday") in changes[0].changes


def test_a_removed_paragraph_stands_before_what_replaced_it():
    changes = diff_blocks([LONG, OTHER, LONG], [LONG, THIRD, LONG])

    assert [change.kind for change in changes] == ["same", "removed", "added", "same"]


def test_a_paragraph_of_which_half_is_new_is_changed_rather_than_replaced():
    changes = diff_blocks([LONG], [LONG + " " + OTHER])

    assert [change.kind for change in changes] == ["changed"]


def kinds(folded):
    return [part.count if isinstance(part, Folded) else part.kind for part in folded]


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (0, [4, "changed", 5]),
        (1, [3, "same", "changed", "same", 4]),
        (2, [2, "same", "same", "changed", "same", "same", 3]),
        (3, ["same", "same", "same", "same", "changed", "same", "same", "same", 2]),
        (9, ["same"] * 4 + ["changed"] + ["same"] * 5),
    ],
)
def test_unchanged_paragraphs_fold_but_for_the_context(context, expected):
    before = [f"Paragraph number {number} stays." for number in range(10)]
    after = [*before[:4], "Paragraph number 4 goes.", *before[5:]]

    assert kinds(fold(diff_blocks(before, after), context=context)) == expected


def test_folding_loses_nothing():
    changes = diff_blocks([LONG, OTHER, THIRD], [LONG, OTHER, "New."])

    folded = fold(changes, context=0)

    assert folded[0] == Folded(changes[:2])
    assert folded[1:] == changes[2:]


def test_an_unchanged_text_folds_whole():
    changes = diff_blocks([LONG, OTHER], [LONG, OTHER])

    assert kinds(fold(changes)) == [2]


def test_a_negative_context_is_refused():
    with pytest.raises(ValueError, match="negative"):
        fold((), context=-1)


@pytest.mark.parametrize(
    ("before", "after", "added", "removed"),
    [
        ("", "", 0, 0),
        ("one two", "one two", 0, 0),
        ("", "one, two!", 2, 0),
        ("one two three", "one", 0, 2),
        ("It cost $5.", "It cost $6 now.", 2, 1),
        ("one.", "one!", 0, 0),
    ],
)
def test_words_gained_and_lost_are_counted(before, after, added, removed):
    assert count_words(diff_words(before, after)) == WordCount(added=added, removed=removed)


@pytest.mark.parametrize(("before", "after"), TEXTS_IN_PAIRS.values(), ids=TEXTS_IN_PAIRS.keys())
def test_hostile_texts_are_compared_in_bounded_steps(before, after):
    changes, steps = counted(lambda: diff_words(before, after))

    assert steps < MOST_STEPS_A_CHARACTER * len(before + after)
    assert side(changes, "insert") == before
    assert side(changes, "delete") == after


@pytest.mark.parametrize(("before", "after"), BLOCKS_IN_PAIRS.values(), ids=BLOCKS_IN_PAIRS.keys())
def test_hostile_paragraphs_are_compared_in_bounded_steps(before, after):
    changes, steps = counted(lambda: diff_blocks(before, after))

    assert steps < MOST_STEPS_A_CHARACTER * sum(len(block) + 2 for block in before + after)
    assert len([change for change in changes if change.after_index is not None]) == len(after)


def test_a_long_text_is_compared_by_sentence_and_word():
    before = " ".join(f"Sentence {number} says that nothing else happened here." for number in range(1_500))
    after = before.replace("Sentence 700 says", "Sentence 700 denies")

    changes = diff_words(before, after)

    assert [change.text for change in changes if change.operation != "equal"] == ["says", "denies"]


def test_beyond_the_bound_lines_are_compared_before_words():
    before = "\n".join(f"Line {number} of a very long text that goes on and on." for number in range(12_000))
    after = before.replace("Line 700 of", "Line 700 in")

    changes = diff_words(before, after)

    assert [change.text for change in changes if change.operation != "equal"] == ["of", "in"]


def test_beyond_the_bound_a_text_of_one_line_reads_as_replaced():
    before, after = "a" * 300_000, "b" + "a" * 300_000

    assert diff_words(before, after) == (WordChange("delete", before), WordChange("insert", after))
