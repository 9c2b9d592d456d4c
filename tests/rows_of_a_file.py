"""Rows that every test of a file begins with, made once: what a test does to them is undone behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from tests.conftest import has_real_transactions


def all_begin_with(fixture: str, file: pytest.Module) -> bool:
    """Whoever does not ask for the rows would have them too; and where a test commits, no other has a savepoint."""
    tests = [item for item in file.session.items if item.getparent(pytest.Module) is file]
    return all(fixture in item.fixturenames and not has_real_transactions(item) for item in tests)


@contextmanager
def made_once(make: Callable[[], Any], blocker: Any) -> Iterator[Any]:
    """What `make` returns, in a transaction in which the tests have theirs, as savepoints, and which is undone."""
    around = transaction.atomic()
    with blocker.unblock():
        around.__enter__()
    try:
        with blocker.unblock():
            made = make()
        yield made
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
