"""A clock that was set back: what was put off by the one that ran ahead must not wait until it comes round again.

NTP mends a clock by hours or a day, seldom, but just where nobody looks. Every look, claim and lease of the wrong
clock lies ahead then, and to the right one none of them would be due. What is leased while a clock is set, back or
forth, is leased for as long as it was meant to be: whoever has the lease may be at work.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from stories.models import Bulk, Delivery, Digest, Host, HubPing, Intake, Pulse, Watch, WatchedFeed
from stories.models.outgoing import ON_THE_WAY_OUT
from stories.models.pulse import SET_BACK, SET_FORTH, TICK
from stories.models.words import Pace, Timing

logger = logging.getLogger(__name__)

#: Clocks of several machines differ by less, and what is put off by less comes soon by itself.
NOT_WORTH_MENDING = timedelta(minutes=5)
#: Two machines whose clocks disagree would otherwise bring it back at each tick of the slower one, and at each of the
#: other keep what a dead worker leased; ticks that all come late would keep it too.
AT_MOST_EVERY = timedelta(hours=1)
#: No worker leases anything for longer than that from the last tick on; a command may, and keeps what it has.
LONGEST_LEASE = timedelta(minutes=10)


def bring_back_what_lies_ahead(*, now: datetime) -> bool:
    """Where the last tick lies in the future, make due what its clock put off; return whether it does.

    Asked by each tick before it beats, so that it is done once, and again where its worker died over it.
    """
    last = Pulse.last_beat(TICK)
    if last is None or last - now < NOT_WORTH_MENDING or _was_just_done(SET_BACK, now):
        return False
    logger.warning("The clock was set back by %s: what the wrong one put off is due now.", last - now)
    with transaction.atomic():
        _move_leases(last, by=now - last)
        Host.objects.filter(quiet_until__gt=last).update(quiet_until=None)
        _bring_back_looks(now)
        _bring_back_messages(now)
        Pulse.beat(SET_BACK, now=now)
    return True


def keep_what_is_leased(*, now: datetime) -> None:
    """Where the last tick lies long back, let what was leased then be leased for as long as it was meant to be.

    The clock was set forth, and whoever has the lease is at work; or nobody was, and what they left comes a minute
    later. Asked by each tick before it beats; asking twice does it once.
    """
    last = Pulse.last_beat(TICK)
    long = max(NOT_WORTH_MENDING, 2 * timedelta(seconds=settings.TICK_SECONDS))
    if last is None or now - last < long or _was_just_done(SET_FORTH, now):
        return
    with transaction.atomic():
        _move_leases(last, by=now - last, until=now)
        Pulse.beat(SET_FORTH, now=now)


def _was_just_done(what: str, now: datetime) -> bool:
    done_at = Pulse.last_beat(what)
    return done_at is not None and abs(now - done_at) < AT_MOST_EVERY


def _move_leases(last: datetime, *, by: timedelta, until: datetime | None = None) -> None:
    """The leases of the wrong clock, which end soon after its last tick; none that was taken since."""
    end = last + LONGEST_LEASE if until is None else min(until, last + LONGEST_LEASE)
    leased: Any
    for leased in (Watch, Host, Intake, Bulk):
        held = leased.objects.filter(leased_until__gt=last, leased_until__lte=end)
        held.update(leased_until=F("leased_until") + by)


def _bring_back_looks(now: datetime) -> None:
    """A look that has not been yet says nothing of when the next is due."""
    ahead = now + NOT_WORTH_MENDING
    looked_ahead = Q(checked_at__gt=ahead) | Q(checked_at__isnull=True)
    Watch.objects.filter(looked_ahead, due_at__gt=now).update(due_at=now, pace=Pace.ASKED)
    WatchedFeed.objects.filter(looked_ahead, due_at__gt=now).update(due_at=now)


def _bring_back_messages(now: datetime) -> None:
    """One that a server asked to wait for may be tried once too soon; what a person wants later comes later."""
    out = {"state__in": ON_THE_WAY_OUT, "next_try_at__gt": now}
    Delivery.objects.filter(**out, timing=Timing.AT_ONCE, digest__isnull=True).update(next_try_at=now)
    Digest.objects.filter(**out).update(next_try_at=now)
    HubPing.objects.filter(next_try_at__gt=now).update(next_try_at=now)
