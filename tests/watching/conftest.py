from collections.abc import Iterator
from typing import Any

import pytest

from tests.watching.looking import OTHER_PASSAGE, PASSAGE, CitedPage
from tests.watching.source_site import SourceSite


@pytest.fixture
def site(settings: Any) -> Iterator[SourceSite]:
    """A site on loopback which the one setting lets through."""
    with SourceSite().serving() as site:
        settings.WATCH_ALLOWED_PRIVATE = [site.host_and_port]
        yield site


@pytest.fixture
def cited(site: SourceSite, db: None, settings: Any) -> CitedPage:
    settings.WATCH_INTERVAL_SECONDS = 3600
    settings.WATCH_CONFIRM_SECONDS = 60
    return CitedPage(site)


@pytest.fixture
def read_once(cited: CitedPage) -> CitedPage:
    """A page with one cited passage, read and found as quoted."""
    cited.cite()
    cited.put(PASSAGE, OTHER_PASSAGE)
    cited.look()
    return cited
