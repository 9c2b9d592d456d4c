"""What every test may count on: no network but loopback, a data folder of its own, people of each role."""

import gc
import logging
import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, groupby
from pathlib import Path
from typing import Any
from unittest.mock import patch

import hypothesis
import pytest
from celery import current_app
from django.core.cache import caches
from pytest_django.plugin import blocking_manager_key

from tests.fuzzing import EXAMPLES, IS_SEARCHING
from tests.pristine import copy_pristine
from tests.watching.source_site import SourceSite

# A busy machine fails no example: what has to be quick is held to a bound by a test of its own.
hypothesis.settings.register_profile(
    "ours",
    max_examples=EXAMPLES,
    derandomize=not IS_SEARCHING,
    database=None,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("ours")

_EMPTIES_TABLES = pytest.StashKey[bool]()
LOOPBACK = ("127.", "localhost", "::1")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--week-sources", type=int, default=20, help="Sources in the week of tests/alerting/test_week.py."
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Whatever is collected stays to the end: the collector of garbage need not look through it again and again.

    A page makes more objects than a collection waits for elsewhere, and lets them go by itself.
    """
    gc.disable()
    gc.set_threshold(50_000, 20, 20)
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each process begins with files of what takes longest: at the end there is something to do for all of them."""
    short = [item for item in items if not item.get_closest_marker("long")]
    long = groupby((item for item in items if item.get_closest_marker("long")), key=lambda item: item.path)
    files = [list(found) for _, found in long]
    processes, dealt = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")), list[pytest.Item]()
    for number in range(processes):
        # So many of those that are left, in their order, are what xdist deals out to it.
        share = (len(items) - len(dealt)) // (processes - number)
        own = list(chain.from_iterable(files[number::processes]))
        dealt += [*own, *(short.pop(0) for _ in range(min(share - len(own), len(short))))]
    items[:] = [*dealt, *short]


@pytest.hookimpl(wrapper=True)
def pytest_collect_file() -> Iterator[list[pytest.Collector]]:
    """Examples stand in the product: no file of the tests is imported, and looked through, for them too."""
    found = yield
    return [collector for collector in found if type(collector) is pytest.Module]


@pytest.fixture(scope="session")
def django_db_keepdb(
    request: pytest.FixtureRequest, django_db_modify_db_settings: None, django_db_keepdb: bool
) -> Iterator[bool]:
    """On SQLite each process begins with a copy of a migrated file, which `migrate` then brings up to date."""
    from django.db import connection, connections

    if connection.vendor != "sqlite":
        yield django_db_keepdb
        return
    database = Path(connection.creation._get_test_db_name())
    copy_pristine(database)
    yield True
    connections.close_all()
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()


@pytest.fixture(autouse=True, scope="session")
def _no_network_but_loopback() -> Iterator[None]:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    with patch.object(socket.socket, "connect", guarded):
        yield


@pytest.fixture(autouse=True, scope="session")
def _nobody_is_late() -> Iterator[None]:
    """A busy machine makes nothing run out of time: what is to do so has a bound of its own in its test."""
    from stories.alerting.channels import posting
    from stories.watching import apart, trial

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(trial, "LONGEST_SECONDS", 120.0)
        patched.setattr(apart, "WALL_SECONDS", 300)
        patched.setattr(posting, "LIMITS", replace(posting.LIMITS, total_seconds=120))
        yield


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


@pytest.fixture(autouse=True)
def _a_record_of_its_own(request: pytest.FixtureRequest) -> None:
    """A test's record is held against what was exported in that test, not in another."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        folder = request.getfixturevalue("tmp_path") / "exports"
        request.getfixturevalue("settings").RECORD_EXPORT_DIR = folder


@pytest.fixture(autouse=True)
def _what_is_published_goes_with_the_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """The database lets nobody empty the record: a test with real transactions does it through the back door."""
    if not has_real_transactions(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")
    request.node.stash[_EMPTIES_TABLES] = True
    yield
    from tests.triggers import empty_the_record

    empty_the_record()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test with real transactions empties the tables: whichever comes next finds the roles as migrated.

    After the last test the database itself is gone.
    """
    yield
    if nextitem is not None and item.stash.get(_EMPTIES_TABLES, False):
        from tests.factories import make_roles

        # In a browser's test the browser's loop runs in this thread, and has nothing to do with the database.
        unheard = patch.dict(os.environ, DJANGO_ALLOW_ASYNC_UNSAFE="yes")
        with unheard, item.config.stash[blocking_manager_key].unblock():
            make_roles()


def has_real_transactions(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked_for = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool((marker and marker.kwargs.get("transaction")) or asked_for)


@pytest.fixture
def editor(db: None) -> Iterator[Any]:
    from tests.factories import make_editor

    return make_editor()


@pytest.fixture
def reporter(db: None) -> Iterator[Any]:
    from tests.factories import make_reporter

    return make_reporter()


@pytest.fixture
def worker() -> Iterator[None]:
    """One that is at once done with whatever it is asked."""
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


@pytest.fixture
def unlogged() -> Iterator[None]:
    """Each refusal would be logged with where it came from."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def site(settings: Any) -> Iterator[SourceSite]:
    """A site on loopback which the one setting lets through."""
    with SourceSite().serving() as site:
        settings.WATCH_ALLOWED_PRIVATE = [site.host_and_port]
        yield site
