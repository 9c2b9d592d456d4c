"""The broker as an operator sees it."""

from collections.abc import Iterator
from contextlib import ExitStack
from threading import Event
from uuid import uuid4

import pytest
import redis
from celery import Celery, Task, current_app
from celery.contrib.testing.app import TestApp
from celery.contrib.testing.worker import start_worker
from django.utils import timezone
from kombu import Queue

from stories.operating.broker import broker_error, queue_lengths
from stories.operating.examining.machinery import examine_machinery
from tests.services import READY_WITHIN_SECONDS, start_redis


@pytest.fixture(autouse=True)
def connections_anew() -> Iterator[None]:
    """A test's own broker, or the application of its own worker, would be that of all who come after."""
    ours = current_app._get_current_object()
    yield
    ours.set_current()
    ours._after_fork()


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
    assert broker_error() == "ConnectionError"


@pytest.mark.services
def test_one_that_does_not_let_us_in_is_told_by_its_own_word(monkeypatch, tmp_path):
    with start_redis(tmp_path / "redis") as address:
        monkeypatch.setitem(current_app.conf, "broker_read_url", address)
        with redis.from_url(address) as server:
            server.config_set("requirepass", "another")

        assert broker_error() == "AuthenticationError"


@pytest.mark.services
def test_one_that_is_full_is_told_although_it_lets_us_in(monkeypatch, tmp_path):
    with start_redis(tmp_path / "redis") as address:
        monkeypatch.setitem(current_app.conf, "broker_read_url", address)
        assert broker_error() == ""

        with redis.from_url(address) as server:
            server.config_set("maxmemory", "1")

        assert broker_error() == "OutOfMemoryError"


@pytest.mark.services
@pytest.mark.django_db
def test_a_queue_that_nobody_empties_is_told_and_none_that_is_worked_at(ticking, monkeypatch, tmp_path):
    with start_redis(tmp_path / "redis") as address:
        monkeypatch.setenv("CELERY_BROKER_URL", address)
        app = TestApp("newsroom-in-a-test", broker=address)
        app.conf.task_default_queue, app.conf.worker_prefetch_multiplier = "posting", 1
        take_long, begun, may_end = a_long_task(app)
        for _ in range(5):
            take_long.delay()

        left = told_of_queues()
        worker = start_worker(app, pool="threads", perform_ping_check=False, shutdown_timeout=120)
        with worker, ExitStack() as at_the_end:
            at_the_end.callback(may_end.set)
            begun.wait(READY_WITHIN_SECONDS)
            worked_at, waiting = told_of_queues(), queue_lengths().get("posting", 0)

    assert left == ["Messages wait in the queue “posting” (5), and no worker says that it empties it."]
    assert waiting > 0
    assert worked_at == []


def a_long_task(app: Celery) -> tuple[Task, Event, Event]:
    """A task, what tells that a worker has begun it, and what lets it end."""
    begun, may_end = Event(), Event()

    @app.task
    def take_long() -> None:
        begun.set()
        may_end.wait(READY_WITHIN_SECONDS)

    return take_long, begun, may_end


def told_of_queues() -> list[str]:
    return [each.said for each in examine_machinery(now=timezone.now()) if each.what == "queues"]
