"""The scripts of a page, which nobody reads, and which are nine tenths of some large ones."""

from __future__ import annotations

import re

_BEGIN = re.compile(rb"<script(?=[\s/>])", re.IGNORECASE)
_END = re.compile(rb"</script", re.IGNORECASE)


def without_scripts(body: bytes) -> bytes:
    """The page with each script emptied. Linear, and takes twice the memory of `body`.

    >>> without_scripts(b"<p>Yes<script src=a>n = 1 < 2</script><p>No")
    b'<p>Yes<script src=a></script><p>No'
    """
    *ended, rest = _END.split(body)
    return b"</script".join((*map(_up_to_script, ended), rest))


def _up_to_script(markup: bytes) -> bytes:
    begin = _BEGIN.search(markup)
    end = markup.find(b">", begin.end()) if begin else -1
    return markup if end < 0 else markup[: end + 1]
