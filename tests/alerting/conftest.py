"""What goes out arrives at a real server on loopback."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.alerting.receiver import Receiver, receiver


@pytest.fixture
def hook(settings: Any) -> Iterator[Receiver]:
    with receiver(settings) as server:
        yield server
