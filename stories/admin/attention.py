"""After an editor changed what is watched: look again soon, and never lose the save over a broker that is down."""

import logging
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from stories.models import Source
from stories.tasks import check_sources
from stories.watching.due import look_soon

logger = logging.getLogger(__name__)


def look_again(sources: Iterable[Source | None]) -> None:
    """Make these sources due, and ask a worker to look at them once the change is committed."""
    watchable = [source for source in sources if source and source.is_watchable]
    if not watchable:
        return
    look_soon(watchable, now=timezone.now())
    keys = sorted({source.pk for source in watchable})
    transaction.on_commit(lambda: _ask(keys))


def _ask(keys: list[int]) -> None:
    try:
        check_sources.delay(keys)
    except OperationalError as error:
        # The rows say that they are due: the next tick finds them.
        logger.warning("The broker could not be asked to check sources %s: %s", keys, error)
