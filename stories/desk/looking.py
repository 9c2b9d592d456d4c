"""Look at a source now, because somebody asks."""

import logging
from datetime import datetime

from kombu.exceptions import OperationalError

from stories.models import Source
from stories.tasks import check_sources
from stories.watching.due import look_soon

logger = logging.getLogger(__name__)


def look_now(source: Source, *, now: datetime) -> bool:
    """Make a source due and ask a worker to look; False where the broker is away, and the next tick will do it."""
    look_soon([source], now=now)
    try:
        check_sources.delay([source.pk])
    except OperationalError:
        logger.warning("The broker is away; source %s waits for the next tick", source.pk)
        return False
    return True
