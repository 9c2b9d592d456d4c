"""RabbitMQ that takes nothing more: whoever asks it for something is told so, and does not wait for ever."""

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError

import newsroom.celery  # noqa: F401 - names the transport
from newsroom import amqp
from tests.rabbitmq import IS_INSTALLED, WHY_NOT, start_rabbitmq

pytestmark = pytest.mark.skipif(not IS_INSTALLED, reason=WHY_NOT)


def test_a_broker_without_memory_keeps_nobody_waiting_and_has_once_what_comes_later(tmp_path, monkeypatch):
    monkeypatch.setattr(amqp, "PATIENCE_SECONDS", 1)
    with (
        start_rabbitmq(tmp_path / "rabbitmq") as broker,
        Connection(broker.url, transport_options={"confirm_publish": True}) as connection,
    ):
        queue = connection.SimpleQueue("desk")
        queue.put("before")
        broker.control("set_vm_memory_high_watermark", "absolute", "1MB")

        with pytest.raises(OperationalError):
            queue.put("after", retry=True, retry_policy={"max_retries": 1})

        broker.control("set_vm_memory_high_watermark", "0.6")
        queue.put("later", retry=True)
        with Connection(broker.url) as taking:
            taken = taking.SimpleQueue("desk")
            told = [taken.get(timeout=120).payload for _ in range(taken.qsize())]
        assert told.count("later") == 1
