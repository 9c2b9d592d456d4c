"""HTML of which a tree would be dear: nested too deeply, or tags with too many attributes; told in one pass."""

from __future__ import annotations

import re
from collections import Counter

from stories.text.language.word_lists import words_in
from stories.text.limits import MOST_TAGS_OF_TREE
from stories.text.markup.tags import ATTRIBUTE, NAME, SPACE, tags_of

# A parser looks through all open elements for each new one: a million open <div> would take it most of an hour.
_DEEPEST = 1_000
_FEW_TAGS = 5_000
# For each attribute of an element a parser looks through those that it has: 45,000 would take it eight seconds.
_MOST_ATTRIBUTES = 500
_SHORTEST_OF_MANY = 2 * _MOST_ATTRIBUTES
_ONE_ATTRIBUTE = re.compile(ATTRIBUTE)
# An attribute takes two characters at least; and a tag with an angle bracket in quotation marks may go on behind it.
_LONG_TAG = re.compile(rf"<[a-zA-Z][^>]{{{_SHORTEST_OF_MANY - 2}}}")
_QUOTED_BRACKET = re.compile(rf"=[{SPACE}]*+(?:\"[^\">]*+>|'[^'>]*+>)")
_BEGINS_TAG = re.compile(r"<([a-zA-Z][^\s/>]{0,40})")
_ATTRIBUTES = re.compile(rf"(?>(?:{ATTRIBUTE}){{0,{_MOST_ATTRIBUTES}}})")
# A script that compares has what looks like a long tag. A few of those, if they were tags, would cost little.
_FEW_LONG_TAGS = 5
_MOST_OF_THE_FEW = 2_000
_ATTRIBUTES_OF_THE_FEW = re.compile(rf"(?>(?:{ATTRIBUTE}){{0,{_MOST_OF_THE_FEW}}})")
# Readings that begin inside one another's quotation marks; those of an honest page add up to a third of it.
_MOST_READ_AGAIN = 20
# Inside of a drawing or a formula a title, a style or a script may hold tags, and a parser alone knows where one ends
# (HTML 13.2.6.5): there every angle bracket is taken for one.
_FOREIGN = re.compile("<(?:svg|math)", re.IGNORECASE)
# These give their attributes to the one that is there (HTML 13.2.6.4.7).
_ROOTS = ("html", "body")
_ROOT = re.compile("<(?:[hH][tT][mM][lL]|[bB][oO][dD][yY])")
_MOST_ROOTS = 20
_VOID = words_in("area base br col embed hr img input link meta param source track wbr")
# Elements whose end tag may be left out close one another, and so never nest by themselves.
_CLOSED_BY_THE_NEXT = words_in(
    "p li dt dd option optgroup tr td th thead tbody tfoot colgroup html head body"
)
# What is left open of these is opened again in each block that follows, but of like ones no more than three
# (HTML 13.2.4.3): 900 of them and 4,000 empty paragraphs, 24 KB, would take 1,300 MB.
_FORMATTING = words_in("b big code em font i s small strike strong tt u")
# The first letter by itself, because most tags begin with another, and are passed over so in half the time.
_BEGINS_FORMATTING = re.compile(rf"<(?=[bcefistuBCEFISTU])(?i:{'|'.join(sorted(_FORMATTING))})[{SPACE}/>]")
_MOST_ALIKE = 3
_MOST_OPENED_AGAIN = 100_000


def is_too_dear(markup: str) -> bool:
    """Would a tree cost more than linear work and memory?

    If it is nested too deeply, an element has over 2,000 attributes or several have over 500, or over 100,000 elements
    are opened again.
    """
    return is_too_deep(markup) or has_many_attributes(markup) or opened_again(markup) > _MOST_OPENED_AGAIN


def opened_again(markup: str) -> int:
    """How many elements a parser might open again at most, and 0 if there cannot be many. Linear."""
    begun = Counter(map(str.lower, _BEGINS_FORMATTING.findall(markup)))
    most = sum(min(count, _MOST_ALIKE) if tag.endswith(">") else count for tag, count in begun.items())
    if most * markup.count("<") <= _MOST_OPENED_AGAIN:
        return 0
    left_open: dict[str, list[str]] = {name: [] for name in _FORMATTING}
    alike: Counter[str] = Counter()
    active = again = 0
    for name, closes, at, end in tags_of(markup):
        if name not in _FORMATTING:
            again += active
        elif not closes:
            tag = markup[at:end]
            left_open[name].append(tag)
            alike[tag] += 1
            active += alike[tag] <= _MOST_ALIKE
        elif left_open[name]:
            tag = left_open[name].pop()
            active -= alike[tag] <= _MOST_ALIKE
            alike[tag] -= 1
    return again


def has_many_attributes(markup: str) -> bool:
    """Might an element have over 2,000 attributes, or more than five have over 500?

    Linear: a passage is read at most some thirty times.
    """
    if not (
        _LONG_TAG.search(markup) or _QUOTED_BRACKET.search(markup) or len(_ROOT.findall(markup)) > _MOST_ROOTS
    ):
        return False
    if not _has_many_if_tags_begin_anywhere(markup):
        return False
    return _FOREIGN.search(markup) is not None or most_attributes(markup) > _MOST_ATTRIBUTES


def _has_many_if_tags_begin_anywhere(markup: str) -> bool:
    """The same if every angle bracket began a tag, in comments, scripts and quotation marks too."""
    of_roots, long_tags, left = 0, 0, _MOST_READ_AGAIN * len(markup)
    for tag in _BEGINS_TAG.finditer(markup):
        attributes = _ATTRIBUTES.match(markup, tag.end())
        end = attributes.end() if attributes else tag.end()
        left -= end - tag.end()
        if tag[1].lower() in _ROOTS:
            of_roots += sum(1 for _ in _ONE_ATTRIBUTE.finditer(markup, tag.end(), end))
        if left < 0 or of_roots > _MOST_ATTRIBUTES:
            return True
        if end - tag.end() >= _SHORTEST_OF_MANY - 2 and _ONE_ATTRIBUTE.match(markup, end):
            long_tags += 1
            few = _ATTRIBUTES_OF_THE_FEW.match(markup, tag.end())
            if long_tags > _FEW_LONG_TAGS or (few and _ONE_ATTRIBUTE.match(markup, few.end())):
                return True
    return False


def most_attributes(markup: str) -> int:
    """How many attributes an element has at most, of those whose tags are long enough for many. Linear."""
    most = of_roots = 0
    for name, closes, at, end in tags_of(markup):
        if name in _ROOTS and not closes:
            of_roots += _attributes(markup, at, end)
        elif end - at >= _SHORTEST_OF_MANY:
            most = max(most, _attributes(markup, at, end))
    return max(most, of_roots)


def _attributes(markup: str, at: int, end: int) -> int:
    """The attributes of the tag between `at` and `end`."""
    name = NAME.match(markup, at + 1)
    assert name is not None
    return sum(1 for _ in _ONE_ATTRIBUTE.finditer(markup, name.end(), end))


def is_too_deep(markup: str) -> bool:
    """Might more than a thousand elements be open at once, or are there over 30,000? Two passes at most."""
    tags = markup.count("<")
    if tags > MOST_TAGS_OF_TREE:
        return True
    if tags <= _FEW_TAGS or tags - markup.count("</") <= _FEW_TAGS:
        return False
    still_open: Counter[str] = Counter()
    depth = read = 0
    for name, closes, _, _ in tags_of(markup):
        read += not closes
        if name in _VOID or name in _CLOSED_BY_THE_NEXT:
            continue
        if not closes:
            still_open[name] += 1
            depth += 1
        elif still_open[name]:
            still_open[name] -= 1
            depth -= 1
        if depth > _DEEPEST:
            return True
    return _FOREIGN.search(markup) is not None and len(_BEGINS_TAG.findall(markup)) - read > _DEEPEST
