"""The record: does the database guard it, and was it verified? Where it stands is asked with the machinery."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from stories.models import Verification, Version
from stories.models.triggers import missing_triggers
from stories.operating.finding import Finding, warning, well, wrong

_TWO_NIGHTS = timedelta(days=2)


def examine_record(*, now: datetime) -> Iterator[Finding]:
    if missing := missing_triggers():
        said = f"The database does not guard what is published: {', '.join(missing)}."
        yield wrong(
            "guard", said, "manage.py migrate lays the triggers; manage.py verify_record tells what changed."
        )
    else:
        yield well("guard", "The database refuses to change what is published.")
    yield from _examine_nights(now)


def _examine_nights(now: datetime) -> Iterator[Finding]:
    """What was found is told as a part; here, that nobody has looked."""
    last = Verification.last()
    if last and last.verified_at and last.verified_at > now - _TWO_NIGHTS:
        yield well("verification", f"Last done at {last.verified_at:%Y-%m-%d %H:%M} UTC.")
    elif last or Version.objects.filter(recorded_at__lt=now - _TWO_NIGHTS).exists():
        yield warning(
            "verification",
            "For two nights nobody has verified the whole record.",
            "Look at beat and at the workers of the queue “upkeep”, or do it by hand: manage.py verify_record.",
        )
