"""What costs much to take apart is bounded by what each form needs."""

from __future__ import annotations

import time
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import TooManyFieldsSent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from newsroom.in_parts import (
    LONGEST,
    LONGEST_OF_STRANGERS,
    LONGEST_WITH_FILE,
    MOST_PARTS_WITH_FILE,
    TAKES_FILES,
    CountedParts,
)
from stories.models import Intake
from tests.factories import make_editor, make_reporter

pytestmark = pytest.mark.django_db

PART = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
#: Which Django counts neither as a field nor as a file.
FILE_WITHOUT_NAME = b'--b\r\nContent-Disposition: form-data; filename="a"\r\n\r\n\r\n'
END = b"--b--\r\n"
IN_PARTS = "multipart/form-data; boundary=b"


def of_length(length: int) -> bytes:
    return (PART * (min(length, 40_000) // len(PART) - 1)).ljust(length - len(END), b"\n") + END


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_editor())
    return client


@pytest.mark.parametrize("address", ["/", "/account/login/", "/desk/unsubscribe/x/", "/nowhere/", "/admin/"])
def test_a_long_form_in_parts_is_refused_to_strangers_unread(client: Client, address: str):
    client.cookies["sessionid"] = "x" * 32

    told = client.post(address, of_length(LONGEST_OF_STRANGERS + 1), content_type=IN_PARTS)

    assert told.status_code == 413
    assert "signed in" in told.text
    assert told["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("length", ["9" * 5_000, "-1", "x", "1e3"])
def test_a_length_that_is_none_is_refused(length: str, client: Client):
    told = client.post("/account/login/", PART + END, content_type=IN_PARTS, CONTENT_LENGTH=length)

    assert told.status_code == 413


def test_a_short_one_is_read(client: Client):
    told = client.post("/account/login/", of_length(LONGEST_OF_STRANGERS), content_type=IN_PARTS)

    assert told.status_code == 200


@pytest.mark.parametrize(("length", "is_taken"), [(LONGEST_OF_STRANGERS + 1, True), (LONGEST + 1, False)])
def test_people_of_the_newsroom_send_as_much_as_a_form_has_room_for(
    length: int, is_taken: bool, client: Client
):
    client.force_login(make_reporter())

    told = client.post("/desk/cite/", of_length(length), content_type=IN_PARTS)

    assert (told.status_code != 413) is is_taken


@pytest.mark.parametrize("address", ["/admin/stories/article/add/", "/desk/cite/", reverse(TAKES_FILES)])
def test_no_part_goes_uncounted(address: str, editor: Client):
    started = time.process_time()

    told = editor.post(address, FILE_WITHOUT_NAME * 60_000 + END, content_type=IN_PARTS)

    assert told.status_code == 413
    assert time.process_time() - started < 5


def bring_in(client: Client, body: bytes, **more: Any) -> Any:
    file = SimpleUploadedFile("story.txt", body)
    return client.post(reverse(TAKES_FILES), {"way": "upload", "upload-file": file, **more})


@pytest.mark.parametrize("parts", [1, MOST_PARTS_WITH_FILE])
def test_a_file_is_taken_where_stories_are_brought_in(parts: int, editor: Client):
    # Its form has a zone, and each part begins with the same marks.
    story = b"The harbour reopens\n\n" + b"--BoUnDaRy and more of it.\n\n" * 100
    more = {f"x{number}": "" for number in range(parts - 4)}

    told = bring_in(editor, story, **{"upload-zone": "America/New_York"}, **more)

    assert told.status_code == 302, told.context["ways"]
    assert Intake.objects.count() == 1


def test_more_than_any_file_is_refused_there_and_with_many_fields_beside_it(editor: Client):
    too_long = editor.post(reverse(TAKES_FILES), of_length(LONGEST_WITH_FILE + 1), content_type=IN_PARTS)
    too_many = bring_in(editor, b"Headline", **{f"x{number}": "" for number in range(MOST_PARTS_WITH_FILE)})

    assert [too_long.status_code, too_many.status_code] == [413, 413]
    assert "50 MB" in too_long.text


@pytest.mark.parametrize("size", [1, 2, 3, 56, 57, 64_000])
def test_a_delimiter_that_two_reads_share_is_counted(size: int):
    body = CountedParts(BytesIO(PART * 4 + END), b"b", most=3)

    with pytest.raises(TooManyFieldsSent):
        while body.read(size):
            pass
