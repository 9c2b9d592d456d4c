"""What turns a passage round on either side of it, and the wording that shows it."""

from __future__ import annotations

import re

from stories.text.language.boundaries import sentence_around
from stories.text.language.characters import QUOTES
from stories.text.passage.nearest import Altered, nearness
from stories.text.passage.quoting import take_apart
from stories.text.passage.turned import depends_on_more, turned_in_front
from stories.text.passage.turned_behind import turned_behind

_CLOSING_MARKS = re.compile(rf"[{QUOTES}\"']{{1,2}}")


def is_turned_beside(text: str, start: int, end: int, *, passage: str, prefix: str, suffix: str) -> bool:
    """Does what stands in front of `text[start:end]`, or behind it, say otherwise of it than when it was cited?

    Only words that do so by themselves are heard, in the clause that leads up to a whole sentence and right behind it:
    what another clause or irony takes back is left to the reader. Bounded as `turned_in_front` and `turned_behind`.
    """
    return (
        turned_in_front(text, start, passage=passage, prefix=prefix) is not None
        or turned_behind(text, start, end, passage=passage, suffix=suffix) is not None
    )


def with_what_turns(text: str, altered: Altered, *, passage: str, prefix: str, suffix: str) -> Altered:
    """The wording with what says otherwise of it beside it, without which it would read as the passage does.

    Bounded as `is_turned_beside` and `nearness`.
    """
    start, end = altered.start, altered.end
    in_front = turned_in_front(text, start, passage=passage, prefix=prefix)
    if in_front is not None:
        start = in_front
    closing = _CLOSING_MARKS.match(text, end)
    behind = turned_behind(
        text, altered.start, closing.end() if closing else end, passage=passage, suffix=suffix
    )
    if behind is not None:
        end = behind
    elif take_apart(passage).last_mark == "," and depends_on_more(text, end):
        _, end = sentence_around(text, end, end)
    if (start, end) == (altered.start, altered.end):
        return altered
    wording = text[start : altered.start] + altered.wording + text[altered.end : end]
    return Altered(start, end, wording, nearness(passage, wording)[0])
