"""RabbitMQ, waited for with patience that ends: one whose memory or disk is full lets everybody wait for ever."""

from __future__ import annotations

from typing import Any

from kombu.transport import pyamqp

#: It answers within milliseconds, and a confirmation waits for a disk at most.
PATIENCE_SECONDS = 5


class Connection(pyamqp.Connection):
    """What waits without a time of its own is given up; after that, a farewell is not waited for either."""

    _has_given_up = False

    def drain_events(self, timeout: float | None = None) -> Any:
        if timeout is not None:
            return super().drain_events(timeout)
        if self._has_given_up:
            raise TimeoutError("The broker does not answer.")
        try:
            return super().drain_events(PATIENCE_SECONDS)
        except TimeoutError:
            self._has_given_up = True
            raise


class Transport(pyamqp.Transport):
    Connection = Connection


class SSLTransport(pyamqp.SSLTransport):
    Connection = Connection
