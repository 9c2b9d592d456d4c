"""A published story for every test that reads one."""

from pathlib import Path

import pytest

from stories.models import Article
from tests.reader.telling import tell_bridge_story


@pytest.fixture(autouse=True)
def _static_folder(settings):
    """WhiteNoise warns where the folder of collected files is missing, and warnings are errors."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def bridge(db: None) -> Article:
    return tell_bridge_story()


@pytest.fixture
def read(client):
    """The text of a page that must be there."""

    def page(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, address
        return response.content.decode()

    return page
