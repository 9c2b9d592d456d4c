"""What a tree would cost is told before it is built, by the attributes of a tag, wherever they hide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from stories.text.markup.depth import (
    has_many_attributes,
    is_too_dear,
    is_too_deep,
    most_attributes,
    opened_again,
)
from stories.text.markup.text import html_text
from tests.steps import steps_of

MANY = " ".join(f"a{n}" for n in range(3_000))

FEW_TOO_MANY = " ".join(f"a{n}" for n in range(2_001))

# What makes a parser see a tag where there seems to be none, or the reverse.
PIECES = [
    *(
        "<svg>",
        "</svg>",
        "<math>",
        "</math>",
        "<title>",
        "</title>",
        "<style>",
        "</style>",
        "<script>",
        "</script>",
    ),
    *("<foreignObject>", "</foreignObject>", "<desc>", "</desc>", "<mi>", "<annotation-xml>", "<template>"),
    *(
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?",
        "</",
        ">",
        "/>",
        "'",
        '"',
        "<q a='",
        '<q a="',
        "<q a=",
        "<div>",
        "</div>",
    ),
    *(
        "<textarea>",
        "</textarea>",
        "<noscript>",
        "<plaintext>",
        "<select>",
        "<table>",
        "<frameset>",
        "<body b>",
    ),
]

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
        f"</<title><p {MANY}>x</p>",
        f"<script {MANY}></script>x",
        f"<script>1</script><p {MANY}>x</p>",
        "".join(f"<body a{n}=1>" for n in range(3_000)) + "x",
    ],
)
def test_a_tag_of_many_attributes_never_reaches_the_parser(markup):
    assert most_attributes(markup) >= 2_999
    assert is_too_dear(markup)


@pytest.mark.parametrize(
    "markup",
    [
        f"<svg><title><p {MANY}>x</p></title></svg>",
        f"<svg><style><p {MANY}>x</p></style></svg>",
        f"<svg><script><p {MANY}>x</p></script></svg>",
        f"<MATH><title><p {QUOTED}>x",
        f"<svg><![CDATA[ > <q a=' ]]><p {MANY}>x</p>",
        f"<svg><foreignObject><title><q a='</title></foreignObject><style><p {MANY}>x</p></style>",
        f"<p {MANY.replace('a', 'a<')}>x</p>",
        "<svg><title>" + "".join(f"<body a{n}=1>" for n in range(600)) + "x",
    ],
)
def test_a_tag_of_many_attributes_is_found_where_a_drawing_makes_its_place_unsure(markup):
    assert has_many_attributes(markup)


@pytest.mark.parametrize("name", ["title", "style", "desc"])
def test_elements_that_nest_too_deeply_are_found_inside_a_drawing(name):
    assert is_too_deep(f"<svg><{name}>" + "<div>" * 6_000)


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.lists(st.sampled_from(PIECES), max_size=4))
def test_no_parser_sees_many_attributes_where_this_sees_few(before, behind):
    markup = "".join((*before, f"<p {FEW_TOO_MANY}>", *behind))

    most = max((len(node.attributes) for node in LexborHTMLParser(markup).css("*")), default=0)

    assert most <= 2_000 or has_many_attributes(markup)


def test_drawings_and_long_paths_do_no_harm():
    drawing = f"<svg><title>Menu</title><style>.a>.b{{}}</style><path d='M{'1 2 ' * 2_000}'/></svg>"

    assert not is_too_dear(drawing * 200 + f"<script>if (a<b) {{ {'x = 1; ' * 100} }}</script>")


def test_a_few_long_tags_do_no_harm_and_more_are_found():
    long_tag = f"<svg></svg><p {' '.join(f'a{n}' for n in range(1_000))}>x</p>"

    assert not has_many_attributes(long_tag * 5)
    assert has_many_attributes(long_tag * 6)


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
    assert steps_of(lambda: has_many_attributes(unit * 20_000)) < 2_000_000


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
