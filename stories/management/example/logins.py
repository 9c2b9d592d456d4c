"""The example's logins: passwords made at first run, kept in a private file, not in the code."""

import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path


def make_logins(path: Path, usernames: Iterable[str]) -> dict[str, str]:
    """Make a password for each person and keep them at `path`, readable by its owner alone."""
    logins = {username: "-".join(secrets.token_hex(2) for _ in range(4)) for username in usernames}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{username} {password}\n" for username, password in logins.items())
    return logins


def read_logins(path: Path) -> Mapping[str, str]:
    """The logins kept at `path`; none where there is no example."""
    if not path.exists():
        return {}
    return dict(line.split(maxsplit=1) for line in path.read_text().splitlines() if line.strip())
