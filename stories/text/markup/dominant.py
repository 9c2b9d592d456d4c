"""The element that a page itself calls its main content, and what stands outside of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from stories.text.markup.inside import from_here_up

_CALLED_MAIN = "main, [role=main]"
# So it was called before the standard had an element for it.
_NAMED_MAIN = (
    "[id=main], [id=content], [id=main-content], [id=maincontent], [id=inhalt], [id=contenu], [id=contenido], "
    "[id=contenuto], [id=conteudo], [id=innhold], [id=tresc], article"
)
_LEAST_SHARE = 0.5
_MOST_SKIPS = 2
_NAME = re.compile(r"#([\w-]{1,60})")


class MainContent:
    """Tells for the elements of one page whether they stand outside of its `<main>`, or of where it skips its menu to.

    By the HTML standard that holds what is dominant on the page, and nothing that the other pages of its site have as
    well. It is taken at its word where the first title is in it, and at least half of what the page tells outside of
    links. Each element is looked at once; to find it costs the text of the page.
    """

    def __init__(self, root: LexborNode | None) -> None:
        main = _main_of(root) if root is not None else None
        self._is_outside = {main.mem_id: False} if main is not None else {}

    def leaves_out(self, node: LexborNode) -> bool:
        """False for all of a page that has none."""
        if not self._is_outside:
            return False
        passed = list[int]()
        at: LexborNode | None = node
        while at is not None and at.mem_id not in self._is_outside:
            passed.append(at.mem_id)
            at = at.parent
        is_outside = at is None or self._is_outside[at.mem_id]
        self._is_outside |= dict.fromkeys(passed, is_outside)
        return is_outside


def _main_of(root: LexborNode) -> LexborNode | None:
    round_title = {node.mem_id for node in from_here_up(root.css_first("h1"))}
    main = (
        next((node for node in _called_main(root) if node.mem_id in round_title), None)
        if round_title
        else None
    )
    return main if main is not None and _told(main) >= _LEAST_SHARE * _told(root) else None


def _called_main(root: LexborNode) -> Iterator[LexborNode]:
    yield from root.css(_CALLED_MAIN)
    yield from _skipped_to(root)
    yield from root.css(_NAMED_MAIN)


def _skipped_to(root: LexborNode) -> Iterator[LexborNode]:
    """Where the first links of a page lead that lead to a part of itself, as one does that skips the menu."""
    for link in root.css("a[href^='#']")[:_MOST_SKIPS]:
        name = _NAME.fullmatch(link.attributes.get("href") or "")
        node = root.css_first(f"[id='{name[1]}']") if name else None
        if node is not None:
            yield node


def _told(node: LexborNode) -> int:
    return len(node.text()) - sum(len(link.text()) for link in node.css("a"))
