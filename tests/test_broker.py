"""The embedded broker: taken by its scheme, and asked often enough."""

from kombu import Connection

import newsroom.celery  # noqa: F401 - names the transport


def test_the_embedded_broker_is_asked_several_times_a_second(tmp_path):
    with Connection(f"sqla+sqlite:///{tmp_path / 'broker.sqlite3'}") as connection:
        assert connection.transport.polling_interval <= 0.25


def test_messages_go_through_the_embedded_broker_in_order(tmp_path):
    with Connection(f"sqla+sqlite:///{tmp_path / 'broker.sqlite3'}") as connection:
        queue = connection.SimpleQueue("desk")
        for number in range(3):
            queue.put(number)

        assert [queue.get(timeout=5).payload for _ in range(3)] == [0, 1, 2]
