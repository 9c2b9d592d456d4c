"""What a page gives its visitor to answer with: buttons, fields, and links on lines of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from stories.text.markup.frame import Frames
from stories.text.markup.heading import plain_words_of, stands_alone

_PRESSED_OR_FILLED_IN = "button, [role=button], input:not([type=hidden]), select, textarea"


@dataclass(frozen=True, slots=True)
class Control:
    """A button or a field, with what is written in that, or a link with the address that it leads to."""

    words: str
    leads_to: str | None = None
    field: str = ""


def controls_in(root: LexborNode, frames: Frames) -> Iterator[Control]:
    """Those outside of its frame, links without what they ask of the page they lead to. Linear."""
    for node in root.css(_PRESSED_OR_FILLED_IN):
        # A button is itself no content.
        if node.parent is not None and not frames.hold(node.parent):
            named = (node.attributes.get(name) or "" for name in ("type", "placeholder", "value"))
            field = (node.attributes.get("type") or "text").lower() if node.tag == "input" else ""
            yield Control(" ".join((node.tag or "", plain_words_of(node), *named)), field=field)
    for link in root.css("a[href]"):
        words = plain_words_of(link)
        if words and not frames.hold(link) and stands_alone(link):
            yield Control(words, (link.attributes["href"] or "").partition("?")[0])
