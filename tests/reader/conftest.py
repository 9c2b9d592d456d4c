"""A published story for every test that reads one."""

from collections.abc import Iterator
from typing import Any

import pytest

from stories.models import Article
from tests.nonces import without_nonce
from tests.reader.telling import tell_bridge_story
from tests.rows_of_a_file import all_begin_with, made_once


@pytest.fixture(scope="module")
def _told(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Article | None]:
    if all_begin_with("bridge", request.node):
        with made_once(tell_bridge_story, django_db_blocker) as article:
            yield article
    else:
        yield None


@pytest.fixture
def bridge(_told: Article | None, db: None) -> Article:
    return Article.objects.get(pk=_told.pk) if _told else tell_bridge_story()


@pytest.fixture
def read(client):
    """The text of a page that must be there."""

    def page(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, address
        return without_nonce(response.content)

    return page
