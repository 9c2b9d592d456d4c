"""RabbitMQ, waited for with patience that ends: one whose memory or disk is full lets everybody wait for ever."""

from __future__ import annotations

from typing import Any

from kombu.transport import pyamqp

#: It answers within milliseconds, and a confirmation waits for a disk at most.
PATIENCE_SECONDS = 5


class Connection(pyamqp.Connection):
    """What waits without a time of its own is given up, and the connection with it: nobody is lent it again."""

    def drain_events(self, timeout: float | None = None) -> Any:
        if timeout is not None:
            return super().drain_events(timeout)
        try:
            return super().drain_events(PATIENCE_SECONDS)
        except TimeoutError:
            # Without a farewell, for whose answer it would wait as long.
            self.collect()
            raise


class Transport(pyamqp.Transport):
    Connection = Connection


class SSLTransport(pyamqp.SSLTransport):
    Connection = Connection
