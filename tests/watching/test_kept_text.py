"""What a copy says is kept beside its bytes, and believed only while it is what those bytes say."""

from __future__ import annotations

import pytest
from django.db.models import QuerySet

from stories.models import Snapshot
from stories.text.extract import digest_of_text, visible_text
from stories.watching.archive import copy_of
from stories.watching.kept_text import pack_text, text_kept_with
from tests.watching.looking import OTHER_PASSAGE, PASSAGE, REWORDED, CitedPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def snapshot(read_once: CitedPage) -> Snapshot:
    return read_once.watch.snapshot


def test_a_copy_need_not_be_taken_apart_to_know_what_it_says(snapshot: Snapshot) -> None:
    copy = copy_of(snapshot)

    assert copy.is_read
    assert copy.extract == visible_text(snapshot.body, snapshot.content_type)


def test_the_text_takes_little_room_beside_the_bytes(snapshot: Snapshot) -> None:
    sentences = "".join(f"<p>{number} ferries left the harbour on day {number}.</p>" for number in range(400))
    body = sentences.encode()

    packed = pack_text(visible_text(body, "text/html"), beside=body)

    assert len(packed) < len(body) / 10


@pytest.mark.parametrize("body", [b"", b"Hi", b'{"half": "\\ud83d"}', "Größe — «Zürich»".encode()])
def test_any_text_can_be_kept(snapshot: Snapshot, body: bytes) -> None:
    extract = visible_text(body, "application/json" if body[:1] == b"{" else "text/plain")
    snapshot.packed_text = pack_text(extract, beside=body)
    snapshot.text_digest = digest_of_text(extract.text)

    assert text_kept_with(snapshot, body) == extract


def test_a_text_that_is_not_what_was_read_is_not_believed(snapshot: Snapshot) -> None:
    other = visible_text(b"<p>Another page altogether.</p>", "text/html")
    snapshot.packed_text = pack_text(other, beside=snapshot.body)

    assert text_kept_with(snapshot, snapshot.body) is None


def test_a_damaged_text_is_not_believed(snapshot: Snapshot) -> None:
    snapshot.packed_text = b"\x28\xb5\x2f\xfd damaged"

    assert text_kept_with(snapshot, snapshot.body) is None


def test_a_text_that_an_older_extractor_read_is_not_believed(snapshot: Snapshot) -> None:
    snapshot.extractor_version = "0"

    assert text_kept_with(snapshot, snapshot.body) is None


def test_a_copy_from_before_texts_were_kept_is_taken_apart(read_once: CitedPage) -> None:
    QuerySet(Snapshot).update(packed_text=None)
    read_once.put(REWORDED, OTHER_PASSAGE)

    first, second = read_once.looks(2)

    assert (first.outcome, second.outcome) == ("changed", "changed")
    assert [verdict.verdict for verdict in second.verdicts.all()] == ["altered"]


def test_a_change_is_told_from_the_kept_text_as_from_the_bytes(read_once: CitedPage) -> None:
    read_once.put(PASSAGE, OTHER_PASSAGE, noise="token")
    assert read_once.look().reason == "same_text"

    read_once.put(REWORDED, OTHER_PASSAGE)

    assert [check.reason for check in read_once.looks(2)] == ["content", "content"]
