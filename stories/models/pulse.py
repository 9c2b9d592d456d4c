"""When a part of the machinery was last at work, so that its silence is noticed."""

from __future__ import annotations

from datetime import datetime

from django.db import models

#: The schedule and a worker together: one sent the tick, the other did it.
TICK = "tick"
#: What was of use for a while only was let go.
TIDYING = "tidying"
#: When any site was last read before our own network was down, and when it was last seen to be so.
NETWORK_WENT, NETWORK_IS_AWAY = "network went", "network is away"
#: Since when the mail server takes no letter from us; no such row while it does.
MAIL_IS_AWAY = "mail is away"
#: When a clock was last found to have been set back, and when forth.
SET_BACK, SET_FORTH = "clock set back", "clock set forth"


class Pulse(models.Model):
    """One row a part, overwritten at each beat: what it was before is of no use to anybody, so it has no history."""

    part = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()

    class Meta:
        ordering = ["part"]

    def __str__(self) -> str:
        return f"{self.part}, {self.beat_at:%Y-%m-%d %H:%M:%S}"

    @staticmethod
    def beat(part: str, *, now: datetime) -> None:
        if not Pulse.objects.filter(part=part).update(beat_at=now):
            # Another worker may write the first beat at this moment.
            Pulse.objects.bulk_create([Pulse(part=part, beat_at=now)], ignore_conflicts=True)

    @staticmethod
    def last_beat(part: str) -> datetime | None:
        return Pulse.objects.filter(part=part).values_list("beat_at", flat=True).first()
