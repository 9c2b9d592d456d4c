"""A broker that is away, and a newsroom that ticks."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from celery import current_app
from django.utils import timezone

from stories.models import Pulse
from stories.models.pulse import TICK


@pytest.fixture
def broker_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An address where nobody listens, and which nobody else can take."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"redis://:its-password@127.0.0.1:{held.getsockname()[1]}/0"
        monkeypatch.setitem(current_app.conf, "broker_url", address)
        monkeypatch.setitem(current_app.conf, "broker_read_url", address)
        yield


@pytest.fixture
def ticking(db: None) -> Any:
    Pulse.beat(TICK, now=timezone.now())
