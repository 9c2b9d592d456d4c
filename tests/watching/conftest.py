import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.watching.looking import OTHER_PASSAGE, PASSAGE, CitedPage
from tests.watching.source_site import SourceSite


class LoopClock:
    """The clock of event loops, which stands still: what waits in one runs out of time when the test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def advance(self, **wait: float) -> None:
        """A loop notices when it is next woken."""
        self.seconds += timedelta(**wait).total_seconds()


@pytest.fixture
def loop_clock(monkeypatch: pytest.MonkeyPatch) -> LoopClock:
    clock = LoopClock()
    monkeypatch.setattr(asyncio.BaseEventLoop, "time", lambda _loop: clock.seconds)
    return clock


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
