"""What every test may count on: no network but loopback, a data folder of its own, people of each role."""

import logging
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches

LOOPBACK = ("127.", "localhost", "::1")


@pytest.fixture(autouse=True)
def _no_network_but_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _our_log_is_heard() -> None:
    """A library that sets up logging for itself silences every logger that it finds; tests listen to ours."""
    for name, logger in logging.root.manager.loggerDict.items():
        if name.startswith("stories") and isinstance(logger, logging.Logger):
            logger.disabled, logger.propagate = False, True


@pytest.fixture(autouse=True)
def _no_page_of_another_test_is_kept() -> None:
    """A test that is rolled back gives its keys, from which a page's name is made, to the next."""
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture
def editor(db: None) -> Iterator[Any]:
    from tests.factories import make_editor

    return make_editor()


@pytest.fixture
def reporter(db: None) -> Iterator[Any]:
    from tests.factories import make_reporter

    return make_reporter()
