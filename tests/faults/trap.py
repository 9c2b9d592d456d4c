"""Fail points: before and after every commit and every send, each a place in the code at which a process dies once.

A commit is the end of a transaction, or a statement that writes outside of one. A send is a letter handed to the mail
server, a post to somebody's address, a message to the broker. The trap lies at the doors that all of them go through:
Django's connection, smtplib, the web room's client and kombu's producer. The product knows nothing of it.

A point is named by what is done, the side, and the line of the product that does it. Whoever comes to a point that
nobody has died at notes it and kills itself; the next passes by.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import smtplib
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any
from zlib import crc32

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from kombu.messaging import Producer

from stories.web.client import Client

FILE, SEED, SHARE = "FAULTS_TRAP", "FAULTS_TRAP_SEED", "FAULTS_TRAP_SHARE"
_ROOT = Path(__file__).resolve().parent.parent.parent
_WRITES = ("INSERT", "UPDATE", "DELETE")
#: Of those who come to a point, the share that dies: so that it is not always the first time around.
_CHANCE = 0.5
_PARTS = 10_000


def set_if_asked() -> None:
    if path := os.environ.get(FILE):
        trap = Trap(Path(path), seed=os.environ[SEED], share=float(os.environ[SHARE]))
        _at_commits(trap)
        _at_sends(trap)


class Trap:
    def __init__(self, path: Path, *, seed: str, share: float) -> None:
        self.path, self.seed, self.share = path, seed, share
        self.random = random.Random(f"{seed} {os.getpid()}")

    def passed(self, what: str, side: str) -> None:
        point = f"{side} {what} in {_where()}"
        if crc32(f"{self.seed} {point}".encode()) % _PARTS >= self.share * _PARTS:
            return
        if point in points_of(self.path) or self.random.random() >= _CHANCE:
            return
        with self.path.open("a") as file:
            file.write(f"{point}\n")
        os.kill(os.getpid(), signal.SIGKILL)

    def around(self, what: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def done(*args: Any, **kwargs: Any) -> Any:
            self.passed(what, "before")
            result = do(*args, **kwargs)
            self.passed(what, "after")
            return result

        return done

    def around_async(self, what: str, do: Callable[..., Any]) -> Callable[..., Any]:
        async def done(*args: Any, **kwargs: Any) -> Any:
            self.passed(what, "before")
            result = await do(*args, **kwargs)
            self.passed(what, "after")
            return result

        return done


def points_of(path: Path) -> list[str]:
    """Those at which somebody died, in order."""
    return list(dict.fromkeys(path.read_text().splitlines())) if path.exists() else []


def _at_commits(trap: Trap) -> None:
    BaseDatabaseWrapper._commit = trap.around("a commit", BaseDatabaseWrapper._commit)  # type: ignore[method-assign]

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        is_commit = not context["connection"].in_atomic_block and sql.lstrip().upper().startswith(_WRITES)
        do = trap.around("a write", execute) if is_commit else execute
        return do(sql, params, many, context)

    def watch_connection(connection: Any, **_more: Any) -> None:
        connection.execute_wrappers.append(watch)

    connection_created.connect(watch_connection, weak=False)


def _at_sends(trap: Trap) -> None:
    smtplib.SMTP.sendmail = trap.around("a letter", smtplib.SMTP.sendmail)  # type: ignore[method-assign]
    for name in ("post", "put"):
        setattr(Client, name, trap.around_async("a post", getattr(Client, name)))
    Producer._publish = trap.around("a message", Producer._publish)


def _where() -> str:
    """The line of the product that is at work; the coroutine, or the process, where none is."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_ROOT / "stories") or path.name == "beat.py":
            return f"{path.stem}.{frame.f_code.co_name}, line {frame.f_lineno}"
        frame = frame.f_back
    return _task()


def _task() -> str:
    """A coroutine's caller is the loop that runs it."""
    try:
        task = asyncio.current_task()
    except RuntimeError:
        task = None
    return task.get_coro().__qualname__ if task else os.environ.get("FAULTS_PROCESS", "")  # type: ignore[union-attr]
