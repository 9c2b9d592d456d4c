"""The hosts of a batch: taken for this worker, so that a site is read by one at a time, and given back at the end."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from stories.models import Host, Watch
from stories.models.watch import without_rings
from stories.watching.limits import lease_lasts
from stories.web.errors import AddressRefused
from stories.web.guard import origin_of
from stories.web.manners import LONGEST_WAIT_SECONDS, Robots

#: Renewed while the batch goes on: so long, at least, is a host left alone after its worker was killed.
SHORTEST_LEASE = timedelta(seconds=60)
#: When to try again a source whose host another worker is reading from.
TRY_AGAIN = timedelta(seconds=20)


class Hosts:
    """Three queries for a batch, whatever it holds, and one at its end; some more where there is news of a host."""

    def __init__(self, watches: Iterable[Watch], *, now: Callable[[], datetime]) -> None:
        """Take those that are free. Sources of the others are put off, and so are those of hosts that want quiet.

        The hosts of a source are those of its address and of the one that it led to when it was last read.
        """
        self._now = now
        self._lease, self._lasts = uuid.uuid4(), max(SHORTEST_LEASE, lease_lasts())
        self._renewed_at = now()
        self._origins = _origins_of(without_rings(watches))
        self._rows = self._take(sorted({each for origins in self._origins.values() for each in origins}))
        self.welcome = self._receive()

    @property
    def robots(self) -> dict[str, Robots]:
        """The copies of robots.txt at hand."""
        return {
            origin: Robots(row.robots, row.robots_expires_at)
            for origin, row in self._rows.items()
            if row.robots_expires_at is not None
        }

    @property
    def quiet(self) -> dict[str, datetime]:
        return {origin: row.quiet_until for origin, row in self._rows.items() if row.quiet_until is not None}

    def keep(self) -> None:
        """Renew the leases, if it is time."""
        now = self._now()
        if abs(now - self._renewed_at) > self._lasts / 4:
            self._held().update(leased_until=now + self._lasts)
            self._renewed_at = now

    def give_back(self, *, robots: Mapping[str, Robots], quiet_until: Mapping[str, datetime]) -> None:
        """Write down what was learned, and let others read."""
        now = self._now()
        keep_robots(robots)
        _write_quiet({origin: until for origin, until in quiet_until.items() if until > now})
        self._held().update(lease=None, leased_until=None)

    def _held(self) -> QuerySet[Host]:
        return Host.objects.filter(pk__in=[row.pk for row in self._rows.values()], lease=self._lease)

    def _take(self, origins: Sequence[str]) -> dict[str, Host]:
        now = self._now()
        lease = {"lease": self._lease, "leased_until": now + self._lasts}
        named = Host.objects.filter(origin__in=origins)
        with transaction.atomic():
            # In one order, and past those that another worker takes at this moment: neither waits for the other.
            free = named.free(now).order_by("pk").select_for_update(skip_locked=True)
            Host.objects.filter(pk__in=free.values("pk")).update(**lease)
        rows = {host.origin: host for host in named}
        missing = [Host(origin=origin, **lease) for origin in origins if origin not in rows]
        if missing:
            # Another worker may meet the same host for the first time at this moment: the unique origin decides.
            Host.objects.bulk_create(missing, ignore_conflicts=True)
            rows |= {host.origin: host for host in named.filter(origin__in=[host.origin for host in missing])}
        return rows

    def _receive(self) -> list[Watch]:
        now, welcome = self._now(), []
        waiting: dict[datetime, list[Watch]] = defaultdict(list)
        for watch, origins in self._origins.items():
            until = max(filter(None, (self._put_off_until(origin, now) for origin in origins)), default=None)
            if until is None:
                welcome.append(watch)
            else:
                waiting[until].append(watch)
        for until, watches in waiting.items():
            put_off(watches, until=until)
        return welcome

    def _put_off_until(self, origin: str, now: datetime) -> datetime | None:
        row = self._rows[origin]
        if row.lease != self._lease:
            return now + TRY_AGAIN
        if row.quiet_until and row.quiet_until > now + timedelta(seconds=LONGEST_WAIT_SECONDS):
            return row.quiet_until
        return None


def by_host(watches: Iterable[Watch]) -> Iterable[list[Watch]]:
    """The same watches, those of one host together, in the place of the first of them."""
    hosts: dict[str, list[Watch]] = defaultdict(list)
    for watch in watches:
        hosts[_origin_of(watch)].append(watch)
    return hosts.values()


def put_off(watches: Iterable[Watch], *, until: datetime) -> None:
    """Nothing was asked, nothing has failed: the sources are due later, unless somebody is at them meanwhile."""
    free = Watch.objects.filter(pk__in=[watch.pk for watch in watches], lease__isnull=True)
    free.filter(due_at__lt=until).update(due_at=until)


def _origins_of(watches: Sequence[Watch]) -> dict[Watch, set[str]]:
    """None for what is no address at all, as the look at it will say."""
    led_on = Watch.objects.filter(pk__in=[watch.pk for watch in watches], snapshot__isnull=False)
    led_on = led_on.exclude(snapshot__final_url=F("source__url"))
    led_to = dict(led_on.values_list("pk", "snapshot__final_url"))
    found = {watch: {_origin_of(watch), _origin(led_to.get(watch.pk, ""))} for watch in watches}
    return {watch: origins - {""} for watch, origins in found.items()}


def _origin_of(watch: Watch) -> str:
    return _origin(watch.source.url or "")


def _origin(url: str) -> str:
    try:
        return origin_of(url)
    except AddressRefused:
        return ""


def keep_robots(robots: Mapping[str, Robots]) -> None:
    """Write down what was read of these sites, for whoever reads there next."""
    Host.objects.bulk_create(
        [
            Host(origin=origin, robots=each.text, robots_expires_at=each.expires_at)
            for origin, each in sorted(robots.items())
        ],
        update_conflicts=True,
        unique_fields=["origin"],
        update_fields=["robots", "robots_expires_at"],
    )


def _write_quiet(quiet_until: Mapping[str, datetime]) -> None:
    Host.objects.bulk_create(
        [Host(origin=origin, quiet_until=until) for origin, until in sorted(quiet_until.items())],
        update_conflicts=True,
        unique_fields=["origin"],
        update_fields=["quiet_until"],
    )
