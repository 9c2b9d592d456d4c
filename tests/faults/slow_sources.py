"""10,000 sources, of which one in twenty drips: the others are read on time. Invariants 2 and 6.

The sources become due one after the other. A dripping page sends a byte a second until the newsroom hangs up, which
it does when a look may take no longer. A task with such a page among its fifty takes as long as that, so there have to
be workers for the others: the row says how many there were.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from tests.faults.places import SERVICES, SQLITE, Place, wait_until
from tests.faults.runs import Done, Occasion, run
from tests.ports import find_free_port

#: One in so many drips; those that do have hosts of their own.
ONE_IN, HOSTS = 20, 200
DUE_A_SECOND = 20
TOTAL_SECONDS = 3
#: Of each place, the processes that read and how many of them, or of their threads, read at once.
CHECKING = {
    SQLITE: (("worker",), "1 worker with 2 threads"),
    SERVICES: (("publishing", "checking", "beat"), "2 processes"),
}
#: Two ticks, the look of a slow page that holds a worker, and a minute in which a busy machine comes to nothing.
ON_TIME = timedelta(seconds=2 + TOTAL_SECONDS + 60)
_PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
_TEXT = b"<title>Notice</title><p>The ferry to the islands leaves at nine in the morning.</p>"
_NOT_THERE = b"HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


@run("10,000 sources, 5 % of which drip", times=10_000, on=(SQLITE, SERVICES))
def read_on_time(at: Occasion) -> Done:
    at.place.begin()
    names, workers = CHECKING[at.place.name]
    port = find_free_port()
    hosts = [f"127.1.0.{number + 1}" for number in range(HOSTS)]
    drips = set(at.random.sample(hosts, HOSTS // ONE_IN))
    allowed = ",".join(f"{host}:{port}" for host in hosts)
    with (
        _serving(hosts, port, drips),
        at.place.running(
            *names,
            WATCH_ALLOWED_PRIVATE=allowed,
            WATCH_BATCH_SIZE="50",
            WATCH_TOTAL_SECONDS=str(TOTAL_SECONDS),
            WATCH_INTERVAL_SECONDS="86400",
        ),
    ):
        assert wait_until(lambda: at.place.count("pulse") > 0), "no tick"
        due = _add_sources(hosts, port, at)
        seconds = 600 + at.times / DUE_A_SECOND
        wait_until(lambda: at.place.count("watch", "checked_at IS NULL") == 0, seconds=seconds, every=1)
        return _told(at.place, due, drips, workers)


def _add_sources(hosts: Sequence[str], port: int, at: Occasion) -> dict[int, datetime]:
    """Each becomes due at a moment of its own, in an order of chance; by its key, when."""
    from django.utils import timezone

    from stories.models import Source, Watch

    urls = [f"http://{hosts[number % HOSTS]}:{port}/{number}" for number in range(at.times)]
    at.random.shuffle(urls)
    sources = [Source(title=url, url=url) for url in urls]
    start = timezone.now() + timedelta(seconds=15)
    # In one transaction, so that no tick takes up a source without its watch.
    from django.db import transaction

    with transaction.atomic():
        made = Source.objects.bulk_create(sources, batch_size=500)
        due = {
            source.pk: start + timedelta(seconds=number / DUE_A_SECOND) for number, source in enumerate(made)
        }
        Watch.objects.bulk_create(
            [Watch(source=source, due_at=due[source.pk]) for source in made], batch_size=500
        )
    return due


def _told(place: Place, due: dict[int, datetime], drips: set[str], workers: str) -> Done:
    from stories.models import Check, Source

    urls = dict(Source.objects.values_list("pk", "url"))
    late: list[timedelta] = []
    lost: list[str] = []
    slow = 0
    read = dict(Check.objects.order_by("-pk").values_list("source", "started_at"))
    for key, at in due.items():
        host = str(urls[key]).split("/")[2].split(":")[0]
        if key not in read:
            lost.append(f"invariant 2: {urls[key]} was never read")
        elif host in drips:
            slow += 1
        else:
            late.append(read[key] - at)
            if late[-1] > ON_TIME:
                lost.append(f"invariant 2: {urls[key]} was read {late[-1].total_seconds():.0f} s late")
    late.sort()
    median, most = (f"{each.total_seconds():.1f}" for each in (late[len(late) // 2], late[-1]))
    said = f"on {workers}; {slow:,} dripped; the others were {median} s late at the median, {most} s at most"
    return Done(len(due), said, lost[:20] + [f"and {len(lost) - 20:,} more"] * (len(lost) > 20))


@contextmanager
def _serving(hosts: Sequence[str], port: int, drips: set[str]) -> Iterator[None]:
    """All of these hosts: loopback answers to every address of 127.0.0.0/8."""
    loop, ready = asyncio.new_event_loop(), threading.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            if b"/robots.txt" in request.partition(b"\r\n")[0]:
                writer.write(_NOT_THERE)
            elif writer.get_extra_info("sockname")[0] in drips:
                await _drip(writer)
            else:
                writer.write(_PAGE % (len(_TEXT), _TEXT))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def serve() -> None:
        async with await asyncio.start_server(answer, hosts, port, backlog=500):
            ready.set()
            await stop.wait()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    stop = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


async def _drip(writer: asyncio.StreamWriter) -> None:
    writer.write(_PAGE[: _PAGE.index(b"Content-Length")] + b"\r\n")
    for _ in range(600):
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(1)
