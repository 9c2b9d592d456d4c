"""What a site asks of machines: robots.txt as RFC 9309 has it, with the Crawl-delay that many sites add."""

import re
from collections import OrderedDict
from threading import Lock
from urllib.parse import urlsplit

from protego import Protego

#: RFC 9309, section 2.5: at least so much of the file is read; the rest is nobody's loss.
MAX_BYTES = 500 * 1024
#: A longer Crawl-delay than this is a way of saying no, and robots.txt has a word for that.
MAX_CRAWL_DELAY_SECONDS = 3600.0

# As forgiving as the parser is about how the line is written.
_AGENT_LINE = re.compile(r"\s*user[-\s]{0,4}agent[\s:]+([^#]*)", re.IGNORECASE)
# Whatever else stands in the file must not end a group (RFC 9309, section 2.2.4). A rule's name may be misspelt.
_RULE_LINE = re.compile(r"\s*(?:allow|di[as]|crawl[-\s]delay)", re.IGNORECASE)
# Rules cost some fifty times the memory of their text.
_MAX_REMEMBERED_CHARACTERS = 400_000


class Rules:
    """The rules of one robots.txt for one product token; those of `*` where none are for it."""

    def __init__(self, text: str, *, product: str) -> None:
        self._product = product.lower()
        self._parsed = Protego.parse(_without_strangers(text, self._product))

    def allows(self, url: str) -> bool:
        """Whether the page may be read; robots.txt itself always may be."""
        return urlsplit(url).path == "/robots.txt" or self._parsed.can_fetch(url, self._product)

    @property
    def crawl_delay_seconds(self) -> float:
        """Between two requests; zero where the site does not say."""
        return min(self._parsed.crawl_delay(self._product) or 0.0, MAX_CRAWL_DELAY_SECONDS)


class RulesCache:
    """Parsed rules by their text, the least recently used dropped: a worker meets the same few sites all day.

    The threads of a worker share it.
    """

    def __init__(self, *, max_characters: int = _MAX_REMEMBERED_CHARACTERS) -> None:
        self._max_characters = max_characters
        self._characters = 0
        self._rules: OrderedDict[tuple[str, str], Rules] = OrderedDict()
        self._lock = Lock()

    def rules_of(self, text: str, *, product: str) -> Rules:
        key = (text, product)
        with self._lock:
            if key in self._rules:
                self._rules.move_to_end(key)
                return self._rules[key]
        rules = Rules(text, product=product)
        with self._lock:
            self._keep(key, rules)
        return rules

    def _keep(self, key: tuple[str, str], rules: Rules) -> None:
        if key not in self._rules:
            self._characters += len(key[0])
        self._rules[key] = rules
        while self._characters > self._max_characters and len(self._rules) > 1:
            (dropped, _), _ = self._rules.popitem(last=False)
            self._characters -= len(dropped)


def product_of(user_agent: str) -> str:
    """The product token by which sites may address us (RFC 9309, section 2.2.1).

    >>> product_of("NewsroomStoryUpdates/0.1 (+https://newsroom.example)")
    'NewsroomStoryUpdates'
    """
    matched = re.match(r"[A-Za-z_-]+", user_agent)
    return matched[0] if matched else user_agent


def read_text(body: bytes) -> str:
    """The part of the file that counts: UTF-8, whole lines, 500 KiB of them at most."""
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    return body.decode("utf-8-sig", "replace").replace("\0", "")


def _without_strangers(text: str, product: str) -> str:
    """All other agents as one: ten thousand agents with ten thousand rules between them would fill our memory."""
    return "\n".join(_for_us_or_a_stranger(line, product) for line in text.splitlines())


def _for_us_or_a_stranger(line: str, product: str) -> str:
    matched = _AGENT_LINE.match(line)
    if matched is None:
        return line if _RULE_LINE.match(line) else ""
    agent = product_of(matched[1].strip()).lower()
    return f"User-agent: {agent if agent in ('*', product) else 'stranger'}"
