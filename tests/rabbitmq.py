"""A real RabbitMQ on free ports of loopback, with a node and a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import find_free_port
from tests.services import READY_WITHIN_SECONDS, wait_for

#: Debian's program on the path changes to an account of its own; this one does not.
SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
IS_INSTALLED = SERVER.exists() and shutil.which("epmd") is not None
WHY_NOT = "RabbitMQ is not installed. On Debian: apt-get install rabbitmq-server"


class RabbitMQ:
    """`start` and `stop` it as often as a test likes: what was durable is there again."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.port, self._names = find_free_port(), find_free_port()
        self._server: subprocess.Popen[bytes] | None = None
        (folder / "plugins").write_text("[].\n")
        settings = f"loopback_users = none\nlisteners.tcp.default = 127.0.0.1:{self.port}\n"
        (folder / "rabbitmq.conf").write_text(settings)
        self._environment = {
            **os.environ,
            "HOME": str(folder),
            "RABBITMQ_NODENAME": f"test-{self.port}@localhost",
            "RABBITMQ_DIST_PORT": str(find_free_port()),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_MNESIA_BASE": str(folder / "rows"),
            "RABBITMQ_LOG_BASE": str(folder / "logs"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "ERL_EPMD_PORT": str(self._names),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
        }

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def start(self) -> None:
        self._server = subprocess.Popen(
            [SERVER], env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(self.port, self._server)

    def stop(self) -> None:
        if self._server:
            self._server.terminate()
            self._server.wait(READY_WITHIN_SECONDS)

    def control(self, *words: str) -> None:
        """What an operator says to it by `rabbitmqctl`."""
        command = [str(SERVER.parent / "rabbitmqctl"), "-n", self._environment["RABBITMQ_NODENAME"], *words]
        subprocess.run(command, env=self._environment, check=True, capture_output=True)

    def forget_names(self) -> None:
        """End the register of nodes that it has started beside itself."""
        subprocess.run(["epmd", "-kill"], env=self._environment, check=False, capture_output=True)


@contextmanager
def start_rabbitmq(folder: Path) -> Iterator[RabbitMQ]:
    server = RabbitMQ(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        server.forget_names()
