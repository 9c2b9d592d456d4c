"""The whole record is verified every night, and what was found is kept where operators look.

The row that is kept says what was found, and proves nothing: whoever can write to the database can change it until the
next night. `manage.py verify_record` asks the record itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from stories.models import Checkpoint, Verification
from stories.publishing.checkpoints import is_acknowledged, leaf_count, verifier_keys
from stories.publishing.proof.entry import THE_LOG
from stories.publishing.proof.flaw import Flaw
from stories.publishing.proof.signed_note import BY_STRANGERS, signer_ids
from stories.publishing.record import verify_record
from stories.publishing.rows import damaged_text_is_readable

#: A worker that takes longer is ended. RabbitMQ takes a message back after thirty minutes.
LONGEST = timedelta(minutes=25)
#: The hours of UTC in which it is done; where there was no night for so long, it is done by day.
BY_NIGHT = range(1, 5)
SELDOMEST = timedelta(hours=36)
OFTENEST = timedelta(hours=12)
#: That many are kept; the command tells all.
FLAWS_KEPT = 20
_COUNT = re.compile(r"\d+")


def verify_if_due(*, now: datetime) -> Verification | None:
    """Verify it, unless it was done this night or somebody is at it: None then, else what was found."""
    if not _is_due(now) or not Verification.claim(now=now, lasts=LONGEST):
        return None
    keep_verification(lasting_flaws(verify_record), now=now)
    return Verification.last()


def lasting_flaws(verify: Callable[[], list[Flaw]]) -> list[Flaw]:
    """What does not agree, and does not when it is read again either: something is taken down while it is read."""
    flaws = verify()
    if not flaws:
        return []
    again = {_apart_from_counts(flaw) for flaw in verify()}
    return [flaw for flaw in flaws if _apart_from_counts(flaw) in again]


def _apart_from_counts(flaw: Flaw) -> Flaw:
    """The log may have grown between two readings, and is no less wrong for it."""
    return replace(flaw, what=_COUNT.sub("#", flaw.what)) if flaw.article == THE_LOG else flaw


def keep_verification(flaws: Sequence[Flaw], *, now: datetime) -> None:
    """Keep what a verification of the whole record has found, which began at `now`."""
    # What is damaged may hold what no database takes.
    said = [str(flaw).encode(errors="replace").decode().replace("\0", "?") for flaw in flaws[:FLAWS_KEPT]]
    Verification.keep(said, count=len(flaws), leaf_count=leaf_count(), now=now)


def lacked_a_key() -> bool:
    """Whether nothing else is kept against the record than that whoever verified it knew none of the signers' keys."""
    last = Verification.last()
    said = last.flaws.splitlines() if last else []
    return bool(said) and all(BY_STRANGERS in flaw for flaw in said)


def lacks_a_key() -> bool:
    """Whether checkpoints are signed with a key that is not known here, and that nobody said was given up."""
    with damaged_text_is_readable():
        notes = list(Checkpoint.objects.order_by("size").values_list("note", flat=True))
    known = {(key.name, key.id) for key in verifier_keys(notes)}
    last_by = {signers: note for note in notes if (signers := signer_ids(note))}
    # A key that nobody has any more is acknowledged by the last checkpoint that it signed.
    return any(known.isdisjoint(signers) and not is_acknowledged(note) for signers, note in last_by.items())


def _is_due(now: datetime) -> bool:
    last = Verification.last()
    # One that lies ahead was before a clock was set back.
    if last is None or last.verified_at is None or last.verified_at > now:
        return True
    age = now - last.verified_at
    return age > SELDOMEST or (age > OFTENEST and now.astimezone(UTC).hour in BY_NIGHT)
