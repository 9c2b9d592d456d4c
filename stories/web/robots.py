"""What a site asks of machines: robots.txt as RFC 9309 has it, with the Crawl-delay that many sites add."""

import math
import re
from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock
from urllib.parse import urlsplit

from stories.web.robots_patterns import Patterns, Rule, normal_form, octets_of

#: RFC 9309, section 2.5: at least so much of the file is read; the rest is nobody's loss.
MAX_BYTES = 500 * 1024
#: A longer Crawl-delay than this is a way of saying no, and robots.txt has a word for that.
MAX_CRAWL_DELAY_SECONDS = 3600.0

# As forgiving as sites need. Whatever else stands in the file ends no group and sets no rule (RFC 9309, 2.2.4).
_RECORD = re.compile(
    r"\s*(?:(user[-\s]{0,4}agent)[\s:]+"
    r"|(allow|disallow|diss?alow|dissallow|diasllow|disallaw|crawl[-\s]delay)(?:\s*:|\s|$)\s*)"
    r"([^#]*)",
    re.IGNORECASE,
)
# Rules cost some ten times the memory of their text.
_MAX_REMEMBERED_CHARACTERS = 2_000_000


class Rules:
    """The rules of one robots.txt for one product token; those of `*` where none are for it."""

    def __init__(self, text: str, *, product: str) -> None:
        group = _group_for(product.lower(), text)
        self._patterns = Patterns(group.patterns)
        #: Between two requests; zero where the site does not say.
        self.crawl_delay_seconds = min(group.crawl_delay_seconds, MAX_CRAWL_DELAY_SECONDS)

    def allows(self, url: str) -> bool:
        """Whether the page may be read; robots.txt itself always may be."""
        return urlsplit(url).path == "/robots.txt" or self._patterns.allow(url)


class _Group:
    """What is asked of one agent; of patterns that are alike, the one that allows counts (RFC 9309, section 2.2.2)."""

    def __init__(self) -> None:
        self.patterns: dict[str, Rule] = {}
        self.crawl_delay_seconds = 0.0

    def add(self, field: str, value: str) -> None:
        if field.startswith("crawl"):
            self._slow_down(value)
        elif value:
            self._set(value, is_allowed=field == "allow")

    def _set(self, pattern: str, *, is_allowed: bool) -> None:
        normal, octets = normal_form(pattern), octets_of(pattern)
        alike = self.patterns.get(normal, Rule(octets, is_allowed))
        self.patterns[normal] = Rule(max(octets, alike.octets), is_allowed or alike.is_allowed)
        if is_allowed and pattern.endswith("/index.html"):
            self._set(pattern.removesuffix("index.html") + "$", is_allowed=True)

    def _slow_down(self, value: str) -> None:
        try:
            seconds = float(value)
        except ValueError:
            return
        if math.isfinite(seconds) and seconds >= 0:
            self.crawl_delay_seconds = seconds


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
        remembered = self.remembered(text, product=product)
        return remembered or self._keep((text, product), Rules(text, product=product))

    def remembered(self, text: str, *, product: str) -> Rules | None:
        """None where the text would have to be taken apart."""
        key = (text, product)
        with self._lock:
            if key in self._rules:
                self._rules.move_to_end(key)
            return self._rules.get(key)

    def _keep(self, key: tuple[str, str], rules: Rules) -> Rules:
        with self._lock:
            if key not in self._rules:
                self._characters += len(key[0])
            self._rules[key] = rules
            while self._characters > self._max_characters and len(self._rules) > 1:
                (dropped, _), _ = self._rules.popitem(last=False)
                self._characters -= len(dropped)
        return rules


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


def _group_for(product: str, text: str) -> _Group:
    """All groups that name the product as one, or else all for everybody (RFC 9309, section 2.2.1)."""
    groups: dict[str, _Group] = {}
    addressed: dict[str, _Group] = {}
    is_naming = False
    for field, value in _records(text):
        if field.startswith("user"):
            addressed = addressed if is_naming else {}
            agent = product_of(value).lower()
            if agent in ("*", product):
                addressed[agent] = groups.setdefault(agent, _Group())
        else:
            for group in addressed.values():
                group.add(field, value)
        is_naming = field.startswith("user")
    return groups.get(product) or groups.get("*") or _Group()


def _records(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if record := _RECORD.match(line):
            yield (record[1] or record[2]).lower(), record[3].strip()
