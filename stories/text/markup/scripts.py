"""The scripts of a page, which nobody reads, and which are nine tenths of some large ones."""

from __future__ import annotations

from itertools import pairwise

from stories.text.limits import MOST_TAGS_OF_TREE
from stories.text.markup.tags import tags_of


def without_scripts(body: bytes) -> bytes:
    """The page with each script emptied, or as it is if it has too many tags for a tree all the same.

    Linear, and takes four times the memory of `body`.

    >>> without_scripts(b"<p>Yes<script src=a>n = 1 < 2</script><p>No")
    b'<p>Yes<script src=a></script><p>No'
    """
    kept: list[bytes] = []
    at = 0
    # One character for each byte, so that a place in the one is that in the other.
    tags = tags_of(body.decode("latin-1"))
    for number, ((name, closes, _, end), (_, _, following, _)) in enumerate(pairwise(tags)):
        if number >= MOST_TAGS_OF_TREE:
            return body
        # Inside of a drawing one may close itself, and what follows it is seen.
        if name == "script" and not closes and body[end - 2 : end] != b"/>":
            kept.append(body[at:end])
            at = following
    return b"".join((*kept, body[at:]))
