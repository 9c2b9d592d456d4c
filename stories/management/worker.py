"""A worker and its schedule in one process, small enough for the smallest machine.

It ends itself when a task takes too long, when the schedule stops or when it has grown too large: whoever started it
starts another, which carries on from the rows.
"""

import gc
import logging
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

from celery import current_app
from celery.beat import EmbeddedService
from celery.signals import worker_ready, worker_shutting_down
from django.conf import settings
from django.db.backends.signals import connection_created

from stories.management.heap import keep_what_is_freed, share_one_heap
from stories.management.lanes import LANES, TaskPool

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 5.0
MOST_BYTES = 400_000_000
_PAGES_OF_SQLITE = "PRAGMA cache_size=-2000"
#: Pages are let go as soon as nobody holds them, without any search; few objects hold one another in a ring.
_GARBAGE_THRESHOLDS = 5_000, 20, 20


def run_worker() -> int:
    """Work until told to stop; the exit status."""
    share_one_heap()
    keep_what_is_freed()
    connection_created.connect(_keep_few_pages, dispatch_uid="keep_few_pages")
    worker = current_app.Worker(
        pool=TaskPool,
        concurrency=1 + sum(LANES.values()),
        # Each lane has to be reached past those that are full.
        prefetch_multiplier=0,
        loglevel="WARNING",
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    schedule = EmbeddedService(current_app, thread=True, scheduler_cls=current_app.conf.beat_scheduler)
    stopping = threading.Event()

    def begin(**_more: Any) -> None:
        _leave_alone_what_stays()
        schedule.start()
        threading.Thread(target=_watch, args=(worker.pool, schedule, stopping), daemon=True).start()

    def end(**_more: Any) -> None:
        stopping.set()

    worker_ready.connect(begin, weak=False)
    worker_shutting_down.connect(end, weak=False)
    worker.start()
    return int(worker.exitcode or 0)


def _watch(pool: TaskPool, schedule: threading.Thread, stopping: threading.Event) -> None:
    """To the end of the process: a task that hangs would keep a worker that was told to stop from ending."""
    while True:
        time.sleep(LOOK_EVERY_SECONDS)
        if task := pool.overtime(settings.CELERY_TASK_TIME_LIMIT):
            # A thread cannot be ended by itself.
            _give_up(f"{task} takes longer than it may")
        if stopping.is_set():
            continue
        if not schedule.is_alive():
            _give_up("The schedule has stopped")
        if _resident_bytes() > MOST_BYTES:
            logger.warning(
                "The worker has grown to more than %d MB and makes way for another.", MOST_BYTES // 10**6
            )
            stopping.set()
            os.kill(os.getpid(), signal.SIGTERM)


def _give_up(why: str) -> None:
    logger.critical("%s: the worker ends itself, and another carries on.", why)
    logging.shutdown()
    os._exit(70)


def _resident_bytes() -> int:
    """How much memory is ours; nought where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _leave_alone_what_stays() -> None:
    """What was imported is there to the end: to look through it for garbage again and again is a tenth of a check."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GARBAGE_THRESHOLDS)


def _keep_few_pages(connection: Any, **_more: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.execute(_PAGES_OF_SQLITE)
