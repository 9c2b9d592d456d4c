"""Bytes are stored once, small, and come back as they were or not at all."""

import hashlib
import random

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, QuerySet
from hypothesis import given
from hypothesis import strategies as st

from stories.models import Blob, Snapshot
from stories.models.blob import DamagedCopyError
from stories.models.packing import LARGEST_FOR_A_DELTA, may_be_near, pack, unpack
from tests.factories import SnapshotFactory, SourceFactory

WORDS = [bytes(random.Random(number).choices(b"abcdefghij", k=7)) for number in range(900)]
PAGE = b"<p>" + b" ".join(random.Random(1).choices(WORDS, k=4000)) + b"</p>"


@given(body=st.binary(max_size=3000), near=st.none() | st.binary(min_size=8, max_size=3000))
def test_what_is_packed_comes_back_as_it_was(body: bytes, near: bytes | None) -> None:
    assert unpack(pack(body, near=near), near=near) == body


@given(cut=st.integers(0, len(PAGE)), put_in=st.binary(max_size=200))
def test_a_copy_that_leans_on_another_comes_back_as_it_was(cut: int, put_in: bytes) -> None:
    body = PAGE[:cut] + put_in + PAGE[cut:]

    packed = pack(body, near=PAGE)

    assert unpack(packed, near=PAGE) == body
    assert len(packed) < len(pack(body)) / 10


def test_a_large_copy_comes_back_as_it_was() -> None:
    body = PAGE * 200

    assert unpack(pack(body)) == body


@pytest.mark.parametrize(
    ("size", "length", "may_be"),
    [
        (7, 8, False),
        (8, 8, True),
        (100, 24, False),
        (100, 25, True),
        (100, 400, True),
        (100, 401, False),
        (LARGEST_FOR_A_DELTA, LARGEST_FOR_A_DELTA, True),
        (LARGEST_FOR_A_DELTA + 1, LARGEST_FOR_A_DELTA, False),
        (LARGEST_FOR_A_DELTA, LARGEST_FOR_A_DELTA + 1, False),
    ],
)
def test_what_is_much_smaller_or_larger_or_too_much_is_not_leaned_on(
    size: int, length: int, may_be: bool
) -> None:
    assert may_be_near(size, b"x" * length) is may_be


@pytest.mark.django_db
class TestStored:
    def test_a_page_after_one_of_a_few_letters_is_stored_whole(self) -> None:
        """No difference from so little can be made."""
        source = SourceFactory()
        SnapshotFactory(source=source, body=b"seven!!")

        second = SnapshotFactory(source=source, body=b"seven!! and eight")

        assert second.blob.keyframe is None
        assert Snapshot.objects.get(pk=second.pk).body == b"seven!! and eight"

    def test_a_reworded_page_is_stored_as_its_difference(self) -> None:
        source = SourceFactory()
        first = SnapshotFactory(source=source, body=PAGE)

        second = SnapshotFactory(source=source, body=PAGE.replace(b"</p>", b" and more</p>"))

        assert second.blob.keyframe == first.blob
        assert len(second.blob.packed) < 100
        assert Snapshot.objects.get(pk=second.pk).body == PAGE.replace(b"</p>", b" and more</p>")

    def test_a_copy_leans_on_a_keyframe_and_never_on_one_that_leans(self) -> None:
        source = SourceFactory()
        bodies = [PAGE + b"%d" % number for number in range(4)]

        first, *others = [SnapshotFactory(source=source, body=body) for body in bodies]

        assert {copy.blob.keyframe for copy in others} == {first.blob}
        assert [copy.body for copy in Snapshot.objects.order_by("pk")] == bodies

    def test_a_page_written_anew_is_a_keyframe(self) -> None:
        source = SourceFactory()
        SnapshotFactory(source=source, body=PAGE)

        anew = SnapshotFactory(source=source, body=bytes(reversed(PAGE)))

        assert anew.blob.keyframe is None

    def test_the_same_bytes_at_two_sources_are_stored_once(self) -> None:
        one, other = SnapshotFactory(body=PAGE), SnapshotFactory(body=PAGE)

        assert one.source != other.source
        assert one.blob == other.blob
        assert Blob.objects.count() == 1

    def test_the_digest_is_the_sha_256_of_the_bytes(self) -> None:
        copy = SnapshotFactory(body=PAGE)

        assert copy.digest == copy.blob.digest == hashlib.sha256(PAGE).hexdigest()

    @pytest.mark.parametrize(
        "forged", [b"no zstd at all", pack(b"<p>Another page.</p>")], ids=["broken", "another page"]
    )
    def test_damaged_bytes_are_told_and_never_taken_for_the_copy(self, forged: bytes) -> None:
        copy = SnapshotFactory(body=PAGE)
        QuerySet(Blob).update(packed=forged)

        with pytest.raises(DamagedCopyError, match=copy.digest):
            _ = Snapshot.objects.get().body

    @pytest.mark.parametrize("forged", [pack(b""), pack(b"short"), b"no zstd at all"])
    def test_a_copy_that_leans_on_damaged_bytes_is_told_as_damaged(self, forged: bytes) -> None:
        source = SourceFactory()
        first = SnapshotFactory(source=source, body=PAGE)
        leaning = SnapshotFactory(source=source, body=PAGE + b"!")
        QuerySet(Blob).filter(pk=first.blob_id).update(packed=forged)

        with pytest.raises(DamagedCopyError, match=leaning.digest):
            _ = Snapshot.objects.get(pk=leaning.pk).body

    def test_a_snapshot_is_not_served_with_the_bytes_of_another(self) -> None:
        copy, other = SnapshotFactory(body=PAGE), SnapshotFactory(body=b"<p>Another page.</p>")
        QuerySet(Snapshot).filter(pk=copy.pk).update(blob=other.blob)

        with pytest.raises(DamagedCopyError):
            _ = Snapshot.objects.get(pk=copy.pk).body

    def test_a_keyframe_that_others_lean_on_cannot_go(self) -> None:
        source = SourceFactory()
        first = SnapshotFactory(source=source, body=PAGE)
        SnapshotFactory(source=source, body=PAGE + b"!")
        QuerySet(Snapshot).filter(pk=first.pk).delete()

        with pytest.raises(ProtectedError):
            QuerySet(Blob).filter(pk=first.blob_id).delete()

    def test_nothing_leans_on_a_damaged_keyframe(self) -> None:
        source = SourceFactory()
        SnapshotFactory(source=source, body=PAGE)
        QuerySet(Blob).update(packed=pack(PAGE + b"?"))

        copy = SnapshotFactory(source=source, body=PAGE + b"!")

        assert copy.blob.keyframe is None
        assert copy.body == PAGE + b"!"

    def test_the_database_refuses_a_blob_that_leans_on_itself(self) -> None:
        blob = SnapshotFactory().blob

        with pytest.raises(IntegrityError), transaction.atomic():
            QuerySet(Blob).filter(pk=blob.pk).update(keyframe=blob.pk)
