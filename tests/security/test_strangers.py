"""What costs much to take apart is taken of people who are signed in."""

from __future__ import annotations

import pytest
from django.test import Client

from newsroom.strangers import LONGEST_IN_PARTS
from tests.factories import make_reporter

pytestmark = pytest.mark.django_db

PART = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
IN_PARTS = "multipart/form-data; boundary=b"


def of_length(length: int) -> bytes:
    return (PART * ((length - 7) // len(PART))).ljust(length - 7, b"\n") + b"--b--\r\n"


@pytest.mark.parametrize("address", ["/", "/account/login/", "/desk/unsubscribe/x/", "/nowhere/", "/admin/"])
def test_a_long_form_in_parts_is_refused_to_strangers_unread(client: Client, address: str):
    client.cookies["sessionid"] = "x" * 32

    told = client.post(address, of_length(LONGEST_IN_PARTS + 1), content_type=IN_PARTS)

    assert told.status_code == 413
    assert "signed in" in told.text
    assert told["X-Frame-Options"] == "DENY"


def test_a_short_one_is_read(client: Client):
    told = client.post("/account/login/", of_length(LONGEST_IN_PARTS), content_type=IN_PARTS)

    assert told.status_code == 200


def test_people_of_the_newsroom_send_long_ones(client: Client):
    client.force_login(make_reporter())

    told = client.post("/desk/cite/", of_length(LONGEST_IN_PARTS + 1), content_type=IN_PARTS)

    assert told.status_code != 413
