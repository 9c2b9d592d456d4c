"""Canonical order is Python's own, and takes no longer for what no language writes."""

import re
import time
import unicodedata
from pathlib import Path

import pytest
from django.template import Context, Template
from hypothesis import example, given
from hypothesis import strategies as st

from stories.text.excerpt import excerpt, wanted_in
from stories.text.judge import judge_passage
from stories.text.language.composed import composed, decomposed, marks_in_ranges
from stories.text.main_content import main_content, main_markup

#: Each after one that sorts behind it.
HEAP = "a" + "\u0301\u0327" * 50_000
#: Where else Python's own may be asked, and why it takes no time there.
BOUNDED = {
    "language/characters.py": "one character",
    "language/composed.py": "some hundred characters",
    "language/negations.py": "four characters",
    "normalise.py": "thirty marks",
}


@given(st.text(max_size=20))
@example("\u1112\u1161\u11ab")
@example("\u0995\u09c7\u09be")
@example("\u05e9\u05c1\u05bc")
def test_it_is_pythons_own_wherever_a_text_is_parted(text: str) -> None:
    long = f"a{text}" * 60

    assert composed(long) == unicodedata.normalize("NFC", long)
    assert decomposed(long) == unicodedata.normalize("NFD", long)


@pytest.mark.parametrize(
    "read",
    [
        composed,
        lambda heap: judge_passage("The bridge closes on Monday.", heap),
        lambda heap: excerpt(f"The bridge {heap} closes.", [wanted_in("closes", is_begun=False)]),
        lambda heap: main_content(f"<article><p>{heap} closes.</p></article>", heap),
        lambda heap: main_markup(f"<article><p>{heap} closes.</p></article>"),
        lambda heap: Template("{{ wording|truncatechars:300 }}").render(Context({"wording": heap})),
    ],
    ids=["as such", "a passage", "a search", "a page", "a page that is brought in", "a message"],
)
def test_a_heap_of_marks_keeps_nobody_busy(read) -> None:
    """In the square of their number it would be a minute and a half, or five times that where others work, too."""
    began = time.process_time()

    read(HEAP)

    assert time.process_time() - began < 20


def test_the_ranges_are_all_that_is_ever_sorted() -> None:
    inside = {code for first, last in marks_in_ranges() for code in range(first, last + 1)}

    assert all(unicodedata.combining(chr(code)) for code in inside)
    assert {0x0301, 0x0327, 0x05B4, 0x1E94A} <= inside


def test_pythons_own_is_asked_of_little_alone() -> None:
    folder = Path("stories/text")
    asked = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if re.search(r"unicodedata\.normalize\(", path.read_text())
    }

    assert asked == set(BOUNDED)
