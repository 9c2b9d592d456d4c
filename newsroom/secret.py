"""The secret key of an installation: made at its first start, kept in its data folder, never in the code."""

import os
import secrets
from pathlib import Path


def read_or_make_secret(path: Path) -> str:
    """Return the key kept at `path`; make one, readable by the owner alone, where there is none.

    Several processes may start at once: a complete key is written aside and linked into place, and
    whoever comes second reads the key of the first.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
