"""The words of quoted passages are marked in a difference, and nothing of it is lost."""

from hypothesis import given
from hypothesis import strategies as st

from stories.text.changes import WordChange
from stories.text.diff import diff_words
from stories.text.highlight import Piece, highlight

TEXTS = st.text(alphabet="ab ", max_size=30)
SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3)


def told(pieces: tuple[Piece, ...]) -> list[tuple[str, str, bool]]:
    return [(piece.operation, piece.text, piece.is_marked) for piece in pieces]


@given(before=TEXTS, after=TEXTS, old=SPANS, new=SPANS)
def test_the_pieces_joined_are_the_changes(before, after, old, new):
    pieces = highlight(diff_words(before, after), before=old, after=new)

    assert "".join(piece.text for piece in pieces if piece.operation != "insert") == before
    assert "".join(piece.text for piece in pieces if piece.operation != "delete") == after
    assert all(piece.text for piece in pieces)


def test_a_passage_is_marked_through_its_change():
    changes = [WordChange("equal", "We "), WordChange("delete", "sell"), WordChange("insert", "keep")]
    changes.append(WordChange("equal", " it. Bye."))

    pieces = highlight(changes, before=[(0, 11)], after=[(0, 11)])

    assert told(pieces) == [
        ("equal", "We ", True),
        ("delete", "sell", True),
        ("insert", "keep", True),
        ("equal", " it.", True),
        ("equal", " Bye.", False),
    ]


def test_what_only_the_text_before_has_is_marked_there():
    pieces = highlight([WordChange("delete", "We sell it."), WordChange("insert", "No.")], before=[(3, 7)])

    assert told(pieces)[1] == ("delete", "sell", True)
    assert told(pieces)[-1] == ("insert", "No.", False)


def test_passages_that_overlap_are_marked_as_one():
    pieces = highlight([WordChange("equal", "abcdef")], after=[(1, 4), (2, 5)])

    assert "".join(piece.text for piece in pieces if piece.is_marked) == "bcde"
