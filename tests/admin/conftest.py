"""Editors at their screens, and forms filled in as a browser would send them."""

import pytest

from tests.factories import make_editor


@pytest.fixture
def desk_of_ruth(client, db):
    """A client with an editor signed in."""
    client.force_login(make_editor(username="ruth", first_name="Ruth", last_name="Ames"))
    return client


@pytest.fixture
def chief(admin_client):
    """A client with a superuser signed in."""
    return admin_client
