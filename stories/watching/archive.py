"""Copies are kept: packed before anything is locked, and stored once however many sources have the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stories.models import Blob, Snapshot, Source
from stories.text.judge import Copy
from stories.watching.kept_text import pack_text, text_kept_with
from stories.watching.reading import NewCopy

#: What of a snapshot is of no use to most who ask for one.
LARGE = ("headers", "exchanges", "packed_text")
#: Whose copy it is, from which address, and the digest of its bytes.
Place = tuple[int, str, str]


def pack_copies(copies: Iterable[tuple[NewCopy, Snapshot | None]]) -> dict[str, Blob]:
    """The blob of each copy, by its digest: the one on record, or an unsaved one that leans on what is given with it.

    This is the dear part, and needs no lock: call it before the transaction that `keep_copies` is in.
    """
    wanted = {copy.digest: (copy, near) for copy, near in copies}
    if not wanted:
        return {}
    blobs = {blob.digest: blob for blob in Blob.objects.filter(digest__in=wanted).defer("packed")}
    for digest, (copy, near) in wanted.items():
        if digest not in blobs:
            blobs[digest] = Blob.of_bytes(copy.body, near=near.blob if near else None, digest=digest)
    return blobs


def keep_copies(copies: Iterable[tuple[Source, NewCopy]], blobs: Mapping[str, Blob]) -> dict[Place, Snapshot]:
    """The snapshot of each copy, written where it is not on record already."""
    wanted = {place_of(source, copy): (source, copy) for source, copy in copies}
    if not wanted:
        return {}
    sources, digests = {place[0] for place in wanted}, {place[2] for place in wanted}
    near = Snapshot.objects.filter(source__in=sources, digest__in=digests).defer(*LARGE)
    on_record = {(each.source_id, each.url, each.digest): each for each in near}
    kept = {place: on_record[place] for place in wanted if place in on_record}
    missing = {place: each for place, each in wanted.items() if place not in kept}
    stored = _store({copy.digest: copy for _source, copy in missing.values()}, blobs)
    new = {
        place: Snapshot(
            source=source,
            blob=stored[copy.digest],
            digest=copy.digest,
            size=len(copy.body),
            packed_text=pack_text(copy.extract, beside=copy.body) if copy.extract else None,
            **copy.fields,
        )
        for place, (source, copy) in missing.items()
    }
    Snapshot.objects.bulk_create(new.values())
    return kept | new


def copy_of(snapshot: Snapshot) -> Copy:
    """A snapshot in the form in which copies are judged. Raises DamagedCopyError."""
    body = snapshot.body
    return Copy(
        body=body,
        content_type=snapshot.content_type,
        status=snapshot.status,
        url=snapshot.url,
        final_url=snapshot.final_url,
        known_extract=text_kept_with(snapshot, body),
    )


def place_of(source: Source, copy: NewCopy) -> Place:
    return source.pk, copy.fields["url"], copy.digest


def _store(copies: Mapping[str, NewCopy], blobs: Mapping[str, Blob]) -> dict[str, Blob]:
    """The rows, locked so that nobody thins them out before their snapshots are written."""
    if not copies:
        return {}
    unsaved = [blobs[digest] for digest in sorted(copies) if blobs[digest]._state.adding]
    # Another worker may store the same bytes at this moment: the unique digest decides.
    Blob.objects.bulk_create(unsaved, ignore_conflicts=True)
    rows = Blob.objects.select_for_update(no_key=True).filter(digest__in=copies).defer("packed")
    stored = {blob.digest: blob for blob in rows.order_by("digest")}
    for digest, copy in copies.items():
        if digest not in stored:
            # It was on record when the copy was packed, and has been thinned out since.
            stored[digest] = Blob.of_bytes(copy.body)
            stored[digest].save()
    return stored
