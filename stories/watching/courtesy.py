"""Manners for one batch: made of what is known of its hosts, and what was learned of them meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from stories.watching.limits import allowed_private
from stories.web.client import Client
from stories.web.manners import Manners, Robots
from stories.web.robots import RulesCache, product_of

# A worker meets the same hosts in batch after batch.
_RULES = RulesCache()


@dataclass(slots=True)
class Courtesy:
    """`robots` and `quiet` are what is known before the first request, `robots_read` and `quiet_until` after all."""

    started_at: datetime = field(default_factory=timezone.now)
    robots: Mapping[str, Robots] = field(default_factory=dict)
    quiet: Mapping[str, datetime] = field(default_factory=dict)
    robots_read: Mapping[str, Robots] = field(default_factory=dict)
    quiet_until: Mapping[str, datetime] = field(default_factory=dict)
    _manners: Manners | None = None

    def begin(self, reader: Client) -> Manners:
        """`reader` is to read robots.txt with. Called, like `end`, in the event loop."""
        self._manners = Manners(
            reader,
            product=product_of(settings.WATCH_USER_AGENT),
            now=self._clock(),
            known=self.robots,
            quiet=self.quiet,
            gap_seconds=settings.WATCH_HOST_GAP_SECONDS,
            at_home=allowed_private(),
            rules=_RULES,
        )
        return self._manners

    def hush(self, origin: str, *, until: datetime) -> None:
        """Ask nothing more of this host for now."""
        if self._manners is not None:
            self._manners.hush(origin, until=until)

    def end(self) -> None:
        if self._manners is not None:
            self.robots_read, self.quiet_until = self._manners.fresh, self._manners.quiet_until()

    def _clock(self) -> Callable[[], datetime]:
        """The batch's own, so that the caller's is asked in the caller's thread only."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        return lambda: self.started_at + timedelta(seconds=loop.time() - started)
