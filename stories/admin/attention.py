"""After an editor changed what is watched: look again soon, and never lose the save over a broker that is down."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.utils import timezone

from stories.models import Source
from stories.tasks import ask_to_check
from stories.watching.due import look_soon


def look_again(sources: Iterable[Source | None]) -> None:
    """Make these sources due, and ask a worker to look at them once the change is committed."""
    watchable = [source for source in sources if source and source.is_watchable]
    if not watchable:
        return
    look_soon(watchable, now=timezone.now())
    keys = sorted({source.pk for source in watchable})
    transaction.on_commit(partial(ask_to_check, keys))
