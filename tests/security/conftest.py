"""The newsrooms that are attacked."""

import pytest

from stories.models import Article
from tests.reader.telling import tell_bridge_story


@pytest.fixture
def bridge(db: None) -> Article:
    """A published story."""
    return tell_bridge_story()
