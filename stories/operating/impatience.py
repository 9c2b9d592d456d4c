"""Who asks every few seconds how the newsroom does must not wait for a lock, nor keep a thread that serves pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

#: Each question is answered by an index: only a server that stands still takes so long.
LONGEST_SECONDS = 5
#: All questions at once have to be answered before Prometheus has waited for ten seconds.
LONGEST_AT_A_LOCK_SECONDS = 2


@contextmanager
def impatient() -> Iterator[None]:
    """On PostgreSQL, a question that takes too long is an OperationalError; on SQLite readers wait for nobody.

    For its own transaction alone: a pooler in between may lend the connection to somebody else afterwards.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                f"SET LOCAL statement_timeout = '{LONGEST_SECONDS}s'; "
                f"SET LOCAL lock_timeout = '{LONGEST_AT_A_LOCK_SECONDS}s'"
            )
        yield
