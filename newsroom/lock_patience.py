"""Whoever asks for a page waits for a lock for seconds, and is told then that this passes.

Workers and migrations wait as long as it takes: nobody sits before them, and they keep nobody's thread.
"""

from django.conf import settings

#: Longer than editors who save at the same moment wait for each other on a busy machine.
LONGEST_SECONDS = 15


def wait_for_locks_like_a_reader() -> None:
    """For every connection that this process opens from now on, to PostgreSQL; SQLite's have a time-out anyway."""
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if "options" in options:
        options["options"] += f" -c lock_timeout={LONGEST_SECONDS}s"
