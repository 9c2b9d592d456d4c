"""The broker as an operator sees it."""

from uuid import uuid4

import pytest
import redis
from celery import current_app
from kombu import Queue

from stories.operating.broker import broker_error, queue_lengths
from tests.services import READY_WITHIN_SECONDS, start_redis


def test_what_waits_is_counted_by_queue(monkeypatch):
    name = f"in-a-test-{uuid4()}"
    monkeypatch.setitem(current_app.amqp.queues, name, Queue(name))
    with current_app.connection_for_write() as connection:
        waiting = connection.SimpleQueue(name)
        waiting.put("a message")

        counted = queue_lengths()

        waiting.get(timeout=READY_WITHIN_SECONDS).ack()
        waiting.queue.delete()
    assert counted[name] == 1


def test_a_broker_that_answers_has_no_error():
    assert broker_error() == ""


def test_a_broker_that_is_away_has_one(broker_away):
    assert broker_error() == "OperationalError"


@pytest.mark.services
def test_one_that_is_full_is_told_although_it_lets_us_in(monkeypatch, tmp_path):
    with start_redis(tmp_path / "redis") as address:
        monkeypatch.setitem(current_app.conf, "broker_read_url", address)
        assert broker_error() == ""

        with redis.from_url(address) as server:
            server.config_set("maxmemory", "1")

        assert broker_error() == "OutOfMemoryError"
