"""To a PostgreSQL whose machine, network or disk may stand still: then no time-out of its own ends a question."""

from typing import Any

from psycopg import Connection, OperationalError
from psycopg.pq import TransactionStatus

from newsroom import patience


class ImpatientConnection(Connection[Any]):
    """Raises OperationalError, and is closed, where a question is not answered in time."""

    def wait(self, *asked: Any, **named: Any) -> Any:
        try:
            return super().wait(*asked, **{"timeout": patience.LONGEST_IN_SILENCE_SECONDS, **named})
        except OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                # The answer may still come, and would be taken for one to the next question.
                self.close()
            raise
