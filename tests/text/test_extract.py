import gzip
import zlib
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.extract import EXTRACTOR_VERSION, CopyTooLarge, UnreadableCopy, main_text, visible_text
from stories.text.judge import judge_passage
from tests.steps import steps_of


def lines(body: str | bytes, content_type: str = "text/html; charset=utf-8") -> list[str]:
    body = body.encode() if isinstance(body, str) else body
    return visible_text(body, content_type).text.split("\n")


def test_an_extract_says_how_it_was_read():
    extract = visible_text(b"<title>The  pier</title><p>Open</p>", "text/html")

    assert (extract.title, extract.text, extract.charset, extract.kind) == (
        "The pier",
        "Open",
        "utf-8",
        "html",
    )
    assert extract.extractor_version == EXTRACTOR_VERSION


def test_blocks_are_kept_apart_and_inline_elements_are_not():
    page = "<div>One<p>tw<b>o</b>\n and  more</p><ul><li>a<li>b</ul>x<br>y</div><table><tr><td>1<td>2</table>"

    assert lines(page) == ["One", "two and more", "a", "b", "x", "y", "1", "2"]


def test_a_page_that_its_script_shows_is_read_though_it_is_hidden_as_a_whole():
    assert lines("<html hidden><p>Shown later.</p><p hidden>Never.</p>") == ["Shown later."]


def test_nothing_that_can_be_seen_is_dropped():
    page = (
        "<aside>side</aside><details><summary>more</summary><p>inside</p></details>"
        "<noscript><p>no script</p></noscript>"
        "<nav>menu</nav><footer>foot</footer><p hidden=until-found>found</p><p style='display:none'>folded</p>"
        "<svg><text>chart</text></svg><select><option>choice</select><textarea>typed</textarea>"
    )

    assert lines(page) == [
        *(
            "side",
            "more",
            "inside",
            "no script",
            "menu",
            "foot",
            "found",
            "folded",
            "chart",
            "choice",
            "typed",
        )
    ]


def test_what_cannot_be_seen_is_dropped():
    page = (
        "<head><style>p{}</style></head><script>x</script><template>t</template><p hidden>h</p>"
        "<svg><title>s</title></svg>"
        "<iframe>i</iframe><video>v</video><datalist><option>d</datalist><!-- c --><p>seen</p>"
    )

    assert lines(page) == ["seen"]


def test_the_lines_of_preformatted_text_are_kept():
    assert lines("<pre>one\ntwo</pre><p>three\nfour</p>") == ["one", "two", "three four"]


def test_a_raised_figure_that_leads_to_a_note_is_not_part_of_the_word():
    assert lines("<p>toll<sup><a href=#n1>1</a></sup> of 5 m<sup>2</sup></p>") == ["toll[1] of 5 m2"]


def test_private_characters_of_the_page_do_not_break_its_blocks():
    assert lines("<p>a\ue010b</p>") == ["ab"]


@pytest.mark.parametrize(
    ("body", "content_type", "charset"),
    [
        ("\ufeffcafé".encode(), "text/plain", "utf-8"),
        ("café".encode("utf-16"), "text/plain", "utf-16-le"),
        ("café".encode("utf-16-be"), "text/plain; charset=utf-16be", "utf-16-be"),
        ("café".encode("iso-8859-15"), "text/plain; charset=ISO-8859-15", "iso8859-15"),
        ("café “x”".encode("cp1252"), "text/plain; charset=iso-8859-1", "cp1252"),
        ("café".encode(), "text/plain; charset=iso-8859-1", "utf-8"),
        ("café".encode("cp1252"), "text/plain; charset=utf-8", "cp1252"),
        ("café".encode("cp1252"), "text/plain; charset=utf-7", "cp1252"),
        ("café".encode("cp1252"), "text/plain; charset=rot13", "cp1252"),
        ("порт".encode("cp1251"), "text/plain; charset=windows-1251", "cp1251"),
        ("<meta charset=shift_jis>港".encode("shift_jis"), "text/html", "cp932"),
        ("café “x”".encode("utf-16-le"), "text/plain", "utf-16-le"),
        ("café “x”".encode("utf-16-be"), "text/plain; charset=utf-16", "utf-16-be"),
        ("<!doctype html><p>café".encode("utf-16-le"), "text/html; charset=utf-8", "utf-16-le"),
        ("港は開放".encode("iso2022_jp"), "text/plain; charset=iso-2022-jp", "iso2022_jp"),
        ("港は①".encode("cp932"), "text/plain; charset=windows-31j", "cp932"),
        ("港は①".encode("cp932"), "text/plain; charset=x-sjis", "cp932"),
        ("港口开放".encode("gbk"), "text/plain; charset=x-gbk", "gb18030"),
        ("הנמל".encode("iso8859-8"), "text/plain; charset=iso-8859-8-i", "iso8859-8"),
        ("şehir İzmir".encode("cp1254"), "text/plain; charset=iso-8859-9", "cp1254"),
        ("é".encode() * 30 + b"\xff", "text/plain", "utf-8"),
    ],
)
def test_the_charset_is_the_one_that_the_bytes_bear_out(body, content_type, charset):
    extract = visible_text(body, content_type)

    assert extract.charset == charset
    assert any(told in extract.text for told in ("caf", "порт", "港", "é", "הנמל", "İz"))
    assert "Ã" not in extract.text


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (b"<!doctype html><p>x", "", "html"),
        (b"<html><p>x", "application/octet-stream", "html"),
        (b"<html><p>x", "text/plain", "text"),
        (b'{"a": "x"}', "", "json"),
        (b'{"a": "x"}', "application/vnd.api+json", "json"),
        (b"<rss><channel><title>x</title></channel></rss>", "text/xml", "feed"),
        (b"# x", "text/markdown", "markdown"),
        (b"a,b", "text/csv", "text"),
    ],
)
def test_the_kind_is_told_by_label_and_bytes(body, content_type, kind):
    assert visible_text(body, content_type).kind == kind


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"\x89PNG\r\n", "image/png", "unknown_kind"),
        (gzip.compress(b"<p>The ferry sails on Sundays.</p>", mtime=0), "text/html", "unknown_kind"),
        (
            zlib.compress(b"<p>The ferry sails on Sundays, and the fare is 12.</p>"),
            "text/html",
            "unknown_kind",
        ),
        (b"PK\x03\x04 and the names of files", "text/html", "unknown_kind"),
        (b"PK\x03\x04\x00\x00", "application/octet-stream", "unknown_kind"),
        (b"%PDF-1.7 broken", "application/pdf", "broken_pdf"),
        (b"{", "application/json", "broken_json"),
        (b"[" * 100_000, "application/json", "broken_json"),
        (b"<rss><channel>", "application/rss+xml", "broken_feed"),
        (b"<rss>" + b"<a>" * 500, "application/rss+xml", "broken_feed"),
        (b'<!DOCTYPE r [<!ENTITY a "b">]><rss>&a;</rss>', "application/rss+xml", "dtd"),
    ],
)
def test_what_cannot_be_read_says_why(body, content_type, reason):
    with pytest.raises(UnreadableCopy) as raised:
        visible_text(body, content_type)

    assert raised.value.reason == reason


def test_more_than_twenty_megabytes_are_not_read():
    with pytest.raises(CopyTooLarge):
        visible_text(b"x" * 20_000_001, "text/plain")


def test_hard_wrapped_lines_are_joined_and_lists_are_not():
    text = (
        "The harbour authority said on Monday that the gate\nwould stay open through the winter, as it had planned\n"
        "in May.\n\n- one\n- two\n\nShort\nlines"
    )

    first, *others = lines(text, "text/plain")

    assert first.endswith("that the gate would stay open through the winter, as it had planned in May.")
    assert others == ["- one", "- two", "Short", "lines"]


def test_markdown_reads_as_it_would_be_shown():
    extract = visible_text(
        b"# The *pier*\n\n- A [link](https://a.example) and **bold** 2 * 3\n> said `x`\n\n---\n",
        "text/markdown",
    )

    assert extract.title == "The pier"
    assert extract.text.split("\n") == ["The pier", "A link and bold 2 * 3", "said x"]


def test_an_image_that_is_a_link_reads_as_its_words():
    body = (
        b'[![Build](https://a.example/b_(c).svg "t")](https://a.example/d) [![][img]][link] is ![old](e.png).'
    )

    assert visible_text(body, "text/markdown").text == "Build  is old."


def test_a_passage_over_the_pages_of_a_standard_stands():
    berths = [f"Whoever holds berth {number} of the old port shall tell" for number in range(40)]
    pages = [
        "RFC 9999                 Port Rules                 May 2024\n\n"
        + "\n".join(berths[first : first + 10])
        + f"\n\n\nBell & Lee             Standards Track             [Page {first // 10 + 1}]\n"
        for first in range(0, 40, 10)
    ]

    text = visible_text("\f\n".join(pages).replace("Who", "who").encode(), "text/plain").text

    assert (
        judge_passage(text, "berth 9 of the old port shall tell whoever holds berth 10").verdict == "verbatim"
    )


def test_addresses_with_brackets_and_escaped_signs_of_markdown_read_as_they_are_shown():
    lines_of = [
        r"Kim \& Sons paid 2 \* 3 for [it](https://a.example/a_(b)) \*once\*.",
        r'See [that](<https://a.example/a b> "T") and `\&`.',
        "```",
        r"a\.b",
        "```",
    ]

    text = visible_text("\n".join(lines_of).encode(), "text/markdown").text

    assert text.split("\n") == [
        "Kim & Sons paid 2 * 3 for it *once*.",
        r"See that and \&.",
        r"a\.b",
    ]


@pytest.mark.parametrize("piece", ["    \n", "    \n\t\n", "[a](", "[a]((", "`a\\", "```\n~~~\n"])
def test_markdown_of_blanks_and_openings_is_read_in_linear_time(piece):
    assert visible_text((f"# Gate\n\n{piece * 60_000}").encode(), "text/markdown").title == "Gate"


def test_the_values_of_json_can_be_read():
    body = '{"b": {"title": "The pier"}, "a": ["<p>One</p><p>Two</p>", 3.50, true, null, "\\ud800x"]}'

    assert lines(body, "application/json") == ["The pier", "One", "Two", "a: 3.50", "a: true", "?x"]


@pytest.mark.parametrize(
    "feed",
    [
        "<rss><channel><title>Post</title><item><title>Gate</title><link>https://a</link>"
        "<description>&lt;p&gt;Open &lt;b&gt;now&lt;/b&gt;&lt;/p&gt;</description></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><id>x</id><entry><title>Gate</title>"
        "<content type='xhtml'><div><p>Open <b>now</b></p></div></content></entry></feed>",
    ],
    ids=["rss", "atom"],
)
def test_a_feed_reads_as_its_titles_and_texts(feed):
    extract = visible_text(feed.encode(), "application/xml")

    assert (extract.title, extract.text.split("\n")) == ("Post", ["Post", "Gate", "Open now"])


def pdf_with(text: str) -> bytes:
    """The smallest PDF that shows `text`."""
    shown = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    return body + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF"


@pytest.mark.parametrize("content_type", ["application/pdf", "text/html", "application/octet-stream"])
def test_a_pdf_is_read_whatever_it_is_called(content_type):
    extract = visible_text(pdf_with("The pier is open"), content_type)

    assert (extract.kind, extract.text) == ("pdf", "The pier is open")


def test_a_pdf_of_too_many_pages_is_refused():
    document = pdfium.PdfDocument.new()
    for _ in range(2_001):
        document.new_page(100, 100)
    body = BytesIO()
    document.save(body)
    document.close()

    with pytest.raises(CopyTooLarge):
        visible_text(body.getvalue(), "application/pdf")


def test_the_main_text_leaves_out_the_frame():
    story = "".join(
        f"<p>The harbour authority met residents in hall {n} and heard what they had to say.</p>"
        for n in range(9)
    )
    page = f"<html><nav><a href=/>Home</a><a href=/a>Sport</a></nav><article><h1>Gate</h1>{story}</article></html>"

    main = main_text(page.encode(), "text/html").text

    assert "hall 8" in main
    assert "Sport" not in main


def test_the_main_text_is_all_of_it_where_there_is_little():
    assert main_text(b"<p>Closed.</p>", "text/html").text == "Closed."


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<a><b>",
        "<p>",
        "<div><!--</div>-->",
        '<div x="</div>">',
        "<div></x>",
        "<table><tr><td>",
        "<svg><g>",
        "<a href='",
    ],
)
def test_a_page_of_nothing_but_nesting_is_read_in_bounded_time(unit):
    page = (unit * 30_000 + "end").encode()

    steps = steps_of(lambda: visible_text(page, "text/html"))

    assert steps < 8 * len(page)


def test_a_page_nested_too_deeply_reads_the_same_flat():
    blocks = "<p>One</p><script>x</script><p>tw<b>o</b> &amp; more</p>"

    assert lines("<div>" * 6_000 + blocks + "</div>" * 6_000) == lines(blocks)


@given(
    st.binary(max_size=300) | st.text("<>/ab&;!-\"'=%PDF{}[]\n\ue010", max_size=200).map(str.encode),
    st.sampled_from(
        ["text/html", "text/plain", "text/markdown", "application/json", "application/rss+xml", ""]
    ),
)
def test_odd_bytes_are_read_or_refused_with_a_reason(body, content_type):
    try:
        extract = visible_text(body, content_type)
    except UnreadableCopy as refused:
        assert refused.reason
    else:
        extract.text.encode("utf-8")


def test_a_shadow_root_in_the_markup_is_seen():
    markup = "<p>Before</p><gate-note><template shadowrootmode=open><p>In the shade</p></template></gate-note><p>After"

    assert lines(markup) == ["Before", "In the shade", "After"]
