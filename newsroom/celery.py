"""The Celery application; what runs when stands in `settings.CELERY_BEAT_SCHEDULE`."""

import gc
import logging
import os
from typing import Any

from celery import Celery, bootsteps
from celery.signals import worker_before_create_process
from celery.worker.components import Beat

logger = logging.getLogger(__name__)

#: How often a worker looks whether the schedule's process lives.
SECONDS_BETWEEN_LOOKS = 2.0

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

app = Celery("newsroom")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_before_create_process.connect
def share_memory(**_sender: object) -> None:
    """What was imported stays one copy for all processes: a collection would otherwise write into each page of it."""
    gc.collect()
    gc.freeze()


class LastingBeat(bootsteps.StartStopStep):
    """`worker --beat`: starts the schedule's process again if it dies, as the pool does with its own.

    Celery by itself would work on, and nothing would be looked at any more.
    """

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def start(self, parent: Any) -> None:
        # A lost broker clears all timers, and starts this step again.
        self.obj = parent.timer.call_repeatedly(SECONDS_BETWEEN_LOOKS, _look_after_beat, (parent.controller,))

    def stop(self, _parent: Any) -> None:
        self.obj.cancel()


def _look_after_beat(worker: Any) -> None:
    if worker.beat is None or worker.beat.is_alive():
        return
    logger.error("The schedule's process ended (exit status %s): starting it again.", worker.beat.exitcode)
    step = next(step for step in worker.steps if isinstance(step, Beat))
    step.obj = step.create(worker)
    step.start(worker)


app.steps["consumer"].add(LastingBeat)
