"""The nonce of a page's scripts is another one in each answer; texts are compared without it."""

import re

_NONCE = re.compile(r' nonce="[A-Za-z0-9+/=]+"')


def without_nonce(page: bytes | str) -> str:
    return _NONCE.sub("", page.decode(errors="replace") if isinstance(page, bytes) else page)
