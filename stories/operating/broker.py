"""The broker, as an operator sees it: whether it answers, and what waits in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from celery import current_app
from kombu.exceptions import ChannelError

#: A probe asks often, and must not wait for a broker that is away.
PATIENCE_SECONDS = 2


def broker_error() -> str:
    """In a word why the broker does nothing for us, without its address; empty where it does.

    One that is full still lets us in, so it is asked for its queues.
    """
    try:
        queue_lengths()
    except Exception as error:  # noqa: BLE001 - each transport has its own errors
        return type(_first_of(error)).__name__
    return ""


def _first_of(error: BaseException) -> BaseException:
    """The broker's own, where it was wrapped: one that is away and one that does not let us in look alike else."""
    return _first_of(error.__cause__) if error.__cause__ else error


def queue_lengths() -> dict[str, int]:
    """How many messages wait in each queue that somebody has used. Raises what the broker raises."""
    lengths = {}
    for name in current_app.amqp.queues:
        # RabbitMQ closes a channel that asks for a queue that is not there: each question has its own.
        with _connection() as connection:
            try:
                lengths[name] = connection.channel().queue_declare(queue=name, passive=True).message_count
            except ChannelError:  # Nobody has used it yet; of Redis, what refuses us is another.
                continue
    return lengths


def queues_with_workers() -> set[str]:
    """Whose workers answer within the patience. Raises what the broker raises."""
    with _connection() as connection:
        asked = current_app.control.inspect(timeout=PATIENCE_SECONDS, connection=connection)
        answers: dict[str, Any] = asked.active_queues() or {}
    return {queue["name"] for queues in answers.values() for queue in queues}


@contextmanager
def _connection() -> Iterator[Any]:
    connection: Any = current_app.connection_for_read(
        connect_timeout=PATIENCE_SECONDS,
        transport_options={"socket_connect_timeout": PATIENCE_SECONDS, "socket_timeout": PATIENCE_SECONDS},
    )
    with connection:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=PATIENCE_SECONDS)
        yield connection
