"""The tree of an HTML page, with a mark at each edge of a block and round what is struck through."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from stories.text.language.word_lists import words_in
from stories.text.markup.marks import BLOCK_IN, BLOCK_OUT, BREAK, MARKS
from stories.text.markup.shown import write_as_shown
from stories.text.markup.struck_style import Sheets
from stories.text.struck import STRUCK_IN, STRUCK_OUT, TAGS

_SHADOW_ROOT = re.compile(r"<template(?=\s[^<>]{0,500}?\bshadowrootmode\b)", re.IGNORECASE)
_UNSEEN = (
    "script, style, template, head > *:not(noscript), iframe, object, canvas, audio, video, datalist, "
    "svg title, svg desc, svg metadata, [hidden]:not([hidden='until-found'])"
)
_BLOCKS = words_in(
    "address article aside blockquote body button caption dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup label legend li main nav noscript ol optgroup option p pre search "
    "section select summary table tbody td textarea tfoot th thead tr ul"
)


def tree_of(markup: str) -> tuple[LexborHTMLParser, str]:
    """The tree of what can be seen, what is struck through marked in it, and the title of the page. Linear.

    Scripts, styles, templates and what is `hidden` are out of it, and nothing else.
    """
    if any(mark in markup for mark in MARKS):
        markup = markup.translate(dict.fromkeys(map(ord, MARKS)))
    if "shadowrootmode" in markup:
        # Its content is shown in place of the element's own; as a template it would not be in the tree at all.
        markup = _SHADOW_ROOT.sub("<div", markup)
    encoded = markup.encode("utf-8", "ignore")
    tree = LexborHTMLParser(encoded)
    title = tree.css_first("head > title") or tree.css_first("title")
    told = tidied(title.text()) if title else ""
    # Only the ASCII letters of bytes are made small: CSS asks for no more, and it takes a quarter of the time.
    lower = encoded.lower()
    if b"line-through" in lower or b"deletion" in lower:
        _mark_struck_by_look_or_role(tree)
    _take_out_unseen(tree)
    return tree, told


def mark_edges(tree: LexborHTMLParser) -> list[LexborNode]:
    """The blocks of the page in order, after a mark was put before and behind each."""
    write_as_shown(tree, BREAK)
    # A list of selectors would be held against each element one by one, which takes ten times as long.
    known = [(node, tag) for node in tree.css("*") if (tag := node.tag) in _BLOCKS or tag in TAGS]
    nodes = [node for node, tag in known if tag in _BLOCKS]
    for node in nodes:
        node.insert_before(BLOCK_IN)
        node.insert_after(BLOCK_OUT)
    for node, tag in known:
        if tag in TAGS:
            node.insert_before(STRUCK_IN)
            node.insert_after(STRUCK_OUT)
    for node in tree.css("br, hr"):
        node.insert_before(BREAK)
    return nodes


def raw_text(tree: LexborHTMLParser) -> str:
    """All of its text as it stands there, marks and white space included."""
    root = tree.root
    return root.text(deep=True, separator="", strip=False) if root else ""


def tidied(text: str) -> str:
    """With one space for each run of white space, and none at its ends."""
    # Of all white space only the space itself is printable, and most paragraphs have no other, and no two in a row.
    return text.strip(" ") if text.isprintable() and "  " not in text else " ".join(text.split())


def _take_out_unseen(tree: LexborHTMLParser) -> None:
    for node in tree.css(_UNSEEN):
        # A page that is hidden as a whole is one whose script shows it.
        if node.tag != "html":
            node.decompose()


def _mark_struck_by_look_or_role(tree: LexborHTMLParser) -> None:
    """Put marks round what a style or its role (WAI-ARIA, `deletion`) says is struck through."""
    sheets = Sheets.of(node.text() for node in tree.css("style") if node.attributes.get("media") != "print")
    found = {node.mem_id: node for selector in sheets.selectors() for node in tree.css(selector)}
    for node in found.values():
        if node.tag not in TAGS and sheets.strike(node.tag, node.attributes):
            node.insert_before(STRUCK_IN)
            node.insert_after(STRUCK_OUT)
