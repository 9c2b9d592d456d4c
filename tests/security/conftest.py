"""The newsrooms that are attacked."""

from typing import Any

import pytest

from stories.models import Article
from tests.reader.telling import tell_bridge_story
from tests.security.planting import extend_newsroom
from tests.test_roles import keys as scene

__all__ = ["scene"]


@pytest.fixture
def bridge(db: None) -> Article:
    """A published story."""
    return tell_bridge_story()


@pytest.fixture
def keys(scene: dict[str, Any]) -> dict[str, Any]:
    """What the addresses of two stories, in all their states, need."""
    return extend_newsroom(scene)
