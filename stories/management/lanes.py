"""The threads of a worker in one process: each kind of work has its own, so that none waits for a slower one.

Threads share what is imported, so that a few of them need a third of the memory of as many processes. What they do
waits for other machines most of the time.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from celery.concurrency.base import apply_target
from celery.concurrency.thread import ApplyResult
from celery.concurrency.thread import TaskPool as ThreadPool

from stories.publishing.verifying import LONGEST

logger = logging.getLogger(__name__)

#: How many threads do what waits for other machines or takes long; everything else (ticks, publications, news, the
#: log of the record) has one to itself.
LANES = {
    "stories.tasks.check_sources": 2,
    "stories.tasks.deliver": 2,
    "stories.tasks.post": 2,
    "stories.tasks.post_digest": 1,
    "stories.tasks.deliver_digest": 1,
    "stories.tasks.say_what_is_paused": 1,
    "stories.tasks.mail_link": 1,
    "stories.tasks.mail_link_to": 1,
    "stories.tasks.mail_invitation": 1,
    "stories.tasks.mail_notice": 1,
    "stories.tasks.ping_hub": 1,
    "stories.tasks.look_at_a_feed": 1,
    "stories.tasks.bring_in": 1,
    "stories.tasks.carry_out": 1,
    "stories.tasks.export_daily": 1,
    "stories.tasks.renew_record_exports": 1,
    "stories.tasks.verify_nightly": 1,
    "stories.tasks.thin_snapshots": 1,
    "stories.tasks.fold_looks": 1,
    "stories.tasks.tidy": 1,
    "stories.tasks.count_figures": 1,
}
#: What may take longer than other tasks, and how many seconds.
_LONGER = {"stories.tasks.verify_nightly": LONGEST.total_seconds()}
_ANY = ""
#: With more waiting in one lane, what comes is dropped: it stands in the rows, and the next tick hands it out again.
MOST_WAITING = 500


class TaskPool(ThreadPool):
    """A pool for Celery that knows which task is in which thread, and since when."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lanes = {_ANY: ThreadPoolExecutor(1)} | {
            name: ThreadPoolExecutor(size) for name, size in LANES.items()
        }
        self._waiting = dict.fromkeys(self._lanes, 0)
        self._since: dict[int, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def on_apply(
        self,
        target: Callable[..., Any],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
        callback: Callable[..., Any] | None = None,
        accept_callback: Callable[..., Any] | None = None,
        **_: Any,
    ) -> ApplyResult:
        name = str(args[0]) if args else ""
        lane = name if name in self._lanes else _ANY
        if not self._is_let_in(lane):
            apply_target(_nothing, callback=callback, accept_callback=accept_callback)
            return ApplyResult(_done())
        rest = (target, args, kwargs, callback, accept_callback)
        return ApplyResult(self._lanes[lane].submit(self._work, lane, name, *rest))

    def overtime(self, seconds: float) -> str | None:
        """The name of a task that has been at work for longer, or than it may itself, if there is one."""
        now = time.monotonic()
        at_work = list(self._since.values())
        return next((name for name, began in at_work if now - began > _longest(name, seconds)), None)

    def on_stop(self) -> None:
        """What is at work comes to its end, and nothing else begins meanwhile."""
        for executor in self._lanes.values():
            executor.shutdown(wait=False, cancel_futures=True)
        for executor in self._lanes.values():
            executor.shutdown()
        super().on_stop()

    def _is_let_in(self, lane: str) -> bool:
        with self._lock:
            if self._waiting[lane] >= MOST_WAITING:
                return False
            self._waiting[lane] += 1
            return True

    def _work(self, lane: str, name: str, target: Callable[..., Any], *rest: Any) -> None:
        with self._lock:
            self._waiting[lane] -= 1
        self._since[threading.get_ident()] = name, time.monotonic()
        try:
            apply_target(_nothing if _has_expired(*rest[0]) else target, *rest)
        except Exception:
            # Celery catches what a task raises; this came from around it, and nobody asks the future.
            logger.exception("%s came to no end.", name)
        finally:
            del self._since[threading.get_ident()]


def _longest(name: str, usually: float) -> float:
    return max(usually, _LONGER.get(name, 0))


def _has_expired(_name: str = "", _key: str = "", about: Any = None, *_more: Any) -> bool:
    """Whether a message, as Celery hands it on, has waited here for too long: Celery asks before the lane alone."""
    expires = about.get("expires") if isinstance(about, dict) else None
    return isinstance(expires, str) and datetime.fromisoformat(expires) < datetime.now(UTC)


def _nothing(*_told: Any) -> tuple[int, None, float]:
    """As Celery has it from a task that came to a good end: no failure, no result, no time."""
    return 0, None, 0.0


def _done() -> "Future[None]":
    future: Future[None] = Future()
    future.set_result(None)
    return future
