"""Heavy pages are read in a process with limits, which may come to grief without the worker's noticing much."""

from stories.text.judge import Copy, Passage
from stories.watching import apart
from stories.watching.apart import TOO_HEAVY, examine, is_heavy, look_for, main_text_of, visible_text_of
from tests.text.test_extract import pdf_with
from tests.watching.looking import PASSAGE, REWORDED, page

PASSAGES = {7: Passage(PASSAGE)}


def copy(body: bytes, content_type: str = "text/html") -> Copy:
    return Copy(body, content_type, 200, "https://port.example/notice", "https://port.example/notice")


def large(*paragraphs: str) -> Copy:
    return copy(
        page(*paragraphs, *[f"Notice number {number} stays in force." for number in range(15_000)]).encode()
    )


def test_a_large_page_is_judged_as_a_small_one_would_be():
    before, after = large(PASSAGE), large(REWORDED)

    examined = examine(before, after, PASSAGES)

    assert is_heavy(after)
    assert examined.page.outcome == "changed"
    judged = examined.passages[7]
    assert (judged.verdict, judged.wording) == ("altered", REWORDED)
    assert judged.changes


def test_a_page_that_was_read_here_is_held_against_a_large_one():
    after = copy(page(REWORDED).encode())
    assert REWORDED in after.extract.text

    assert examine(large(PASSAGE), after, PASSAGES).passages[7].wording == REWORDED


def test_a_pdf_is_read_apart():
    document = copy(pdf_with(PASSAGE), "application/pdf")

    assert is_heavy(document)
    assert look_for(PASSAGES, document)[7].verdict == "verbatim"
    assert examine(None, document, PASSAGES).page.reason == "first_copy"


def test_a_broken_pdf_is_told_as_such():
    assert examine(None, copy(b"%PDF-1.7 and no more", "application/pdf"), {}).page.reason == "broken_pdf"


def test_what_comes_to_a_limit_is_too_heavy(monkeypatch):
    monkeypatch.setattr(apart, "WALL_SECONDS", 0.01)

    assert examine(None, large(PASSAGE), PASSAGES).page == TOO_HEAVY
    assert look_for(PASSAGES, large(PASSAGE)) == {}
    assert visible_text_of(large(PASSAGE)) is None


def test_the_text_of_a_heavy_page_is_read_apart():
    document = copy(pdf_with(PASSAGE), "application/pdf")

    assert PASSAGE in (visible_text_of(document) or "")
    assert PASSAGE in (main_text_of(document) or "")
    assert visible_text_of(copy(b"%PDF-1.7 and no more", "application/pdf")) is None
    assert main_text_of(copy(b"\x89PNG", "image/png")) is None


def test_an_ordinary_page_is_read_here():
    assert not is_heavy(copy(page(PASSAGE).encode()))
    assert examine(None, copy(page(PASSAGE).encode()), PASSAGES).passages[7].verdict == "verbatim"
