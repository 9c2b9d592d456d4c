"""Who asks every few seconds how the newsroom does must not wait for a lock, nor keep a thread that serves pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

from django.db import connection, transaction

#: Each question is answered by an index: only a server that stands still takes so long.
LONGEST_SECONDS = 5
LONGEST_AT_A_LOCK_SECONDS = 2
#: What is answered as ever is answered within it, whatever the questions before had to wait for.
LEAST_SECONDS = 0.05


@dataclass(slots=True)
class Patience:
    """Of one asking: all its questions have to be answered before Prometheus has waited for ten seconds.

    What a question has spent, those after it do not have.
    """

    spent_seconds: float = 0.0

    @contextmanager
    def at_a_question(self) -> Iterator[None]:
        """On PostgreSQL, a question that takes too long is an OperationalError; on SQLite readers wait for nobody.

        For its own transaction alone: a pooler in between may lend the connection to somebody else afterwards.
        """
        if connection.vendor != "postgresql":
            yield
            return
        began = monotonic()
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"SET LOCAL statement_timeout = {self._milliseconds(LONGEST_SECONDS)}; "
                        f"SET LOCAL lock_timeout = {self._milliseconds(LONGEST_AT_A_LOCK_SECONDS)}"
                    )
                yield
        finally:
            self.spent_seconds += monotonic() - began

    def _milliseconds(self, longest: float) -> int:
        return round(1_000 * max(longest - self.spent_seconds, LEAST_SECONDS))
