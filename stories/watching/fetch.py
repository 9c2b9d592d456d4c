"""Many sources are fetched at once, a few of each host, while the caller judges and writes those that are done."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import NamedTuple

from stories.models import Watch
from stories.watching.busy import idle
from stories.watching.courtesy import Courtesy
from stories.watching.limits import open_client, open_robots_reader
from stories.watching.memory import Memory, NoRoom, Room, give_large_blocks_back
from stories.watching.turns import Turns
from stories.web.client import Client, Fetched
from stories.web.manners import Manners

AT_ONCE = 50
AT_ONCE_PER_HOST = 2
#: How long a thread keeps its turn while it waits for the first answer.
AT_HAND_SECONDS = 0.1
#: How long an answer waits for others to be judged and written down with it.
GATHER_SECONDS = 0.2

#: What a server answered, or why nothing came: a FetchError, NotNow, or an error of our own.
Answer = Fetched | BaseException
Answered = tuple[Watch, Answer]


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask for; the rest tells the server which copy is at hand, and which address that came from."""

    url: str
    etag: str = ""
    last_modified: str = ""
    copy_of: str = ""
    ignores_robots: bool = False


def fetch_each(
    watches: Iterable[Watch],
    *,
    begin: Callable[[Watch], Request | None],
    courtesy: Courtesy | None = None,
) -> Iterator[list[Answered]]:
    """Yield watches with their answers, as they come in, those that come at nearly the same time together.

    `begin` is called when a watch's turn has come, and says what to ask for, or None to leave it out. At most
    `AT_ONCE` answers are under way or unclaimed, and the bodies of all of them share one `Memory`: what was yielded
    is let go when the caller comes back for more. `begin` and the caller run in the
    caller's thread and outside of any event loop, so that they may use the database.
    """
    turns = Turns(watches, url_of=_url_of, in_all=AT_ONCE, per_host=AT_ONCE_PER_HOST)
    answered: SimpleQueue[Answered] = SimpleQueue()
    under_way = 0
    with _fetching_beside(courtesy or Courtesy()) as beside:
        while True:
            wanted = []
            while (watch := turns.take()) is not None:
                request = begin(watch)
                if request is None:
                    turns.give_back(watch)
                else:
                    wanted.append((watch, request))
            if wanted:
                beside.fetch(wanted, into=answered)
            under_way += len(wanted)
            if not under_way:
                return
            together = _gather(answered, all_came=beside.all_came)
            under_way -= len(together)
            for watch, _answer in together:
                turns.give_back(watch)
            let_go = [watch for watch, _answer in together]
            yield together
            # Nobody may hold on to what the memory is said to be free of.
            del together
            beside.let_go(let_go)


def _gather(answered: SimpleQueue[Answered], *, all_came: threading.Event) -> list[Answered]:
    """Wait for an answer, and a moment longer for others: what is written down together costs less."""
    try:
        together = [answered.get(timeout=AT_HAND_SECONDS)]
    except Empty:
        with idle():
            together = [answered.get()]
    # Not for one after the other, for at each this thread would wake and keep the loop from the next.
    all_came.wait(GATHER_SECONDS)
    with suppress(Empty):
        while True:
            together.append(answered.get_nowait())
    return together


def _url_of(watch: Watch) -> str:
    return watch.source.url or ""


class _Beside(NamedTuple):
    """An event loop in another thread, so that what is judged in this one keeps no server waiting."""

    loop: asyncio.AbstractEventLoop
    client: Client
    manners: Manners
    memory: Memory
    rooms: dict[int, Room]
    tasks: set[asyncio.Task[None]]
    #: Nothing is under way any more.
    all_came: threading.Event
    stop: asyncio.Event

    def fetch(self, wanted: Sequence[tuple[Watch, Request]], *, into: SimpleQueue[Answered]) -> None:
        async def fetch(watch: Watch, request: Request) -> None:
            room = self.rooms[watch.pk] = self.memory.room()
            into.put((watch, await self._answer(request, room)))

        def begin() -> None:
            for each in wanted:
                task = self.loop.create_task(fetch(*each))
                # The loop itself forgets tasks that nobody holds.
                self.tasks.add(task)
                task.add_done_callback(self._forget)

        self.all_came.clear()
        # The other thread is woken once for all of them.
        self.loop.call_soon_threadsafe(begin)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not self.tasks:
            self.all_came.set()

    def let_go(self, watches: Iterable[Watch]) -> None:
        """What came for these is held no more."""
        keys = [watch.pk for watch in watches]
        self.loop.call_soon_threadsafe(self._close_rooms, keys)

    def _close_rooms(self, keys: Iterable[int]) -> None:
        for key in keys:
            self.rooms.pop(key).close()

    async def _answer(self, request: Request, room: Room) -> Answer:
        try:
            try:
                return await self._ask(request, room)
            except NoRoom:
                await room.wait_to_be_alone()
                return await self._ask(request, room)
        except Exception as error:  # noqa: BLE001 - the caller waits for an answer, whatever it is, and sorts it out
            room.close()
            return error

    async def _ask(self, request: Request, room: Room) -> Fetched:
        return await self.client.fetch(
            request.url,
            etag=request.etag,
            last_modified=request.last_modified,
            copy_of=request.copy_of,
            permit=self.manners.wait_for_turn if request.ignores_robots else self.manners.permit,
            grow=room.grow,
        )


@contextmanager
def _fetching_beside(courtesy: Courtesy) -> Iterator[_Beside]:
    """What is still under way at the end is cancelled."""
    give_large_blocks_back()
    ready: Future[_Beside] = Future()
    client, reader = open_client(), open_robots_reader()
    thread = threading.Thread(
        target=_run_loop, args=(client, reader, courtesy, ready), name="fetching", daemon=True
    )
    thread.start()
    beside = ready.result()
    try:
        yield beside
    finally:
        beside.loop.call_soon_threadsafe(beside.stop.set)
        thread.join()


def _run_loop(client: Client, reader: Client, courtesy: Courtesy, ready: Future[_Beside]) -> None:
    async def serve() -> None:
        manners, stop = courtesy.begin(reader), asyncio.Event()
        async with client, reader:
            loop, all_came = asyncio.get_running_loop(), threading.Event()
            ready.set_result(_Beside(loop, client, manners, Memory(), {}, set(), all_came, stop))
            await stop.wait()
        courtesy.end()

    try:
        with asyncio.Runner() as runner:
            runner.run(serve())
    except BaseException as error:
        if not ready.done():
            # Such as no file left for the loop: whoever waits would wait for ever.
            ready.set_exception(error)
            return
        raise
