"""What the log says of each version, update and takedown: metadata in clear, content behind a salted commitment."""

import hmac
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from stories.publishing.canonical import canonical_json
from stories.publishing.proof.merkle import leaf_hash

SCHEMA: Final = 1
SALT_BYTES: Final = 32

VERSION: Final = "version"
UPDATE: Final = "update"
TAKEDOWN: Final = "takedown"
ACKNOWLEDGEMENT: Final = "acknowledgement"

#: What a version leaf and the content that it commits to both say.
SHARED_WITH_CONTENT = ("recorded_at", "stated_at", "stated_zone", "minor")


def new_salt() -> str:
    """32 random bytes in hexadecimal: without them nobody can try guesses against a commitment."""
    return secrets.token_hex(SALT_BYTES)


def commit(content: str, *, salt: str) -> str:
    """Commit to a text: HMAC-SHA-256 (RFC 2104) under the salt, in hexadecimal.

    Who has text and salt can verify it; once both are deleted, nothing about the text can be found out from it.

    >>> commit("The bridge closes.", salt="00" * 32)[:16]
    '3fd3b039f5908f4a'
    """
    return hmac.new(bytes.fromhex(salt), content.encode(), sha256).hexdigest()


def plain_digest(content: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return sha256(content.encode()).hexdigest()


def hash_of(data: str) -> str:
    """The leaf's hash in the Merkle tree (RFC 9162), in hexadecimal."""
    return leaf_hash(data.encode()).hex()


def version_leaf(
    content: Mapping[str, Any], *, index: int, previous_leaf: str, commitment: str, is_backfilled: bool
) -> str:
    """The leaf of a version, from the content that it freezes.

    `is_backfilled` says that the version is older than the log, and that its own digest is a plain SHA-256.
    """
    return canonical_json(
        {
            "schema": SCHEMA,
            "kind": VERSION,
            "index": index,
            "previous_leaf": previous_leaf,
            "story": content["article"],
            "version": content["number"],
            **{name: content[name] for name in SHARED_WITH_CONTENT},
            "commitment": commitment,
            "backfilled": is_backfilled,
        }
    )


def update_leaf(
    update: Mapping[str, Any],
    *,
    index: int,
    previous_leaf: str,
    commitment: str,
    story: str,
    version: int,
    is_backfilled: bool,
) -> str:
    """The leaf of an update, from its part in the content of the version that publishes it."""
    return canonical_json(
        {
            "schema": SCHEMA,
            "kind": UPDATE,
            "index": index,
            "previous_leaf": previous_leaf,
            "story": story,
            "version": version,
            "update": update["id"],
            "update_kind": update["kind"],
            "recorded_at": update["recorded_at"],
            "commitment": commitment,
            "backfilled": is_backfilled,
        }
    )


def takedown_leaf(
    *,
    index: int,
    previous_leaf: str,
    story: str,
    version: int,
    taken_down_at: str,
    authority: str,
    in_the_name_of: str,
    tombstone: str,
) -> str:
    """The leaf of a takedown; `tombstone` is the text that is shown instead of the content from now on."""
    return canonical_json(
        {
            "schema": SCHEMA,
            "kind": TAKEDOWN,
            "index": index,
            "previous_leaf": previous_leaf,
            "story": story,
            "version": version,
            "recorded_at": taken_down_at,
            "authority": authority,
            "in_the_name_of": in_the_name_of,
            "tombstone": plain_digest(tombstone),
        }
    )


def acknowledgement_leaf(*, index: int, recorded_at: str, reason: str, size: int, root: str) -> str:
    """The leaf that says that the log goes on although an exported checkpoint (`size`, `root`) contradicts it."""
    return canonical_json(
        {
            "schema": SCHEMA,
            "kind": ACKNOWLEDGEMENT,
            "index": index,
            "previous_leaf": "",
            "recorded_at": recorded_at,
            "reason": reason,
            "exported_size": size,
            "exported_root": root,
        }
    )
