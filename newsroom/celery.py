"""The Celery application; what runs when stands in `settings.CELERY_BEAT_SCHEDULE`."""

import gc
import os

from celery import Celery
from celery.signals import (
    before_task_publish,
    setup_logging,
    task_postrun,
    task_prerun,
    worker_before_create_process,
    worker_process_init,
)
from kombu.transport import TRANSPORT_ALIASES

from newsroom.trail import hand_on, let_go, take_up
from stories.management.heap import keep_what_is_freed

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
# `migrate`, which comes before any start, has made Django's checks; a worker would import every page for them.
os.environ.setdefault("CELERY_SKIP_CHECKS", "true")

# By name: nobody imports a broker who has another.
TRANSPORT_ALIASES["embedded"] = "newsroom.broker:Transport"
TRANSPORT_ALIASES |= dict.fromkeys(("amqp", "pyamqp"), "newsroom.amqp:Transport")
TRANSPORT_ALIASES["amqps"] = "newsroom.amqp:SSLTransport"

app = Celery("newsroom")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

before_task_publish.connect(hand_on)
task_prerun.connect(take_up)
task_postrun.connect(let_go)


@setup_logging.connect
def keep_the_log(**_sender: object) -> None:
    """What is told is for `LOG_LEVEL` to say: where nobody is asked, Celery leaves warnings alone."""


@worker_before_create_process.connect
def share_memory(**_sender: object) -> None:
    """What was imported stays one copy for all processes: a collection would otherwise write into each page of it."""
    gc.collect()
    gc.freeze()


@worker_process_init.connect
def keep_memory(**_sender: object) -> None:
    keep_what_is_freed()
