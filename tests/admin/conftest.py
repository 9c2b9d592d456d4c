"""Editors at their screens, and forms filled in as a browser would send them."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.factories import make_editor


@pytest.fixture(autouse=True)
def _folder_of_static_files():
    """Where none was collected yet, WhiteNoise warns that it is not there."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def desk_of_ruth(client, db):
    """A client with an editor signed in."""
    client.force_login(make_editor(username="ruth", first_name="Ruth", last_name="Ames"))
    return client


@pytest.fixture
def chief(admin_client):
    """A client with a superuser signed in."""
    return admin_client
