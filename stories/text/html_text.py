"""All that a reader can see of an HTML page, block by block, and which blocks are frame rather than content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .html_depth import flat_blocks, is_too_deep
from .word_lists import words_in

# Private characters that mark places in the page's text while it is read; taken out of the page itself first.
_MARKS = "\ue010\ue011\ue012\ue013\ue014"
_BREAK, _FRAME_IN, _FRAME_OUT, _LINK_IN, _LINK_OUT = tuple(_MARKS)

_UNSEEN = (
    "script, style, template, head > *:not(noscript), iframe, object, canvas, audio, video, datalist, "
    "svg title, svg desc, svg metadata, [hidden]:not([hidden='until-found'])"
)
_BLOCKS = (
    "address, article, aside, blockquote, body, button, caption, dd, details, dialog, div, dl, dt, fieldset, "
    "figcaption, figure, footer, form, h1, h2, h3, h4, h5, h6, header, hgroup, label, legend, li, main, nav, "
    "noscript, ol, optgroup, option, p, pre, search, section, select, summary, table, tbody, td, textarea, "
    "tfoot, th, thead, tr, ul"
)
_FRAME_ELEMENTS = words_in("nav footer button select dialog search menu header aside")
# These are part of the content where they stand inside of it.
_FRAME_OUTSIDE_CONTENT = words_in("footer header aside")
_FRAME_ROLES = words_in(
    "navigation banner contentinfo search dialog alertdialog toolbar menu menubar tablist button timer "
    "marquee"
)
# Words of classes and ids. Only such as no one calls the content itself: a "teaser" may be the lead paragraph.
_FRAME_WORDS = words_in(
    "ad ads advert advertisement advertising adslot breadcrumb breadcrumbs comments consent cookie "
    "cookies cookiebar cookiebanner gdpr masthead modal mostread mostpopular navbar navigation newsletter "
    "nav onetrust outbrain pagination popup popular promoted recirc recommend recommendations recommended "
    "related share sharing sidebar signup skip social sponsor sponsored subscribe taboola tags ticker "
    "toast toc toolbar trending"
)
_MAY_BE_FRAME = "nav, footer, header, aside, button, select, dialog, search, menu, [role], [class], [id]"
_NAME_PARTS = re.compile(r"[a-z]+")
_LARGEST_FRAME = 0.4
_MOST_PARENTS = 60
_MOST_MEASURED = 20
_LONGEST_NAMES = 300
_NEVER_FRAME = words_in("html body main article")
_HOLDS_CONTENT = "main, article, h1"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of text; `in_frame` if it is navigation, advertising and the like, `is_link` if it only leads on."""

    text: str
    in_frame: bool
    is_link: bool


def html_text(markup: str) -> tuple[str, str]:
    """The title of the page, and its visible text with a line for each block.

    Scripts, styles, templates and what is `hidden` are left out, and nothing else. Markup that is nested so
    deeply that a tree would cost quadratic time is read flat, tag by tag; so the work is linear in its length.
    """
    if is_too_deep(markup):
        title, blocks = flat_blocks(markup)
        return title, "\n".join(blocks)
    tree, title = _tree(markup)
    return title, "\n".join(line for line in map(_tidy, _raw_text(tree).split(_BREAK)) if line)


def html_blocks(markup: str) -> list[Block]:
    """The same text with what is known of each block; takes some two to three times as long."""
    if is_too_deep(markup):
        return [Block(text, in_frame=False, is_link=False) for text in flat_blocks(markup)[1]]
    tree, _ = _tree(markup)
    for link in tree.css("a[href]"):
        _enclose(link, _LINK_IN, _LINK_OUT)
    length = len(tree.body.text()) if tree.body else 0
    # Frames inside frames inside frames must not make us measure the same text a thousand times.
    left_to_measure = _MOST_MEASURED * length
    for node in tree.css(_MAY_BE_FRAME):
        if left_to_measure > 0 and (kind := _kind_of_frame(node)):
            size = len(node.text())
            left_to_measure -= size
            if (kind == "named" or size <= _LARGEST_FRAME * length) and node.css_first(
                _HOLDS_CONTENT
            ) is None:
                _enclose(node, _FRAME_IN, _FRAME_OUT)
    return _read_blocks(_raw_text(tree))


def _tree(markup: str) -> tuple[LexborHTMLParser, str]:
    if any(mark in markup for mark in _MARKS):
        markup = markup.translate(dict.fromkeys(map(ord, _MARKS)))
    tree = LexborHTMLParser(markup)
    title = tree.css_first("head > title") or tree.css_first("title")
    told = _tidy(title.text()) if title else ""
    for node in tree.css(_UNSEEN):
        node.decompose()
    for node in tree.css("pre, textarea"):
        _keep_lines(node)
    for node in tree.css("sup"):
        _bracket_footnote(node)
    for node in tree.css(_BLOCKS):
        node.insert_before(_BREAK)
        node.insert_after(_BREAK)
    for node in tree.css("br, hr"):
        node.insert_before(_BREAK)
    return tree, told


def _raw_text(tree: LexborHTMLParser) -> str:
    root = tree.root
    return root.text(deep=True, separator="", strip=False) if root else ""


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _enclose(node: LexborNode, before: str, after: str) -> None:
    node.insert_before(before)
    node.insert_after(after)


def _keep_lines(node: LexborNode) -> None:
    for inner in list(node.traverse(include_text=True)):
        if inner.tag == "-text" and "\n" in (inner.text_content or ""):
            inner.replace_with((inner.text_content or "").replace("\n", _BREAK))


def _bracket_footnote(node: LexborNode) -> None:
    """A raised figure that leads to a note becomes [1], so that it is not read as part of the word before it."""
    mark = node.text().strip()
    leads_on = node.css_first("a") is not None or (node.parent is not None and node.parent.tag == "a")
    if leads_on and 0 < len(mark) <= 3 and mark.isalnum():
        node.insert_before("[")
        node.insert_after("]")


def _kind_of_frame(node: LexborNode) -> Literal["", "named", "hinted"]:
    """Does the element say that it is frame: by its name or role, or by the words of its class and id?"""
    if node.tag in _NEVER_FRAME:
        return ""
    attributes = node.attributes
    role = attributes.get("role")
    if role in _FRAME_ROLES:
        return "named"
    if node.tag in _FRAME_ELEMENTS and not (node.tag in _FRAME_OUTSIDE_CONTENT and _is_inside_content(node)):
        return "named"
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()[:_LONGEST_NAMES]
    return "" if _FRAME_WORDS.isdisjoint(_NAME_PARTS.findall(names)) else "hinted"


def _is_inside_content(node: LexborNode) -> bool:
    parent = node.parent
    for _ in range(_MOST_PARENTS):
        if parent is None:
            return False
        if parent.tag in ("main", "article"):
            return True
        parent = parent.parent
    return False


def _read_blocks(raw: str) -> list[Block]:
    blocks = []
    frames = 0
    in_link = False
    for line in raw.split(_BREAK):
        in_frame = frames > 0
        text: list[str] = []
        linked = 0
        for piece in re.split(f"([{_FRAME_IN}-{_LINK_OUT}])", line):
            if piece == _FRAME_IN:
                frames += 1
                in_frame = in_frame or not "".join(text).strip()
            elif piece == _FRAME_OUT:
                frames -= 1
            elif piece in (_LINK_IN, _LINK_OUT):
                in_link = piece == _LINK_IN
            else:
                text.append(piece)
                linked += len(piece.strip()) if in_link else 0
        told = _tidy("".join(text))
        if told:
            blocks.append(Block(told, in_frame=in_frame, is_link=linked >= 0.8 * len(told)))
    return blocks
