"""A few child processes, kept alive together and ended together.

Each child leads a session of its own, so that Ctrl-C reaches the supervisor alone, which ends them in order.
On Linux the kernel ends a child whose supervisor was killed: nothing is left to hold a port or a queue.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

PATIENCE_SECONDS = 15.0
DEATHS_ALLOWED = 5
DEATHS_WITHIN_SECONDS = 60.0
_PR_SET_PDEATHSIG = 1


class ChildKeepsDying(Exception):
    """A child ended so often in so short a time that starting it again is no help."""


@dataclass
class Child:
    """A command, the open files it inherits, its process while it runs, and when it last died (monotonic seconds)."""

    name: str
    command: Sequence[str]
    inherits: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=DEATHS_ALLOWED))

    def start(self, environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=self.inherits,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )

    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def signal(self, number: int) -> None:
        """Signal the child's whole session; one that is gone already needs none."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    def __init__(
        self, children: Sequence[Child], *, environment: Mapping[str, str], say: Callable[[str], None]
    ) -> None:
        self.children = children
        self.environment = environment
        self.say = say
        self.is_stopping = threading.Event()

    def start(self) -> None:
        for child in self.children:
            child.start(self.environment)

    def stop_on_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.is_stopping.set())

    def watch(self, *, for_seconds: float, every_seconds: float = 0.5) -> None:
        """Start a child that died again, for a while or until told to stop. Raises ChildKeepsDying."""
        end = time.monotonic() + for_seconds
        while time.monotonic() < end and not self.is_stopping.wait(every_seconds):
            for child in self.children:
                if child.is_dead():
                    self._replace(child)

    def _replace(self, child: Child) -> None:
        assert child.process is not None
        now = time.monotonic()
        if len(child.deaths) == DEATHS_ALLOWED and now - child.deaths[0] < DEATHS_WITHIN_SECONDS:
            raise ChildKeepsDying(f"The {child.name} keeps ending (exit status {child.process.returncode}).")
        child.deaths.append(now)
        self.say(f"The {child.name} ended (exit status {child.process.returncode}): starting it again.")
        child.signal(signal.SIGKILL)  # Whatever is left of its session.
        child.start(self.environment)

    def stop(self) -> None:
        """End the children, last started first, gently and then not; return when none is left."""
        for child in reversed(self.children):
            if child.process is not None and not child.is_dead():
                child.process.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for child in reversed(self.children):
            if child.process is not None:
                _wait(child.process, deadline)
                child.signal(signal.SIGKILL)


def _wait(process: subprocess.Popen[bytes], deadline: float) -> None:
    try:
        process.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
