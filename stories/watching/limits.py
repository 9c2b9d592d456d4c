"""The installation's settings, as the web room wants them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from stories.watching.retention import Retention
from stories.watching.schedule import Bounds
from stories.web.client import Client
from stories.web.host_and_port import parse_host_and_port
from stories.web.limits import Limits
from stories.web.robots import MAX_BYTES


def fetch_limits() -> Limits:
    """What one answer may cost us, from the `WATCH_…` settings."""
    return Limits(
        total_seconds=settings.WATCH_TOTAL_SECONDS,
        raw_bytes=settings.WATCH_RAW_BYTES,
        decoded_bytes=settings.WATCH_DECODED_BYTES,
        header_bytes=settings.WATCH_HEADER_BYTES,
    )


def open_client() -> Client:
    """The one client for everything that the installation asks of other servers."""
    return _client(fetch_limits())


def open_client_with(limits: Limits) -> Client:
    """The same with other limits: for somebody who waits."""
    return _client(limits)


def open_robots_reader() -> Client:
    """The same for robots.txt: a third of the time, so that some is left for the page, and a smaller bound."""
    limits = fetch_limits()
    return _client(replace(limits, total_seconds=limits.total_seconds / 3, decoded_bytes=MAX_BYTES))


def lease_lasts() -> timedelta:
    """A look without a sign of life for twice the time that a fetch may take is taken for dead."""
    return timedelta(seconds=2 * settings.WATCH_TOTAL_SECONDS)


def bounds_of_pace() -> Bounds:
    """How often a source may and must be looked at, from the `WATCH_…` settings."""
    return Bounds(
        interval=timedelta(seconds=settings.WATCH_INTERVAL_SECONDS),
        shortest=timedelta(seconds=settings.WATCH_SHORTEST_SECONDS),
        longest=timedelta(seconds=settings.WATCH_LONGEST_SECONDS),
        fresh_for=timedelta(days=settings.WATCH_FRESH_DAYS),
        confirm_after=timedelta(seconds=settings.WATCH_CONFIRM_SECONDS),
    )


def retention() -> Retention:
    """How long copies are kept that nothing rests on, from the `SNAPSHOTS_…` settings."""
    return Retention(
        keep_all=timedelta(days=settings.SNAPSHOTS_KEEP_ALL_DAYS),
        keep_daily=timedelta(days=settings.SNAPSHOTS_KEEP_DAILY_DAYS),
    )


def allowed_private() -> list[tuple[str, int]]:
    """The hosts and ports that may be read although they are not public: `WATCH_ALLOWED_PRIVATE`."""
    return parse_hosts_and_ports(settings.WATCH_ALLOWED_PRIVATE, name="WATCH_ALLOWED_PRIVATE")


def parse_hosts_and_ports(pairs: Sequence[str], *, name: str) -> list[tuple[str, int]]:
    """Return `127.0.0.1:8010` as `("127.0.0.1", 8010)`. Raises ImproperlyConfigured with the setting's name."""
    try:
        return [parse_host_and_port(pair) for pair in pairs]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} holds {error}") from error


def _client(limits: Limits) -> Client:
    return Client(user_agent=settings.WATCH_USER_AGENT, limits=limits, allowed=allowed_private())
