"""Python imports it at its start, where it is on the path: the clock of this process follows the one in a file.

The offset in seconds stands in the file that `FAULTS_CLOCK` names. Time that passes (`time.monotonic`) is left alone,
as it is when an operator or NTP sets a clock.
"""

import os
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import time_machine

LOOK_EVERY_SECONDS = 0.1


class Follower:
    def __init__(self, file: Path) -> None:
        self._file, self._set_to = file, 0.0
        self._clock = time_machine.travel(datetime.now(UTC), tick=True).start()
        # On a busy machine seconds have gone by between the two.
        self._clock.shift(time_machine.escape_hatch.time.time() - time.time())
        self._look()
        self.follow()
        # The clock outlives a fork, and a thread does not.
        os.register_at_fork(after_in_child=self.follow)

    def follow(self) -> None:
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        while True:
            time.sleep(LOOK_EVERY_SECONDS)
            self._look()

    def _look(self) -> None:
        with suppress(OSError, ValueError):
            offset = float(self._file.read_text())
            if offset != self._set_to:
                self._clock.shift(offset - self._set_to)
                self._set_to = offset


if name := os.environ.get("FAULTS_CLOCK"):
    Follower(Path(name))
