import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from stories.text.markdown import render_markdown

ALLOWED = {
    "a": {"href", "title", "class", "rel"},
    "div": {"class"},
    "abbr": {"title"},
    "ol": {"start"},
    "sup": {"id"},
    "li": {"id"},
    "th": {"align", "colspan", "rowspan"},
    "td": {"align", "colspan", "rowspan"},
    **dict.fromkeys(("h2", "h3", "h4", "p", "blockquote", "pre", "hr", "br", "ul"), frozenset()),
    **dict.fromkeys(
        ("b", "cite", "code", "del", "em", "i", "ins", "kbd", "q", "s", "strong", "sub"), frozenset()
    ),
    **dict.fromkeys(("table", "caption", "thead", "tbody", "tr"), frozenset()),
}
SAFE_ADDRESS = re.compile(r"https?:|mailto:|#|/(?![/\\])", re.IGNORECASE)


def forbidden(html: str) -> list[str]:
    """What a browser would find in the page that does not belong there."""
    found = []
    body = LexborHTMLParser(f"<body>{html}").body
    head = LexborHTMLParser(f"<body>{html}").head
    assert body is not None and head is not None
    found += [f"<{node.tag}> in head" for node in head.iter()]
    for node in body.traverse(include_text=True):
        if node.tag == "body" or node.is_text_node:
            continue
        if node.tag not in ALLOWED:
            found.append(f"<{node.tag}>")
            continue
        for name, value in node.attributes.items():
            if name not in ALLOWED[node.tag]:
                found.append(f"<{node.tag} {name}>")
            if name == "href" and not SAFE_ADDRESS.match(value or ""):
                found.append(f"href={value}")
            if name == "id" and not re.fullmatch(r"fn(ref\d*)?:[\w.-]+", value or ""):
                found.append(f"id={value}")
    return found


SCRIPTS_IN_ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "javascript&#x0003A;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;&#x61;vascript:alert(1)",
    "&#0000106avascript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java&#9;script:alert(1)",
    "java&#10;script:alert(1)",
    "java&#13;script:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\x00script:alert(1)",
    "\x01javascript:alert(1)",
    "&#1;javascript:alert(1)",
    " javascript:alert(1)",
    "&#32;javascript:alert(1)",
    "\u00a0javascript:alert(1)",
    "javascript://example.org/%0aalert(1)",
    "javascript:/*--></title></style></textarea></script>*/alert(1)",
    "javas\\cript:alert(1)",
    "\\javascript:alert(1)",
    "vbscript:msgbox(1)",
    "VBScript:msgbox(1)",
    "livescript:alert(1)",
    "mocha:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "DATA:text/html,x",
    "data&colon;text/html,x",
    "blob:https://example.org/1",
    "file:///etc/passwd",
    "view-source:javascript:alert(1)",
    "feed:javascript:alert(1)",
    "jar:https://example.org!/x",
    "about:blank",
    "filesystem:https://example.org/x",
    "intent://x#Intent;end",
    "ws://example.org",
    "ftp://example.org/x",
    "//example.org/x",
    "\\\\example.org\\x",
    "/\\example.org",
    "///example.org",
]
WAYS_TO_WRITE_A_LINK = [
    "[a]({})",
    "[a](<{}>)",
    "![a]({})",
    "<{}>",
    "[a][b]\n\n[b]: {}",
    '<a href="{}">a</a>',
    "<a href={}>a</a>",
]

MARKUP = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//example.org/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script/x>alert(1)</script>",
    "<script>alert(1)",
    "< script>alert(1)</ script>",
    "\\<script>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="x" onerror="alert(1)"/>',
    "<img/src=x/onerror=alert(1)>",
    "<img src=x:alert(1) onerror=eval(src)>",
    '<img """><script>alert(1)</script>">',
    '<image href="x" onerror=alert(1)>',
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
    "<svg><desc><noscript><img src=x onerror=alert(1)></noscript></desc></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=alert(1) src>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<noscript><style></noscript><img src=x onerror=alert(1)></style>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'>",
    "<title><p title='</title><img src=x onerror=alert(1)>'>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<noembed><p title='</noembed><img src=x onerror=alert(1)>'>",
    "<noframes><p title='</noframes><img src=x onerror=alert(1)>'>",
    "<iframe><p title='</iframe><img src=x onerror=alert(1)>'>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<select><option><style></option></select><img src=x onerror=alert(1)></style>",
    "<table><td><style><img src=x onerror=alert(1)></style>",
    "<table background=javascript:alert(1)><tr><td>x</table>",
    "<table><caption><svg onload=alert(1)></caption></table>",
    "<template><script>alert(1)</script></template>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<applet code=x></applet>",
    "<frameset onload=alert(1)><frame src=x></frameset>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)></select>",
    "<keygen autofocus onfocus=alert(1)>",
    "<video src=x onerror=alert(1)></video>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<dialog open>x</dialog>",
    "<isindex action=javascript:alert(1) type=image>",
    "<body onload=alert(1)>",
    "<html onclick=alert(1)>",
    "<base href=https://example.org/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<style>body{background:url(javascript:alert(1))}</style>",
    "<style>@import 'https://example.org/x.css';</style>",
    "<p style='background:url(https://example.org/x)'>x</p>",
    "<p style='position:fixed;top:0;left:0;width:100%'>x</p>",
    "<p onclick=alert(1)>x</p>",
    "<p/onclick=alert(1)>x</p>",
    "<p\x0conclick=alert(1)>x</p>",
    "<p\nonclick\n=\nalert(1)>x</p>",
    "<p ONCLICK=alert(1)>x</p>",
    "<p on\x00click=alert(1)>x</p>",
    "<p data-x='1' aria-label='x' role=alert tabindex=0 contenteditable>x</p>",
    "<p id=login class=button>x</p>",
    "<sup id='fn:1 onclick'>x</sup>",
    "<li id=__proto__>x</li>",
    "<a name=x>x</a>",
    "<a href='https://example.org' target=_blank>x</a>",
    "<a href='https://example.org' onclick=alert(1)>x</a>",
    "<a href='https://example.org' rel=opener>x</a>",
    "<a href=x download>x</a>",
    "<a href='https://example.org' ping='https://example.org/p'>x</a>",
    "<a class='button danger' href='https://example.org'>x</a>",
    "<a href=`javascript:alert(1)`>x</a>",
    "<x-y onclick=alert(1)>x</x-y>",
    "<!--<img src='--><img src=x onerror=alert(1)>'-->",
    "<!--><script>alert(1)</script>-->",
    "<!---!><script>alert(1)</script>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!DOCTYPE html [<!ENTITY x '<script>'>]>&x;",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<?php echo 1 ?><script>alert(1)</script>",
    "</p><script>alert(1)</script><p>",
    "</div></body></html><script>alert(1)</script>",
    "<a\n\n<script>alert(1)</script>",
    "<a href='\n\n<img src=x onerror=alert(1)>'>",
    "<div\n\nonclick=alert(1)>\n\nx\n\n</div>",
    "`<script>alert(1)</script>` <script>alert(2)</script>",
    "    <script>alert(1)</script>\n\n<script>alert(2)</script>",
    "``\n<script>alert(1)</script>",
    "<b title='`'><img src=x onerror='alert(1)'>`",
    '[a](https://example.org "x\\" onclick=\\"alert(1)")',
    "[a](https://example.org '\"onmouseover=alert(1) x=\"')",
    '[a](https://example.org/"onclick="alert(1))',
    "[a](https://example.org/' onclick='alert(1))",
    "[a](https://example.org/><script>alert(1)</script>)",
    "[<img src=x onerror=alert(1)>](https://example.org)",
    "[a][<script>alert(1)</script>]\n\n[<script>alert(1)</script>]: https://example.org",
    '[a][b]\n\n[b]: https://example.org "x"><script>alert(1)</script>',
    '![x" onerror="alert(1)](https://example.org/x.png)',
    "![<script>alert(1)</script>](https://example.org/x.png)",
    '![x](x "t" onerror="alert(1)")',
    '![x][y]\n\n[y]: javascript:alert(1) "onerror=alert(1)"',
    'x[^"onclick=alert(1)]\n\n[^"onclick=alert(1)]: note',
    "x[^<script>alert(1)</script>]\n\n[^<script>alert(1)</script>]: note",
    "x[^1]\n\n[^1]: <script>alert(1)</script>",
    "x[^1]\n\n[^1]: [a](javascript:alert(1))",
    "# <script>alert(1)</script>",
    "| <script>alert(1)</script> | b |\n|---|---|\n| <img src=x onerror=alert(1)> | [a](javascript:alert(1)) |",
    "> <script>alert(1)</script>",
    "* <script>alert(1)</script>",
    "**<script>**alert(1)</script>",
    "*<img src=x on*error=alert(1)>",
    "<scr&#105;pt>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\x02wzxhzdk:0\x03<script>alert(1)</script>",
    "\x02klzzwxh:0000\x03<script>alert(1)</script>",
    "\x0260\x03script\x0262\x03alert(1)",
    "zz1337820767766393qq ///Footnotes Go Here///<script>alert(1)</script>",
    "\ufeff<script>alert(1)</script>",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<\u0130mg src=x onerror=alert(1)>",
    "<\ud800script>alert(1)</script>",
]


@pytest.mark.parametrize("markup", MARKUP)
def test_nothing_that_acts_survives(markup):
    html = render_markdown(f"Before.\n\n{markup}\n\nAfter.")

    assert forbidden(html) == []


@pytest.mark.parametrize("address", SCRIPTS_IN_ADDRESSES)
@pytest.mark.parametrize("link", WAYS_TO_WRITE_A_LINK)
def test_a_link_leads_only_to_pages_and_mail(link, address):
    html = render_markdown("See " + link.format(address) + " there.")

    assert forbidden(html) == []


def test_the_check_of_these_tests_sees_what_is_forbidden():
    html = '<p onclick=x>a<script>b</script><a href="javascript:x" id="y">c</a></p>'

    assert forbidden(html) == ["<p onclick>", "<script>", "href=javascript:x", "<a id>", "id=y"]


@given(
    st.lists(
        st.sampled_from([*MARKUP, *SCRIPTS_IN_ADDRESSES, "[", "](", ")", "`", "<", ">", '"', "\n\n", "x"]),
        max_size=6,
    )
)
def test_no_mixture_of_hostile_pieces_survives(pieces):
    html = render_markdown("".join(pieces))

    assert forbidden(html) == []


@given(st.text(alphabet="<>[]()!`*_#|-=\"'&;:/\\ \n\tabhrefscipt1^\x00\ud800\u200b", max_size=120))
def test_any_text_renders_to_allowed_html(text):
    html = render_markdown(text)

    assert forbidden(html) == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Plain words.", "<p>Plain words.</p>"),
        ("*one* **two** `three`", "<p><em>one</em> <strong>two</strong> <code>three</code></p>"),
        (
            "# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n###### f",
            "<h2>a</h2>\n<h2>b</h2>\n<h3>c</h3>\n<h4>d</h4>\n<h4>e</h4>\n<h4>f</h4>",
        ),
        ("<h1>a</h1>", "<h2>a</h2>"),
        ("> Quoted.", "<blockquote>\n<p>Quoted.</p>\n</blockquote>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("one  \ntwo", "<p>one<br>\ntwo</p>"),
        ("    code <b>", "<pre><code>code &lt;b&gt;\n</code></pre>"),
        ("---", "<hr>"),
        ("The <abbr title='General Data'>GD</abbr>.", '<p>The <abbr title="General Data">GD</abbr>.</p>'),
        ("1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
        ("", ""),
    ],
)
def test_what_an_article_needs_is_rendered(text, html):
    assert render_markdown(text) == html


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a?b=1&c=2#d",
        "http://example.org",
        "mailto:desk@example.org",
        "/corrections/",
        "#fn:1",
        "https://example.org/wiki/A_(b)",
    ],
)
def test_a_link_keeps_its_address(address):
    page = LexborHTMLParser(render_markdown(f"[there]({address})"))

    anchor = page.css_first("a")
    assert anchor.attributes == {"href": address, "rel": "noopener"}
    assert anchor.text() == "there"


def test_a_footnote_leads_there_and_back():
    page = LexborHTMLParser(render_markdown("Said so[^memo].\n\n[^memo]: In a memo."))

    reference = page.css_first("sup#fnref\\:memo a.footnote-ref")
    back = page.css_first("div.footnote li#fn\\:memo a.footnote-backref")
    assert reference.attributes["href"] == "#fn:memo"
    assert back.attributes["href"] == "#fnref:memo"


def test_a_table_keeps_its_columns_aligned_without_styles():
    page = LexborHTMLParser(render_markdown("| a | b |\n|:-:|--:|\n| 1 | 2 |"))

    assert [cell.attributes for cell in page.css("td")] == [{"align": "center"}, {"align": "right"}]


@pytest.mark.parametrize(
    "text", ["![the mayor](https://example.org/m.png)", "![the mayor][m]\n\n[m]: https://example.org/m.png"]
)
def test_of_a_picture_the_alternative_text_stays(text):
    assert render_markdown(text) == "<p>the mayor</p>"


@pytest.mark.parametrize(
    "typed",
    ['It\'s "so" -- really...', "“So” – really…", "a\u00a0b", "(c) 1/2 ->", "naïve", "e\u0301", "x\u200by"],
)
def test_typed_characters_stay_as_they_are(typed):
    page = LexborHTMLParser(render_markdown(typed))

    assert page.css_first("p").text() == typed


def test_nothing_is_kept_from_one_text_to_the_next():
    render_markdown("[a]: https://example.org\n\nx[^1]\n\n[^1]: note")

    assert render_markdown("[a] x[^1]") == "<p>[a] x[^1]</p>"


@pytest.mark.parametrize(
    "reference", ["&#1", "&#1;", "&#x1b;", "&#x7F;", "&#65535;", "`&#8;` &#8;", "<b>&#31</b>"]
)
def test_a_reference_never_becomes_a_control_character(reference):
    assert all(character == "\n" or character.isprintable() for character in render_markdown(reference))
