"""To a PostgreSQL whose machine, network or disk may stand still: then no time-out of its own ends a question."""

from typing import Any

from psycopg import Connection, OperationalError
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool

from newsroom import patience


class ImpatientConnection(Connection[Any]):
    """Raises OperationalError, and is closed, where a question is not answered in time.

    Where one breaks, all that its pool holds are replaced: after a restart of the server each is broken, and the pool,
    which finds them out one by one, waits twice as long before each next one.
    """

    def wait(self, *asked: Any, **named: Any) -> Any:
        try:
            return super().wait(*asked, **{"timeout": patience.LONGEST_IN_SILENCE_SECONDS, **named})
        except OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                # The answer may still come, and would be taken for one to the next question.
                self.close()
            pool = getattr(self, "_pool", None)
            if self.closed and isinstance(pool, ConnectionPool):
                pool.drain()
            raise
