"""The loop on PostgreSQL and RabbitMQ, while the worker is killed and the broker restarted. Invariants 1 and 3."""

import os
import uuid
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.rabbitmq import IS_INSTALLED, WHY_NOT, start_rabbitmq
from tests.running import RunningNewsroom

pytestmark = [pytest.mark.services, pytest.mark.long, pytest.mark.skipif(not IS_INSTALLED, reason=WHY_NOT)]


@pytest.fixture
def broker(tmp_path):
    with start_rabbitmq(tmp_path / "rabbitmq") as running:
        yield running


@pytest.fixture
def newsroom(tmp_path, broker):
    """A newsroom with a database of its own on the server that the tests were given."""
    server, name = urlsplit(os.environ["DATABASE_URL"]), f"the_loop_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server.geturl(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    database = server._replace(path=f"/{name}").geturl()
    with RunningNewsroom(tmp_path / "data", DATABASE_URL=database, CELERY_BROKER_URL=broker.url) as running:
        yield running
    with psycopg.connect(server.geturl(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_with_its_worker_killed_and_its_broker_restarted_the_loop_goes_on(newsroom, broker):
    newsroom.wait_until(lambda: newsroom.count("verdict", "verdict = 'altered'") >= 1, "the change was seen")
    newsroom.kill_one(" run_worker")
    broker.stop()
    broker.start()

    newsroom.wait_until(lambda: newsroom.count("delivery", "state = 'sent'") == 2, "both have their mail")

    assert newsroom.count("alert") == newsroom.count("delivery") == 2
    newsroom.wait_until(lambda: len(newsroom.message_ids()) == 2, "both e-mails are on the console")
    assert len(set(newsroom.message_ids())) == 2
