"""The loop on PostgreSQL and Redis, while the worker is killed and the broker wiped. Invariants 1 and 3."""

import os
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from tests.running import RunningNewsroom

pytestmark = pytest.mark.services


@pytest.fixture
def newsroom(tmp_path):
    """A newsroom with a database and a broker of its own on the servers that the tests were given."""
    server = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(server.geturl(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE the_loop")
    database = server._replace(path="/the_loop").geturl()
    broker = urlsplit(os.environ["CELERY_BROKER_URL"])._replace(path="/5").geturl()
    with RunningNewsroom(tmp_path / "data", DATABASE_URL=database, CELERY_BROKER_URL=broker) as running:
        yield running
    with psycopg.connect(server.geturl(), autocommit=True) as connection:
        connection.execute("DROP DATABASE the_loop WITH (FORCE)")


def test_with_its_worker_killed_and_its_broker_wiped_the_loop_goes_on(newsroom):
    newsroom.wait_until(lambda: newsroom.count("verdict", "verdict = 'altered'") >= 1, "the change was seen")
    newsroom.kill_one(" run_worker")
    redis.Redis.from_url(newsroom.environment["CELERY_BROKER_URL"]).flushdb()

    newsroom.wait_until(lambda: newsroom.count("delivery", "state = 'sent'") == 2, "both have their mail")

    assert newsroom.count("alert") == newsroom.count("delivery") == 2
    newsroom.wait_until(lambda: len(newsroom.message_ids()) == 2, "both e-mails are on the console")
    assert len(set(newsroom.message_ids())) == 2
