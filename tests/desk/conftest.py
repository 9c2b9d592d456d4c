"""Who sits at the desk."""

import pytest
from django.test import Client

from stories.models import User


@pytest.fixture
def desk(client: Client, reporter: User) -> Client:
    client.force_login(reporter)
    return client


@pytest.fixture
def editing(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client
