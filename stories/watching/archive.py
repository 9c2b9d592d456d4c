"""Copies are kept: packed before anything is locked, and stored once however many sources have the same bytes."""

from __future__ import annotations

from stories.models import Blob, Snapshot, Source
from stories.text.judge import Copy
from stories.watching.reading import NewCopy


def pack_copy(copy: NewCopy, *, near: Snapshot | None) -> Blob:
    """The blob of a copy: the one on record, or an unsaved one that leans on what `near` does.

    This is the dear part, and needs no lock: call it before the transaction that `keep_copy` is in.
    """
    stored = Blob.objects.filter(digest=copy.digest).defer("packed").first()
    if stored is not None:
        return stored
    return Blob.of_bytes(copy.body, near=near.blob if near else None)


def keep_copy(copy: NewCopy, blob: Blob, *, source: Source) -> Snapshot:
    """The snapshot of this copy, written where it is not on record already."""
    kept = Snapshot.objects.filter(source=source, url=copy.fields["url"], digest=copy.digest).first()
    if kept is None:
        kept = Snapshot(
            source=source, blob=_store(blob, copy), digest=copy.digest, size=len(copy.body), **copy.fields
        )
        kept.save()
    return kept


def copy_of(snapshot: Snapshot) -> Copy:
    """A snapshot in the form in which copies are judged. Raises DamagedCopyError."""
    return Copy(
        body=snapshot.body,
        content_type=snapshot.content_type,
        status=snapshot.status,
        url=snapshot.url,
        final_url=snapshot.final_url,
    )


def _store(blob: Blob, copy: NewCopy) -> Blob:
    """The row, locked so that nobody thins it out before its snapshot is written."""
    if blob._state.adding:
        # Another worker may store the same bytes at this moment: the unique digest decides.
        Blob.objects.bulk_create([blob], ignore_conflicts=True)
    rows = Blob.objects.select_for_update(no_key=True).defer("packed")
    stored: Blob | None = rows.filter(digest=copy.digest).first()
    if stored is None:
        # It was on record when the copy was packed, and has been thinned out since.
        stored = Blob.of_bytes(copy.body)
        stored.save()
    return stored
