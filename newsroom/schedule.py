"""The schedule of Celery's beat, which neither a clock that is set back nor a disk that takes nothing stops.

Beat notes by the clock on the wall when each task is due next: set back by a day, it would send nothing for a day. And
it would keep in a file when each was sent, and end where that cannot be written.
"""

from datetime import UTC, datetime
from typing import Any

from celery.beat import Scheduler, SchedulingError
from celery.utils.time import maybe_make_aware

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class SteadyScheduler(Scheduler):
    """Sends all of it as it starts: each task finds in the rows whether there is anything to do.

    What was sent in the future, by a clock that has been set back since, counts as sent just now.
    """

    def setup_schedule(self) -> None:
        super().setup_schedule()
        for entry in self.schedule.values():
            entry.last_run_at = _LONG_AGO

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        for entry in self.schedule.values():
            now = maybe_make_aware(entry.default_now())
            if maybe_make_aware(entry.last_run_at) > now:
                entry.last_run_at, self._heap = now, None
        return super().tick(*args, **kwargs)

    def apply_async(self, *args: Any, **kwargs: Any) -> Any:
        """Where the broker was away, the next message goes over a new connection: a lost one never comes back."""
        try:
            return super().apply_async(*args, **kwargs)
        except SchedulingError:
            for kept in ("producer", "connection"):
                self.__dict__.pop(kept, None)
            raise
