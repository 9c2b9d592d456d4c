"""A doctor who waits for a lock says nothing of it: who has locked a table is told, and what rests on it left out."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError

from stories.operating.finding import Finding, wrong
from stories.operating.impatience import Patience
from stories.operating.readiness import unreadable

FREE_THE_TABLE = (
    "manage.py migrate, where it was not run. Whoever keeps a table locked stands in PostgreSQL’s pg_stat_activity "
    "and pg_locks: let them finish, or end them with pg_terminate_backend(pid)."
)


def unhindered(what: str, findings: Iterator[Finding]) -> list[Finding]:
    """All that is found, or that nothing can be; within the patience of a probe at each question."""
    try:
        with Patience().at_a_question():
            return list(findings)
    except DatabaseError as error:
        return [wrong(what, unreadable(error), FREE_THE_TABLE)]
