"""Which elements of a page are frame rather than content: navigation, advertising, related links and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from selectolax.lexbor import LexborNode

from .word_lists import words_in

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
    "meter nav onetrust outbrain pagination popup promo promos popular promoted "
    "recirc recommend recommendations recommended "
    "related share sharing sidebar signup skip social sponsor sponsored subscribe taboola tags ticker "
    "toast toc toolbar trending"
)
_FRAME_WORDS_OUTSIDE_CONTENT = words_in("sidebar")
# These are content unless the page has its content elsewhere.
_FRAME_WORDS_BESIDE_CONTENT = words_in("weather wetter meteo replies commentlist")
_FRAME_HEADINGS = frozenset((
    "most read", "most popular", "most viewed", "most shared", "most commented", "trending", "trending now",
    "popular now", "related stories", "related articles", "recommended for you", "you may also like",
    "you might also like", "read next", "meistgelesen", "meist gelesen", "am meisten gelesen",
    "das könnte sie auch interessieren", "mehr zum thema", "les plus lus", "les plus lues", "à lire aussi",
    "lire aussi", "lo más leído", "más leídas", "i più letti", "più letti", "mais lidas", "meest gelezen",
))  # fmt: skip
_HEADINGS_OF_COMMENTS = frozenset((
    "comment", "comments", "replies", "leave a comment", "kommentar", "kommentare", "commentaire", "commentaires",
    "comentarios", "comentários", "commenti", "reacties",
))  # fmt: skip
_FRAME_HEADINGS_BESIDE_CONTENT = _HEADINGS_OF_COMMENTS | {
    "popular", "related", "recommended", "weather", "wetter", "météo", "more stories", "related news", "top stories",
    "latest news",
}  # fmt: skip
_HEADINGS = words_in("h2 h3 h4 h5 h6")
_HEADED = words_in("section aside div")
_LONGEST_HEADING = 60
_MOST_BEFORE_HEADING = 10
_NOT_ELEMENTS = ("-text", "-comment")
_NOT_OF_HEADING = re.compile(r"[^\w\s]|[\d_\ue010-\ue014]")
_COMMENTS = re.compile(
    r"(?:^|\s)(?:comments|comments?[_-]?(?:list|section|area|thread|stream)|disqus_thread|replies)(?:$|\s)"
)
# Names that are told by more than one word, or that their makers write as one.
_FRAME_NAME = re.compile(
    r"cookie|consent|didomi|usercentrics|trustarc|truste_|iubenda|klaro|quantcast|qc-cmp|sp_message|osano|termly|borlabs"
    r"|disqus|(?:^|[\s_-])comment-?(?:list|section|area|thread|stream)|adsbygoogle|google_ads|div-gpt|(?:^|[\s_-])(?:more-(?:stories|news|from|articles|like)|read-(?:next|more|also)"
    r"|also-(?:read|like)|you-may|up-next|top-stories|latest-(?:news|stories)|(?:app|smart)-?banner)"
)
# A box that asks for consent may be larger than all that a short page has to say.
_CONSENT_BOX = re.compile(
    r"(?:cookie|consent|gdpr)s?[_-]?(?:banner|bar|box|notice|popup|layer|overlay|consent|manager|message|dialog|modal)"
    r"|(?:^|[\s_-])cmp(?:$|[\s_-])|didomi|usercentrics|onetrust|iubenda|klaro|sp_message|osano|borlabs"
)
_LARGEST_CONSENT_BOX = 0.9
_MAY_BE_FRAME = "nav, footer, header, aside, button, select, dialog, search, menu, [role], [class], [id]"
_WORD = re.compile(r"\w")
_NAME_PARTS = re.compile(r"[a-z]+")
_LARGEST_FRAME = 0.4
_MOST_PARENTS = 60
_MOST_MEASURED = 20
_MOST_INSIDE = 200
_LONGEST_NAMES = 300
_NEVER_FRAME = words_in("html body main article")
_HOLDS_CONTENT = "main, article, h1"


class Frames:
    """Tells for the elements of one page of `length` characters whether they stand in its frame.

    Each element is looked at once. To see how large one is costs its text, at most twenty times that of the page.
    """

    def __init__(self, length: int) -> None:
        self._length = length
        self._left_to_measure = _MOST_MEASURED * length
        self._left_inside = _MOST_MEASURED * _MOST_INSIDE
        self._is_frame: dict[int, bool] = {}
        self._has_link: dict[int, bool] = {}
        self._known: dict[int, tuple[bool, bool]] = {}
        self._round_content: frozenset[int] | None = None
        self._frames_inside: dict[int, tuple[str, ...]] = {}

    def hold(self, node: LexborNode) -> bool:
        """Is `node`, or anything that it stands in, frame?"""
        return self._known_of(node)[0]

    def is_in_link(self, node: LexborNode) -> bool:
        """Is `node` inside of a link?"""
        return self._known_of(node)[1]

    def has_link(self, node: LexborNode) -> bool:
        """Is there a link inside of `node`?"""
        if node.mem_id not in self._has_link:
            self._has_link[node.mem_id] = node.css_first("a") is not None
        return self._has_link[node.mem_id]

    def _known_of(self, node: LexborNode) -> tuple[bool, bool]:
        above: list[LexborNode] = []
        at: LexborNode | None = node
        while at is not None and at.mem_id not in self._known:
            above.append(at)
            at = at.parent
        in_frame, in_link = self._known[at.mem_id] if at is not None else (False, False)
        for inner in reversed(above):
            in_frame = in_frame or self._is_one(inner)
            in_link = in_link or inner.tag == "a"
            self._known[inner.mem_id] = in_frame, in_link
        return in_frame, in_link

    def are_all_of(self, node: LexborNode, line: str) -> bool:
        """Do elements of the frame inside of `node` make up the whole line?"""
        if node.mem_id not in self._frames_inside:
            texts = sorted(self._texts_inside(node), key=len, reverse=True)
            self._frames_inside[node.mem_id] = tuple(texts)
        texts_inside = self._frames_inside[node.mem_id]
        for text in texts_inside:
            line = line.replace(text, "", 1)
        return bool(texts_inside) and not _WORD.search(line)

    def _texts_inside(self, node: LexborNode) -> Iterator[str]:
        for inner in node.css(_MAY_BE_FRAME)[: min(_MOST_INSIDE, self._left_inside)]:
            self._left_inside -= 1
            if self._is_one(inner) and (text := " ".join(inner.text().split())):
                yield text

    def _is_one(self, node: LexborNode) -> bool:
        if node.mem_id not in self._is_frame:
            self._is_frame[node.mem_id] = self._look_at(node)
        return self._is_frame[node.mem_id]

    def _look_at(self, node: LexborNode) -> bool:
        kind = _kind_of_frame(node) or self._kind_by_place(node)
        if not kind or self._left_to_measure <= 0:
            return False
        size = len(node.text())
        self._left_to_measure -= size
        if kind == "hinted" and _holds_comments(node) and self._is_beside_content(node):
            # However many they are, and each may be an <article> of its own.
            return node.css_first("main, h1") is None
        largest = _LARGEST_CONSENT_BOX if _CONSENT_BOX.search(_names_of(node)) else _LARGEST_FRAME
        is_small = kind == "named" or size <= largest * self._length
        return is_small and node.css_first(_HOLDS_CONTENT) is None

    def _kind_by_place(self, node: LexborNode) -> Literal["", "hinted"]:
        """Is the element frame by its heading or its names, if it stands outside of the content?"""
        if node.tag in _NEVER_FRAME:
            return ""
        heading = _heading_of(node) if node.tag in _HEADED else ""
        if heading in _FRAME_HEADINGS:
            return "" if _is_inside_content(node) else "hinted"
        words = _FRAME_WORDS_BESIDE_CONTENT.intersection(_NAME_PARTS.findall(_names_of(node)))
        is_hinted = words or heading in _FRAME_HEADINGS_BESIDE_CONTENT
        return "hinted" if is_hinted and self._is_beside_content(node) else ""

    def _is_beside_content(self, node: LexborNode) -> bool:
        """Has the page a `<main>` or `<article>` that stands neither round `node` nor in it?"""
        if self._round_content is None:
            self._round_content = frozenset(_round_first_content(node))
        return (
            bool(self._round_content)
            and node.mem_id not in self._round_content
            and not _is_inside_content(node)
        )


def _round_first_content(node: LexborNode) -> Iterator[int]:
    """The first `<main>` or `<article>` of the page of `node`, and what it stands in."""
    root = node.parser.root
    at = root.css_first("main, article") if root is not None else None
    while at is not None:
        yield at.mem_id
        at = at.parent


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
    names = _names_of(node)
    words = _FRAME_WORDS.intersection(_NAME_PARTS.findall(names))
    if words and words <= _FRAME_WORDS_OUTSIDE_CONTENT and _is_inside_content(node):
        return ""
    return "hinted" if words or _FRAME_NAME.search(names) or _CONSENT_BOX.search(names) else ""


def _heading_of(node: LexborNode) -> str:
    """The heading that an element begins with, in lower case and without a count; "" if it begins otherwise."""
    first = node.first_child
    for _ in range(_MOST_BEFORE_HEADING):
        if (
            first is None
            or first.tag not in _NOT_ELEMENTS
            or _WORD.search(first.text_content or "" if first.tag == "-text" else "")
        ):
            break
        first = first.next
    if first is None or first.tag not in _HEADINGS:
        return ""
    heading = first.text()
    if len(heading) > _LONGEST_HEADING:
        return ""
    return " ".join(_NOT_OF_HEADING.sub(" ", heading.lower()).split())


def _holds_comments(node: LexborNode) -> bool:
    return bool(_COMMENTS.search(_names_of(node))) or _heading_of(node) in _HEADINGS_OF_COMMENTS


def _names_of(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()[:_LONGEST_NAMES]


def _is_inside_content(node: LexborNode) -> bool:
    parent = node.parent
    for _ in range(_MOST_PARENTS):
        if parent is None:
            return False
        if parent.tag in ("main", "article"):
            return True
        parent = parent.parent
    return False
