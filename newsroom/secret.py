"""The secrets of an installation: made at its first start, kept in its data folder, never in code or database."""

import base64
import binascii
import os
import secrets
from collections.abc import Callable
from pathlib import Path

SEED_BYTES = 32


def make_secret() -> str:
    return secrets.token_urlsafe(50)


def make_signing_key() -> str:
    """The seed of an Ed25519 key (RFC 8032), in base64."""
    return base64.b64encode(secrets.token_bytes(SEED_BYTES)).decode()


def is_signing_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == SEED_BYTES
    except (binascii.Error, ValueError):
        return False


def read_or_make_secret(path: Path, make: Callable[[], str] = make_secret) -> str:
    """Return the key kept at `path`; make one, readable by the owner alone, where there is none.

    Several processes may start at once: a complete key is written aside and linked into place, and
    whoever comes second reads the key of the first.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(make())
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
