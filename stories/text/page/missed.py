"""Would a reader miss what came to a page or went from it, or is it of the frame, or a link to something else?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import Indel

from stories.text.markup.item import Item
from stories.text.markup.text import Block
from stories.text.noise.page_furniture import behind_its_label
from stories.text.page.outcome import Copy

_LABELS_OF_FRAMES = frozenset((
    "ad", "ads", "advertisement", "advertisements", "sponsored", "promoted", "anzeige", "werbung", "publicité",
    "publicidad", "pubblicità", "advertentie", "related", "recommended", "trending", "share", "share this", "comments",
    "on this page", "read more", "read next", "most read", "most popular", "more stories", "related stories",
    "related articles", "you may also like", "sign up", "skip to content", "mehr zum thema", "lire aussi",
))  # fmt: skip
_WORDS = re.compile(r"\w+")
_EDITED = 0.6
_MOST_LINKS = 200
_LONGEST_LINK = 300
# The masked form of each line, and the line.
Lines = list[tuple[str, str]]


def in_content(lines: Lines, copy: Copy) -> Lines:
    """The lines that stand nowhere in the frame. Linear."""
    if copy.extract.kind != "html":
        return lines
    blocks = copy.page.blocks({line for _, line in lines})
    frame = {block.text for block in blocks if not _is_prose(block)}
    return [(key, line) for key, line in lines if line not in frame]


def prose_among(lines: set[str], copy: Copy) -> set[str]:
    """Those of the lines of an HTML page that stand in its content. Linear."""
    return {block.text for block in copy.page.blocks(lines) if _is_prose(block)}


def would_be_missed(gone: Lines, before: Copy, come: Lines, after: Copy) -> bool:
    """Is any of the lines that came or went one that a reader would miss? Linear, but for links: 200 with 200."""
    if after.extract.kind != "html":
        return True
    sides = [
        ({line for _, line in lines}, copy, other)
        for lines, copy, other in ((come, after, before), (gone, before, after))
        if lines
    ]
    # A figure that stands beside another label came and went.
    moved = {line for _, line in come} & {line for _, line in gone}
    read, cards = list[list[Block]](), list[set[tuple[str, ...]]]()
    for lines, copy, other in sides:
        blocks, led = list[Block](), set[tuple[str, ...]]()
        twice = (lines - moved) & (other.distinct_lines if other.extract.kind == "html" else frozenset())
        for block in _without_what_stays(copy.page.blocks(lines), twice, other):
            if _is_prose(block) and block.card and lines.issuperset(block.card):
                led.add(block.card)
            elif _is_prose(block) and not _leads_on_with_its_day(block, lines):
                return True
            else:
                blocks.append(block)
        read.append(blocks)
        cards.append(led)
    if len(read) < 2:
        return any(cards) or any(map(_is_prose, *read))
    # What a card tells comes and goes with the headline of another story, for that of one before.
    is_exchanged = len(cards[0]) == len(cards[1])
    return not is_exchanged or not _rolls(*read) or _has_edited_link(_links(*read), _links(*reversed(read)))


def _without_what_stays(blocks: Iterator[Block], twice: set[str], other: Copy) -> Iterator[Block]:
    """The blocks without those of the content that stand in the content of the other side as well, each for one.

    What is a headline and stands in a menu, too, may come or go there alone. `twice` are the lines of both sides.
    """
    stay = (
        Counter(block.text for block in other.page.blocks(twice) if _is_prose(block)) if twice else Counter()
    )
    for block in blocks:
        if _is_prose(block) and stay[block.text] > 0:
            stay[block.text] -= 1
        else:
            yield block


def _leads_on_with_its_day(block: Block, lines: set[str]) -> bool:
    """Does the block tell no more than the day of an item of which the links came or went, too?"""
    if block.item is None:
        return False
    return not lines.isdisjoint(block.item.links) or any(_links_in(block))


def _rolls(come: list[Block], gone: list[Block]) -> bool:
    """Did as many dated items come at one end of their lists as went at the other, as in a list of the latest news?

    A record of filings grows, and so may a list of corrections; of recalls in force one is taken out in the middle.
    """
    new, old = _items(come), _items(gone)
    return len(new) == len(old) and (
        (_are_first(new, come) and _are_last(old, gone)) or (_are_last(new, come) and _are_first(old, gone))
    )


def _items(blocks: list[Block]) -> set[Item]:
    return {block.item for block in blocks if _is_prose(block) and block.item is not None}


def _are_first(items: set[Item], blocks: list[Block]) -> bool:
    return _are_among([item.before for item in items], blocks)


def _are_last(items: set[Item], blocks: list[Block]) -> bool:
    return _are_among([item.behind for item in items], blocks)


def _are_among(beside: list[tuple[str, ...]], blocks: list[Block]) -> bool:
    """Is what stands beside items, where anything does, one that came or went as well?"""
    known = {block.text for block in blocks}.union(*(block.item.links for block in blocks if block.item))
    return all(not links or not known.isdisjoint(links) for links in beside)


def _is_prose(block: Block) -> bool:
    return not (block.in_frame or block.is_link or block.text.lower().strip(" :…") in _LABELS_OF_FRAMES)


def _links(blocks: list[Block], others: list[Block]) -> list[str]:
    known = Counter(link for block in others for link in block.links)
    rows = {_key(block): _said_in(block) for block in others if len(block.links) > 1}
    links = list[str]()
    for block in blocks:
        if block.is_link and not block.in_frame:
            links += _links_that_came(block, known, rows) if len(block.links) > 1 else [block.text]
        elif block.item is not None:
            links += _links_in(block)
    return [link for link in links if behind_its_label(link) == link]


def _links_that_came(
    block: Block, known: Counter[str], rows: dict[tuple[str, ...], list[str]]
) -> Iterable[str]:
    """Of a row of links each is one. Where all of them stay, words beside them came, or went; a count alone may."""
    came = Counter(block.links) - known
    has_more = len(_WORDS.findall(block.text)) > len(_WORDS.findall("\n".join(block.links)))
    said = _said_in(block)
    return came or ([block.text] if has_more or rows.get(_key(block), said) != said else ())


def _said_in(block: Block) -> list[str]:
    return sorted(word for word in _WORDS.findall(block.text) if not word.isdigit())


def _key(block: Block) -> tuple[str, ...]:
    return tuple(sorted(block.links))


def _links_in(block: Block) -> Iterator[str]:
    """The links of its item that stand on the block's own line, beside the day."""
    return (link for link in block.item.links if link in block.text) if block.item is not None else iter(())


def _has_edited_link(come: list[str], gone: list[str]) -> bool:
    """A link whose words were edited belongs to the content; links that come and go lead elsewhere.

    So do those behind a label that says so, "Read more:".
    """
    return any(
        Indel.normalized_similarity(new[:_LONGEST_LINK], old[:_LONGEST_LINK], score_cutoff=_EDITED) >= _EDITED
        for new in come[:_MOST_LINKS]
        for old in gone[:_MOST_LINKS]
    )
