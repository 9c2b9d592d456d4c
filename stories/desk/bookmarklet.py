"""The bookmark that brings a selected passage to the desk, from whatever page it stands on."""

from functools import cache
from pathlib import Path
from urllib.parse import quote

_SCRIPT = Path(__file__).with_name("bookmarklet.js")


def bookmarklet(desk: str) -> str:
    """The script as an address. It loads nothing, so the policy of the page that it runs on cannot stop it."""
    return "javascript:" + quote(_script().replace("DESK", desk), safe="!'()*,-./:;=?@_~[]$&+")


@cache
def _script() -> str:
    """On one line: some browsers drop line ends, and some keep them."""
    lines = _SCRIPT.read_text(encoding="utf-8").splitlines()
    return "".join(line.strip() for line in lines if not line.strip().startswith("//"))
