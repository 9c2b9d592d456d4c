"""A cache that is away is an empty one, and nothing else goes wrong."""

import os
import socket
import uuid

import pytest

from newsroom.forgiving_cache import ForgivingRedisCache


@pytest.fixture
def away():
    """Where nobody listens, and nobody else can."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield ForgivingRedisCache(f"redis://127.0.0.1:{held.getsockname()[1]}/0", {})


def test_while_it_is_away_every_question_has_an_answer(away):
    assert away.get("name") is None
    assert away.get("name", "nothing") == "nothing"
    assert away.get_or_set("name", 7) == 7
    assert away.add("name", 1) is True
    assert away.incr("name") == 1
    assert away.get_many(["name"]) == {}
    assert away.set_many({"name": 1}) == ["name"]
    assert away.set("name", 1) is None
    assert not (away.touch("name") or away.delete("name") or away.has_key("name") or away.clear())


@pytest.mark.services
def test_while_it_is_there_it_keeps_what_it_was_given():
    cache = ForgivingRedisCache(os.environ["CELERY_BROKER_URL"], {})
    name = f"in-a-test-{uuid.uuid4()}"

    assert cache.add(name, 1, timeout=60)
    assert not cache.add(name, 2, timeout=60)
    assert cache.incr(name) == 2
    assert cache.get_many([name]) == {name: 2}
    assert cache.delete(name)
