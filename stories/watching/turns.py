"""Whose turn it is: many at once, but only a few of one host, and no host before the others have had theirs."""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar
from urllib.parse import urlsplit

Item = TypeVar("Item")


class Turns(Generic[Item]):
    """Hands out items until `in_all` are out, or until each waiting host has `per_host` out.

    Work for a turn grows with the number of hosts that are busy, not with the number of items.
    """

    def __init__(
        self, items: Iterable[Item], *, url_of: Callable[[Item], str], in_all: int, per_host: int
    ) -> None:
        self._url_of, self._in_all, self._per_host = url_of, in_all, per_host
        self._out: Counter[str] = Counter()
        self._waiting: dict[str, deque[Item]] = {}
        for item in items:
            self._waiting.setdefault(self._host_of(item), deque()).append(item)

    def take(self) -> Item | None:
        """The next item whose turn it is; None while everybody has to wait, and when nobody is left."""
        if self._out.total() >= self._in_all:
            return None
        host = next((host for host in self._waiting if self._out[host] < self._per_host), None)
        if host is None:
            return None
        line = self._waiting.pop(host)
        item = line.popleft()
        if line:
            self._waiting[host] = line
        self._out[host] += 1
        return item

    def give_back(self, item: Item) -> None:
        """Say that the item's turn is over."""
        host = self._host_of(item)
        self._out[host] -= 1
        if not self._out[host]:
            del self._out[host]

    def _host_of(self, item: Item) -> str:
        try:
            return urlsplit(self._url_of(item)).hostname or ""
        except ValueError:
            # Not an address at all; the door to the network will say so.
            return ""
