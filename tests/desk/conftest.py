"""Who sits at the desk, and what lies on it."""

import pytest
from django.test import Client

from stories.models import Alert, User
from tests.alerting.scenes import altered_alert


@pytest.fixture
def desk(client: Client, reporter: User) -> Client:
    client.force_login(reporter)
    return client


@pytest.fixture
def editing(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def alert(reporter: User) -> Alert:
    return altered_alert(reporter, headline="Bridge to close")
