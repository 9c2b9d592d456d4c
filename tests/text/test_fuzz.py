"""Whatever a page or a person sends, the functions of this room keep their promises, and their work is bounded."""

from collections.abc import Callable
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from stories.text.blocks import links, readable_blocks
from stories.text.copy_errors import ExtractError
from stories.text.diff import count_words, diff_blocks, diff_words, fold
from stories.text.extract import main_text, visible_text
from stories.text.facts import fact_changes
from stories.text.invisible import show_invisible
from stories.text.judge import Verdict, judge_passage
from stories.text.language.boundaries import begins_whole, ends_whole, sentence_around
from stories.text.look_alike import show_look_alikes
from stories.text.markdown import render_markdown
from stories.text.markdown_limits import MarkdownError
from stories.text.noise.volatile import masked
from stories.text.normalise import normalise
from stories.text.notes import find_notes
from stories.text.page.change import judge_page
from stories.text.page.outcome import Copy
from stories.text.passage.quoting import take_apart
from stories.text.passages import find_passages
from stories.text.plain import escape_markdown
from stories.text.sentence_fold import fold_sentences
from stories.text.wording import changes_between
from tests.steps import steps_of

ADDRESS = "https://post.example/gate"
CONTENT_TYPES = [
    "text/html", "text/html; charset=utf-16", "text/plain", "text/markdown", "application/json",
    "application/rss+xml", "application/pdf", "image/png", "",
]  # fmt: skip
PIECES = [
    "a", "The gate will not open. ", "gate ", "…", "[", "]", "[a](", "(", ")", "“", "”", '"', "'", "«", "\n", "\n\n",
    "<div>", "<p>x", "</p>", "<a href='", "<!--", "<script>", "<![CDATA[", "&amp;", "&#", '{"a":', " ", "\t", "- ",
    "-", "1,", "1. ", "twenty ", "not ", "$5 ", "Update, May 18 2024, 3:24 PM ET: ", "Correction\n\n", "Mr. ", "A.",
    "<style>", "</style>", ".a,i{text-decoration:line-through}", "<i class=a>", "{", "}", "/*",
    "http://a.b/", "|", "*", "_", "`", "\\", ">", "#", "港", "。", "🚢\u200d", "\u200d", "\u200b", "\u00ad", "\u0301",
    "\u1160", "ﬁ", "а", "İ", "\u202e", "\ue000", "\0", "\ud800", "\U0010ffff",
]  # fmt: skip
REPEATED = st.tuples(st.sampled_from(PIECES), st.integers(1, 30)).map(lambda piece: piece[0] * piece[1])
ANY_CHARACTERS = st.text(st.characters(exclude_categories=()), max_size=40)
TEXTS = st.lists(REPEATED | ANY_CHARACTERS, max_size=8).map("".join)
NEAR_REPEATS = st.tuples(TEXTS, st.sampled_from(PIECES), st.integers(0, 100)).map(
    lambda drawn: (drawn[0], drawn[0][: drawn[2]] + drawn[1] + drawn[0][drawn[2] :])
)
PAIRS = st.tuples(TEXTS, TEXTS) | NEAR_REPEATS


def as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def rendered(text: str) -> str:
    try:
        return render_markdown(text)
    except MarkdownError:
        return ""


def judged_as_page(text: str) -> object:
    before = Copy(b"<title>Gate</title><p>The gate stays open.", "text/html", 200, ADDRESS, ADDRESS)
    try:
        return judge_page(before, Copy(as_bytes(text), "text/html", 200, ADDRESS, ADDRESS))
    except ExtractError as refused:
        return refused.reason


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "blocks": readable_blocks,
    "boundaries": lambda text: [
        (begins_whole(text, at), ends_whole(text, at), sentence_around(text, at, at)) for at in (0, len(text) // 2)
    ],
    "diff_blocks": lambda text: fold(diff_blocks(text.split("\n"), text[::-1].split("\n"))),
    "diff_words": lambda text: count_words(diff_words(text, text[::-1])),
    "facts": lambda text: fact_changes(text, text[::-1]),
    "invisible": show_invisible,
    "judge_page": judged_as_page,
    "judge_passage": lambda text: judge_passage(text, text[:2_000][::-1], prefix=text[:99], suffix=text[-99:]),
    "links": links,
    "look_alike": show_look_alikes,
    "masked": masked,
    "normalise": lambda text: (normalise(text).tight, normalise(text).words.counts),
    "notes": find_notes,
    "passages": find_passages,
    "plain": escape_markdown,
    "quoting": take_apart,
    "sentence_fold": lambda text: list(fold_sentences(diff_words(text, text + "x"))),
    "wording": lambda text: changes_between(text, text[::-1]),
}  # fmt: skip


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS.keys())
@given(TEXTS)
def test_any_text_is_taken_in_bounded_steps(function, text):
    # Each block of a page is looked at, and markup may begin one with every fourth character.
    most = 20_000 + 100 * len(text) + 1_200 * text.count("<")

    assert steps_of(lambda: function(text)) < most


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
@given(
    body=st.binary(max_size=300) | TEXTS.map(as_bytes) | st.binary(max_size=200).map(b"%PDF-1.7\n".__add__)
)
def test_any_bytes_are_read_or_refused_with_a_reason(content_type, body):
    for read in (visible_text, main_text):
        try:
            text = read(body, content_type).text
        except ExtractError as refused:
            assert refused.reason
        else:
            assert text.encode("utf-8").decode("utf-8") == text


@given(st.integers(0, 2_000), st.binary(min_size=1, max_size=30))
def test_a_damaged_pdf_is_read_or_refused_with_a_reason(place, damage):
    file = BytesIO()
    document = pdfium.PdfDocument.new()
    document.new_page(200, 200)
    document.save(file)
    whole = file.getvalue()
    at = place % len(whole)

    try:
        visible_text(whole[:at] + damage + whole[at + len(damage) :], "application/pdf").text.encode("utf-8")
    except ExtractError as refused:
        assert refused.reason


@given(PAIRS)
def test_a_diff_gives_back_both_texts(pair):
    before, after = pair

    changes = diff_words(before, after)

    assert "".join(change.text for change in changes if change.operation != "insert") == before
    assert "".join(change.text for change in changes if change.operation != "delete") == after


@given(TEXTS, st.integers(0, 200), st.integers(0, 200))
def test_what_is_judged_stands_where_it_says(text, start, end):
    judgement = judge_passage(text, text[min(start, end) : max(start, end)])

    if judgement.verdict is Verdict.MISSING:
        assert judgement.wording is None
    else:
        assert text[judgement.start : judgement.end] == judgement.wording


@given(PAIRS)
def test_what_is_verbatim_has_no_changes_and_what_is_altered_has(pair):
    text, passage = pair

    judgement = judge_passage(text, passage)

    assert bool(judgement.changes) == (judgement.verdict is Verdict.ALTERED)


@given(TEXTS)
def test_quoted_passages_stand_where_they_say(text):
    for passage in find_passages(text):
        assert text[passage.start : passage.end] == passage.exact


@given(TEXTS)
def test_what_is_normalised_stays_as_it_is(text):
    plain = normalise(text).plain

    assert normalise(plain).plain == plain


@given(TEXTS)
def test_markdown_never_becomes_live(text):
    page = LexborHTMLParser(rendered(text).encode("utf-8", "replace"))

    assert not page.css("script, style, iframe, object, embed, form, img, svg, base, meta[http-equiv], link")
    for node in page.css("body *"):
        assert not [name for name in node.attributes if name.startswith("on") or name == "style"]
        assert (
            not (node.attributes.get("href") or "")
            .strip()
            .lower()
            .startswith(("javascript:", "data:", "vbscript:"))
        )


@given(TEXTS)
def test_what_is_escaped_has_no_markup(text):
    line = "a" + text.replace("\n", " ")

    page = LexborHTMLParser(rendered(escape_markdown(line)).encode("utf-8", "replace"))

    assert not page.css("a, em, strong, code, h1, ul, ol, table, blockquote")


@pytest.mark.parametrize("piece", ["\u200d", "🚢\u200d", "\u00ad"])
def test_hidden_characters_are_spelled_out_in_linear_time(piece):
    assert show_invisible("a" + piece * 100_000)
