"""What a copy says, kept beside its bytes: a few hundred, for nearly all of the text is in the page as it came.

So the page that another is held against need not be taken apart anew, which is a quarter of the work.
"""

from __future__ import annotations

import json

from backports import zstd

from stories.models import Snapshot
from stories.models.packing import LARGEST_FOR_A_DELTA, LEAST_PREFIX, pack, unpack
from stories.text.extract import EXTRACTOR_VERSION, Extract, digest_of_text, encoded


def pack_text(extract: Extract, *, beside: bytes) -> bytes:
    """What `text_kept_with` reads again, given the bytes that the text was read from."""
    head = json.dumps([extract.kind, extract.charset, extract.title])
    return pack(encoded(f"{head}\n{extract.text}"), near=_prefix(beside))


def text_kept_with(snapshot: Snapshot, body: bytes) -> Extract | None:
    """None where no text is kept, an older extractor read it, or it is not what was read: then `body` tells."""
    if not snapshot.packed_text or snapshot.extractor_version != EXTRACTOR_VERSION:
        return None
    try:
        told = unpack(bytes(snapshot.packed_text), near=_prefix(body)).decode("utf-8", "surrogatepass")
    except (zstd.ZstdError, UnicodeDecodeError):
        return None
    head, _, text = told.partition("\n")
    if digest_of_text(text) != snapshot.text_digest:
        return None
    kind, charset, title = json.loads(head)
    return Extract(text, title, charset, kind)


def _prefix(body: bytes) -> bytes | None:
    return body if LEAST_PREFIX <= len(body) <= LARGEST_FOR_A_DELTA else None
