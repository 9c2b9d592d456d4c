"""The record: does the database itself guard it? Whether it is in step is asked with the machinery."""

from __future__ import annotations

from collections.abc import Iterator

from stories.models.triggers import missing_triggers
from stories.operating.finding import Finding, well, wrong


def examine_record() -> Iterator[Finding]:
    if missing := missing_triggers():
        said = f"The database does not guard what is published: {', '.join(missing)}."
        yield wrong(
            "guard", said, "manage.py migrate lays the triggers; manage.py verify_record tells what changed."
        )
    else:
        yield well("guard", "The database refuses to change what is published.")
