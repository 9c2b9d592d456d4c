"""When the whole record was last verified, and what was found against it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

#: There is one row.
_KEY = 1


class Verification(models.Model):
    """One row, overwritten by each verification.

    What proves the record is to verify it, which can be done again at any time: so this has no history, and no
    trigger guards it.
    """

    #: As of when what is told below is so.
    verified_at = models.DateTimeField(null=True, blank=True)
    leaf_count = models.PositiveBigIntegerField(default=0)
    flaw_count = models.PositiveBigIntegerField(default=0)
    #: The first of them, one a line.
    flaws = models.TextField(blank=True)
    #: When it was last found sound, and when it was first found not to be since; empty while it is.
    sound_at = models.DateTimeField(null=True, blank=True)
    unsound_since = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=_KEY), name="verification_is_one_row")]

    def __str__(self) -> str:
        return (
            f"The record, verified at {self.verified_at:%Y-%m-%d %H:%M:%S}" if self.verified_at else "Never"
        )

    @staticmethod
    def last() -> Verification | None:
        return Verification.objects.filter(verified_at__isnull=False).first()

    @staticmethod
    def claim(*, now: datetime, lasts: timedelta) -> bool:
        """Whether nobody else verifies, and whoever asks may, for so long; a worker that dies loses it then."""
        Verification.objects.get_or_create(pk=_KEY)
        # Further ahead than anybody leases it lies only where a clock was set back since.
        free = Q(leased_until=None) | Q(leased_until__lte=now) | Q(leased_until__gt=now + lasts)
        return bool(Verification.objects.filter(free, pk=_KEY).update(leased_until=now + lasts))

    @staticmethod
    def keep(flaws: list[str], *, count: int, leaf_count: int, now: datetime) -> None:
        """What was found, `count` flaws of which `flaws` are the first; whoever had claimed it is done."""
        row, _made = Verification.objects.get_or_create(pk=_KEY)
        row.verified_at, row.leaf_count, row.leased_until = now, leaf_count, None
        row.flaw_count, row.flaws = count, "\n".join(flaws)
        if count:
            row.unsound_since = row.unsound_since or now
        else:
            row.sound_at, row.unsound_since = now, None
        row.save()
