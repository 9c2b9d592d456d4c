"""A published story for every test that reads one."""

import pytest

from stories.models import Article
from tests.nonces import without_nonce
from tests.reader.telling import tell_bridge_story


@pytest.fixture
def bridge(db: None) -> Article:
    return tell_bridge_story()


@pytest.fixture
def read(client):
    """The text of a page that must be there."""

    def page(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, address
        return without_nonce(response.content)

    return page
