"""What a tree would cost is told before it is built, by the attributes of a tag, wherever they hide."""

import pytest

from stories.text.html_depth import is_too_dear, most_attributes, opened_again
from stories.text.html_text import html_text
from tests.steps import steps_of

MANY = " ".join(f"a{n}" for n in range(3_000))

QUOTED = " ".join(f"a{n}='>'" for n in range(3_000))


@pytest.mark.parametrize(
    "markup",
    [
        f"<p {MANY}>x</p>",
        f"<p {MANY.replace(' ', '/')}>x</p>",
        f"<p {QUOTED}>x</p>",
        f"<p b='>' {MANY}>x</p>",
        f'<p ="{MANY}">x</p>',
        f'<p b=c"{MANY}">x</p>',
        f"<!--><p {MANY}>x</p><!-- -->",
        f"<!-- --!><p {MANY}>x</p>",
        f"<script {MANY}></script>x",
        f"<script>1</script><p {MANY}>x</p>",
        "".join(f"<body a{n}=1>" for n in range(3_000)) + "x",
    ],
)
def test_a_tag_of_many_attributes_never_reaches_the_parser(markup):
    assert most_attributes(markup) >= 2_999
    assert is_too_dear(markup)


def test_a_page_with_such_a_tag_is_read_without_it():
    assert html_text(f"<p>One</p><p {MANY * 20}>x</p>") == ("", "One\nx")


@pytest.mark.parametrize(
    "markup",
    [
        f"<script>for (i = 0; i <n {MANY}; i++) {{}}</script><p>x</p>",
        f"<!-- <p {MANY}> --><p>x</p>",
        f"<p title='{MANY}'>x</p>",
        f'<p class="[&>a]:b" title="{MANY}">x</p>',
        f"<p>1 < 2 {MANY}</p>",
        "<p class=a id=b hidden data-n='>'>x</p>" * 2_000,
    ],
)
def test_many_words_that_are_no_attributes_of_one_tag_do_no_harm(markup):
    assert most_attributes(markup) <= 5
    assert not is_too_dear(markup)


@pytest.mark.parametrize("unit", ["<p a='", '<p a="', "<p a=", "<!--", "<p ", "<script ", "=' =\"", "<a/"])
def test_attributes_are_counted_in_linear_work(unit):
    assert steps_of(lambda: most_attributes(unit * 20_000)) < 2_000_000


@pytest.mark.parametrize(
    "markup",
    [
        "<p>" + "".join(f"<b a={n}>" for n in range(300)) + "</p>" + "<p>x" * 1_000,
        "<p>" + "<b><i><u><s><em><tt><big>" * 3 + "</p>" + "<p>x" * 6_000,
        "</b>" * 300 + "<p>" + "".join(f"<B a={n}>" for n in range(300)) + "</p>" + "<p>x" * 1_000,
    ],
)
def test_what_is_opened_again_in_each_paragraph_never_reaches_the_parser(markup):
    assert is_too_dear(markup)
    assert html_text(markup)[1].count("x") >= 1_000


@pytest.mark.parametrize(
    "markup",
    [
        "<p><b>One</b> and <i>two</i> of <code>three</code></p>" * 3_000,
        "<b>" * 400 + "<p>x</p>" * 2_000,
        "<p>One <b>unclosed" + "<p>x</p>" * 9_000,
    ],
)
def test_sloppy_and_ordinary_formatting_does_no_harm(markup):
    assert opened_again(markup) <= 20_000
    assert not is_too_dear(markup)
