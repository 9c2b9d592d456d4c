"""Everything that can be wrong with an installation, looked at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError

from stories.operating.examining.database import examine_database
from stories.operating.examining.installation import examine_installation
from stories.operating.examining.machinery import examine_machinery
from stories.operating.examining.people import examine_people
from stories.operating.examining.record import examine_record
from stories.operating.examining.unhindered import unhindered
from stories.operating.finding import Finding, Level, wrong
from stories.operating.impatience import Patience
from stories.operating.why_away import how_to_be_let_in, why_away


def examine(*, now: datetime) -> Iterator[Finding]:
    """What stands first may be the cause of what follows; of rows that cannot be read, nothing is told."""
    yield from examine_installation()
    try:
        with Patience().at_a_question():
            about_database = list(examine_database())
    except DatabaseError as error:
        said = f"The database does not answer: {why_away(error)}."
        yield wrong("database", said, how_to_be_let_in())
        return
    yield from about_database
    if all(finding.level < Level.WRONG for finding in about_database):
        yield from unhindered("record", examine_record(now=now))
        yield from examine_machinery(now=now)
        yield from unhindered("people", examine_people())
