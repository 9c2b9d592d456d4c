import pytest

from stories.text.markup.text import HtmlPage, html_text
from tests.steps import steps_of

PAGE = (
    "<header><a href=/>Post</a></header><nav><p>Menu</p></nav>"
    "<main><h1>Gate</h1><p>Prose with a <a href=/l>link</a>.</p><aside><p>Facts</p></aside>"
    "<div class='share-bar'><p>Pass it on</p></div><p><a href=/m>More</a></p></main>"
    "<div id=cookie-consent><p>We use cookies.</p></div><footer><p>Imprint</p></footer>"
)


def test_the_frame_is_told_from_the_content():
    frame = [block.text for block in HtmlPage(PAGE).blocks() if block.in_frame]

    assert frame == ["Post", "Menu", "Pass it on", "We use cookies.", "Imprint"]


def test_blocks_that_only_lead_on_are_told():
    assert [block.text for block in HtmlPage(PAGE).blocks() if block.is_link] == ["Post", "More"]


def test_a_hint_on_what_holds_the_content_is_not_believed():
    page = "<div class='has-sidebar related'><main><p>Content</p></main></div>"

    assert [block.in_frame for block in HtmlPage(page).blocks()] == [False]


def test_what_is_frame_does_not_depend_on_what_was_asked_of_the_page_before():
    markup = (
        f"<button>Go</button><p><a href=/x>One</a> is told.</p><p>{'The gate stays open. ' * 10}</p>"
        f"<div class=navbar><p>Top</p><ul>{'<li><a href=/a>ab</a> ' * 20}</ul></div>"
    )
    page, asked_before = HtmlPage(markup), HtmlPage(markup)
    assert asked_before.controls

    assert list(asked_before.blocks()) == list(page.blocks())


def test_frames_within_frames_are_measured_in_bounded_time():
    page = "<div class=ad>" * 900 + "text " * 200_000 + "</div>" * 900

    steps = steps_of(lambda: list(HtmlPage(page).blocks()))

    assert steps < len(page)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>He said <q>the gate is open</q>.</p>", "He said “the gate is open”."),
        ("<p>He said <q>“the gate is open”</q>.</p>", "He said “the gate is open”."),
        (
            "<p>The deck was weak<sup>1</sup> and closed.<sup>2</sup></p>",
            "The deck was weak[1] and closed.[2]",
        ),
        (
            "<p>5 m<sup>2</sup>, 10<sup>6</sup>, CO<sub>2</sub>, the 1<sup>st</sup></p>",
            "5 m2, 10⁶, CO2, the 1st",
        ),
        ("<p>2<sup>−10</sup> in 2019<sup><a>4</a></sup></p>", "2⁻¹⁰ in 2019[4]"),
        (
            "<p>By law<sup>1</sup> the EU<sup>12</sup> paid 5%.<sup>3</sup> It ended in 2020.<sup>4</sup></p>",
            "By law[1] the EU[12] paid 5%.[3] It ended in 2020.[4]",
        ),
        ("<p>The gate is shut.\n<sup>22</sup></p>", "The gate is shut. [22]"),
        (
            "<p>About <sup>1</sup>/<sub>2</sub> of the <sup>14</sup>C, up <sup>10</sup>%. <sup>3</sup>He was "
            "<sup>5</sup> cm</p>",
            "About 1/2 of the 14C, up 10%. 3He was 5 cm",
        ),
        ("<p>9 ft<sup>2</sup>, 5 km<sup>2</sup>, $19.<sup>99</sup></p>", "9 ft2, 5 km2, $19.99"),
    ],
)
def test_marks_of_quotations_and_footnotes_are_told_as_they_are_seen(markup, text):
    assert html_text(markup)[1] == text
