"""A server to bring stories in from, and the editor who does."""

from __future__ import annotations

from typing import Any

import pytest

from stories.models import User
from tests.factories import make_editor
from tests.watching.source_site import SourceSite


@pytest.fixture
def archive(site: SourceSite, settings: Any) -> SourceSite:
    """The same, as the web archive that is asked for captures."""
    settings.ARCHIVE_TIMEMAP = site.url("/timemap/link/")
    settings.WATCH_HOST_GAP_SECONDS = 0
    return site


@pytest.fixture
def ruth(db: None) -> User:
    return make_editor(username="ruth")
