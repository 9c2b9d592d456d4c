import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.copy_errors import CopyTooLarge
from stories.text.markup.flat import flat_text
from stories.text.markup.text import html_text

PAGE = (
    "<!doctype html><html><head><title>The  pier &amp; quay</title><style>p > a {}</style></head><body>"
    "<h1>Gate</h1><!-- <p>no</p> --><p class='a>b'>One <b>t</b>wo<br>three</p><script>if (a < b) c()</script>"
    "<ul><li>x<li>y</ul><template><p>no</p></template><table><tr><td>1<td>2</table><p>5 &lt; 6</p></body></html>"
)


@pytest.mark.parametrize("size", [1, 2, 7, 40, 1_000])
def test_a_page_reads_the_same_whatever_pieces_it_comes_in(size):
    pieces = [PAGE[at : at + size] for at in range(0, len(PAGE), size)]

    assert flat_text(pieces) == html_text(PAGE)


@pytest.mark.parametrize("end", ["<a href='x", "<!-- x", "<script>x", "<p"])
def test_what_is_left_open_at_the_end_is_no_text(end):
    assert flat_text([f"<p>One</p>{end}"])[1] == "One"


def test_a_picture_written_out_in_its_tag_is_no_text():
    markup = f"<p>One</p><img src='data:image/png;base64,{'A' * 300_000}' alt=pier><p>Two</p>"

    assert flat_text([markup])[1] == "One\nTwo"


def test_a_comment_without_content_ends_at_once():
    assert flat_text(["<p>One</p><!--><p>Two</p><!---><p>Three</p>"])[1] == "One\nTwo\nThree"


def test_more_text_than_anyone_reads_is_refused():
    with pytest.raises(CopyTooLarge):
        flat_text(["one word after another " * 3_000] * 100)


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "<b", " x='", "'", ">", "<!--", "-->", "<title>", "</title>", "&am", "p;", "a"]
        )
    )
)
def test_any_pieces_can_be_read(pieces):
    title, text = flat_text(pieces)

    assert "\ue010" not in title + text
