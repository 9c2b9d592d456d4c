"""Which elements of a page are frame rather than content: navigation, advertising, related links and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from selectolax.lexbor import LexborNode

from stories.text.language.frame_words import (
    CONSENT_BOX,
    FOOTER_NAME,
    FRAME_ELEMENTS,
    FRAME_HEADINGS,
    FRAME_HEADINGS_BESIDE_CONTENT,
    FRAME_HEADINGS_OF_LINKS,
    FRAME_NAME,
    FRAME_OUTSIDE_CONTENT,
    FRAME_PROPERTIES,
    FRAME_ROLES,
    FRAME_WORDS,
    FRAME_WORDS_BESIDE_CONTENT,
    FRAME_WORDS_OF_LINKS,
    FRAME_WORDS_OUTSIDE_CONTENT,
    HEADINGS_OF_BOARDS,
    HEADINGS_OF_COMMENTS,
    JOINED_FRAME_NAME,
    LABELS_OF_ADVERTS,
    MARKET_INDEX,
    MORE_OF_IT,
    NAMES_OF_CONTENT,
    NEWSLETTER_BOX,
    NEWSLETTER_HEADING,
    READ_MORE,
    TOPICS,
    TOPICS_OF_ADVERTS,
)
from stories.text.language.word_lists import words_in
from stories.text.markup.asking import Asked, asked_by, can_be_agreed_to
from stories.text.markup.comments import are_below_a_story, holds_comments
from stories.text.markup.heading import (
    begins_with_line,
    has_count,
    has_figure,
    heading_before,
    heading_of,
    label_of,
)
from stories.text.markup.inside import (
    MOST_INSIDE,
    WORD,
    from_here_up,
    has_links,
    holds_the_story,
    is_inside,
    is_linked_on,
    told_by_the_page,
)
from stories.text.markup.marks import NO_MARKS
from stories.text.markup.section import is_headed, is_named_alike, sections_alike, tell_beside, tells

_LONGEST_BOARD = 600
# By these a list of readers' comments is known inside of the content, where "Comments" may head a part of a report.
_OF_COMMENTERS = "form, textarea, button, time, [class*=comment], [class*=reply], [id*=comment]"
_OF_READERS = "form, textarea, time, [class*=reply]"
_HEADED = words_in("section aside div")
_ANCHORED = words_in("h2 h3 h4 h5 h6 li dt dd")
_UNFOLDING = ("h2", "h3", "h4", "h5", "h6", "dt")
_LARGEST_CONSENT_BOX = 0.9
_LONGEST_ASKING_BOX = 1_000
_MOST_ROUND_ASKING = 4
_LONGEST_ADVERT = 250
_LEAST_LINKS = 2
_MAY_BE_FRAME = (
    "nav, footer, header, aside, button, select, dialog, search, menu, [role], [class], [id], [itemprop]"
)
# Between figures letters are drawn by lot, as in "css-x7nav9", but for a size: "ad300x250".
_NAME_PARTS = re.compile(r"(?<![a-z\d])[a-z]+(?=\d*(?:x\d+)?(?![a-z\d]))")
_LARGEST_FRAME = 0.4
_COST_OF_A_LINK = 20
_MOST_MEASURED = 20
_LONGEST_NAMES = 300
_NEVER_FRAME = words_in("html body main article")
_HOLDS_CONTENT = "main, article, h1"
_COMMENT = "comment"


class Frames:
    """Tells for the elements of one page of `length` characters whether they stand in its frame.

    Each element is looked at once. To see how large one is, and whether it asks for something, costs its text: each at
    most twenty times that of the page.
    """

    def __init__(self, length: int) -> None:
        self._length = length
        self._left_to_measure = _MOST_MEASURED * length
        self._left_to_ask = _MOST_MEASURED * length
        self._left_inside = _MOST_MEASURED * MOST_INSIDE
        self._asked: dict[int, Asked] = {}
        self._is_frame: dict[int, bool] = {}
        self._has_link: dict[int, bool] = {}
        self._known: dict[int, tuple[bool, bool]] = {}
        self._content_tags: tuple[str, ...] = ()
        self._round_content: frozenset[int] | None = None
        self._frames_inside: dict[int, tuple[str, ...]] = {}
        self._told_on_page: int | None = None

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
        return bool(texts_inside) and not WORD.search(line)

    def asked_by(self, node: LexborNode) -> Asked:
        """What `node`, or a box that is close round it, asks for; empty if it asks for nothing."""
        at: LexborNode | None = node
        for _ in range(_MOST_ROUND_ASKING):
            if at is None or at.tag in _NEVER_FRAME:
                return ""
            if at.mem_id not in self._asked:
                self._asked[at.mem_id] = self._asked_in(at)
            if asked := self._asked[at.mem_id]:
                return asked
            at = at.parent
        return ""

    def _asked_in(self, node: LexborNode) -> Asked:
        if self._left_to_ask <= 0:
            return ""
        told = node.text(separator=" ")
        self._left_to_ask -= len(told)
        is_box = len(told) <= min(_LONGEST_ASKING_BOX, _LARGEST_FRAME * self._length)
        if not is_box or node.css_first(_HOLDS_CONTENT) is not None:
            return ""
        asked = asked_by(node, told)
        # What a policy says of cookies may have a button to take one's consent back.
        is_told = asked == "consent" and any(not _kind_of_frame(it) for it in self._sections_alike(node))
        return "" if is_told else asked

    def _texts_inside(self, node: LexborNode) -> Iterator[str]:
        for inner in node.css(_MAY_BE_FRAME)[: min(MOST_INSIDE, self._left_inside)]:
            self._left_inside -= 1
            if self._is_one(inner) and (text := " ".join(inner.text().translate(NO_MARKS).split())):
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
        if kind == "hinted" and self._tells_of_its_name(node):
            return False
        if (
            kind == "hinted"
            and holds_comments(node, _names_of(node))
            and (self.stands_beside_content(node) or are_below_a_story(node, self._length - size))
        ):
            # However many they are, and each may be an <article> of its own.
            return node.css_first("main, h1") is None
        if kind == "hinted" and _is_named_as_leading_on(node):
            links = node.css("a")[:MOST_INSIDE]
            self._left_to_measure -= _COST_OF_A_LINK * len(links)
            if not is_linked_on(node, links):
                return False
        names = _names_of(node)
        # Who asks can be answered; a policy that the same maker wrote may have nothing to press.
        asks_for_consent = CONSENT_BOX.search(names) is not None and can_be_agreed_to(node)
        largest = _LARGEST_CONSENT_BOX if asks_for_consent else _LARGEST_FRAME
        if kind == "hinted" and size > largest * self._length:
            return False
        is_of_others = kind == "named" or asks_for_consent or _COMMENT in names or holds_comments(node, names)
        return node.css_first(_HOLDS_CONTENT) is None and (is_of_others or not self._holds_the_story(node))

    def _tells_of_its_name(self, node: LexborNode) -> bool:
        """Is it a part of a text, named after what it tells of, as policies have them on cookies and newsletters?

        A box of that name has hardly a sentence, or leads on, or asks for something.
        """
        names = _names_of(node)
        found = FRAME_WORDS.intersection(_NAME_PARTS.findall(names))
        found |= {_NAME_PARTS.findall(match[0])[0] for match in FRAME_NAME.finditer(names)}
        is_box = NEWSLETTER_BOX.search(names) is not None
        if is_box or not found or not found <= TOPICS or is_inside(node, ("a",)):
            return False
        if not (
            tells(node) or any(is_named_alike(node, it) and tells(it) for it in self._sections_alike(node))
        ):
            return False
        if CONSENT_BOX.search(names):
            return any(not CONSENT_BOX.search(_names_of(other)) for other in self._sections_alike(node))
        if _COMMENT in names:
            is_by_readers = node.css_first(_OF_READERS) is not None
            return not is_by_readers and any(map(tells, self._sections_alike(node)))
        if is_headed(node):
            return True
        # No advertisement is without a link.
        is_of_adverts = not found.isdisjoint(TOPICS_OF_ADVERTS) and node.css_first("a[href]") is not None
        return not is_of_adverts and tell_beside(node)

    def _sections_alike(self, node: LexborNode) -> list[LexborNode]:
        others = list(sections_alike(node))
        self._left_to_measure -= sum(len(other.text()) for other in others)
        return others

    def _holds_the_story(self, node: LexborNode) -> bool:
        """Has a box that is frame by its name most of what the page tells, what its readers say left out?"""
        if self._told_on_page is None:
            root = node.parser.root
            self._told_on_page = told_by_the_page(root) if root is not None else 0
        return holds_the_story(node, self._told_on_page)

    def _kind_by_place(self, node: LexborNode) -> Literal["", "hinted"]:
        """Is the element frame by its heading or its names, if it stands outside of the content?"""
        if node.tag in _NEVER_FRAME:
            return ""
        heading = heading_of(node) if node.tag in _HEADED else heading_before(node)
        if NEWSLETTER_HEADING.search(heading) and len(node.text()) <= _LONGEST_BOARD:
            return "hinted"
        label = heading or (label_of(node) if node.tag in _HEADED else "")
        if (
            label in LABELS_OF_ADVERTS
            and begins_with_line(node)
            and len(node.text()) <= _LONGEST_ADVERT
            # A heading of that name may also be that of a chapter on advertising.
            and (not heading or has_links(node, 1))
        ):
            return "hinted"
        if MORE_OF_IT.fullmatch(label) and not has_figure(node) and has_links(node, _LEAST_LINKS):
            return "hinted"
        if label in FRAME_HEADINGS or (heading in HEADINGS_OF_BOARDS and _is_board(node)):
            # In an <article> it may be what the article is about; a <main> often holds more than one thing.
            is_of_story = is_inside(node, ("article",)) and len(node.css("a[href]")) < _LEAST_LINKS
            return "" if is_of_story else "hinted"
        if heading in HEADINGS_OF_COMMENTS and (has_count(node) or node.css_first(_OF_COMMENTERS)):
            return "hinted"
        words = FRAME_WORDS_BESIDE_CONTENT.intersection(_NAME_PARTS.findall(_names_of(node)))
        is_hinted = (
            words
            or label in FRAME_HEADINGS_BESIDE_CONTENT
            or (label in FRAME_HEADINGS_OF_LINKS and node.css_first("a[href]") is not None)
        )
        return "hinted" if is_hinted and self.stands_beside_content(node) else ""

    def stands_beside_content(self, node: LexborNode) -> bool:
        """Has the page a `<main>` or `<article>` that stands neither round `node` nor in it?

        An `<article>` that has the title and the story leaves the rest of its `<main>` beside the content.
        """
        if self._round_content is None:
            root = node.parser.root
            article = _article_of_title(root)
            self._content_tags = ("main", "article") if article is None else ("article",)
            content = root.css_first("main, article") if article is None and root is not None else article
            self._round_content = frozenset(inner.mem_id for inner in from_here_up(content))
        return (
            bool(self._round_content)
            and node.mem_id not in self._round_content
            and not is_inside(node, self._content_tags)
        )


def _article_of_title(root: LexborNode | None) -> LexborNode | None:
    """The `<article>` that has the title, unless more of its `<main>` stands beside it, comments and frame aside.

    Linear: each element beside it is measured once.
    """
    title = root.css_first("article h1") if root is not None else None
    article = next((node for node in from_here_up(title) if node.tag == "article"), None)
    beside = 0
    for node in from_here_up(article):
        if node.tag == "main":
            return article if article is not None and beside <= len(article.text()) else None
        beside += sum(len(other.text()) for other in _others_beside(node))
    return article


def _others_beside(node: LexborNode) -> Iterator[LexborNode]:
    """The other elements of its parent that do not say that they are frame or comments."""
    for other in node.parent.iter() if node.parent is not None else ():
        if other.mem_id != node.mem_id and not (
            _kind_of_frame(other) or holds_comments(other, _names_of(other))
        ):
            yield other


def _kind_of_frame(node: LexborNode) -> Literal["", "named", "hinted"]:
    """Does the element say that it is frame: by its name, role or property, or by the words of its class and id?"""
    if node.tag in _NEVER_FRAME:
        return ""
    attributes = node.attributes
    role = attributes.get("role")
    if role in FRAME_ROLES or attributes.get("itemprop") in FRAME_PROPERTIES:
        return "named"
    if node.tag in FRAME_ELEMENTS and not (
        (node.tag in FRAME_OUTSIDE_CONTENT and _is_inside_content(node)) or _unfolds(node)
    ):
        return "named"
    names = _names_of(node)
    words = FRAME_WORDS.intersection(_NAME_PARTS.findall(names))
    if words and words <= FRAME_WORDS_OUTSIDE_CONTENT and _is_inside_content(node):
        return ""
    if words or any(known.search(names) for known in (FRAME_NAME, CONSENT_BOX, NEWSLETTER_BOX)):
        return "hinted"
    return "hinted" if FOOTER_NAME.search(names) and not _is_inside_content(node) else ""


def _unfolds(node: LexborNode) -> bool:
    """Is it the heading of a part of the text that is folded away, as of an accordion?"""
    if node.tag != "button" or "aria-expanded" not in node.attributes:
        return False
    return is_inside(node, _UNFOLDING)


def _is_named_as_leading_on(node: LexborNode) -> bool:
    """Is it its leading on alone that says of the element that it is frame?"""
    names = _names_of(node)
    words = FRAME_WORDS.intersection(_NAME_PARTS.findall(names))
    found = {match[0].lstrip(" _-") for match in FRAME_NAME.finditer(names)}
    return bool(words or found) and words <= FRAME_WORDS_OF_LINKS and found <= {READ_MORE}


def _is_board(node: LexborNode) -> bool:
    told = node.text()
    return len(told) <= _LONGEST_BOARD and MARKET_INDEX.search(told) is not None


def _names_of(node: LexborNode) -> str:
    attributes = node.attributes
    # The id of a heading or an item is an anchor to it, and made of its own words.
    anchor = "" if node.tag in _ANCHORED else attributes.get("id") or ""
    names = f"{attributes.get('class') or ''} {anchor}"[:_LONGEST_NAMES]
    if not names.strip():
        return ""
    if not names.islower():
        names = JOINED_FRAME_NAME.sub(r"\g<0>-", names).lower()
    return NAMES_OF_CONTENT.sub("", names)


def _is_inside_content(node: LexborNode) -> bool:
    return is_inside(node, ("main", "article"))
