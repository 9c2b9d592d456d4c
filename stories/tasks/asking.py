"""Workers are asked for what has been written; where the broker is away, the rows tell the next tick of it."""

import logging
from functools import partial
from typing import Any

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def ask_on_commit(task: Task, *args: Any) -> None:
    """Ask a worker as soon as what it rests on is in the database. A broker that is away is logged and fails nobody.

    The message goes out after the commit: an error of it would tell somebody that a save failed which did not.
    """
    transaction.on_commit(partial(_ask, task, *args))


def _ask(task: Task, *args: Any) -> None:
    try:
        task.delay(*args)
    except OperationalError as error:
        logger.warning("The broker could not be asked for %s: %s", task.name, error)
