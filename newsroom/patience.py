"""Whoever asks for a page waits for the database for seconds, and is told then that this passes.

Workers and migrations wait as long as it takes: nobody sits before them, and they keep nobody's thread. The task of a
worker has a time-out of its own.
"""

from django.conf import settings

#: Longer than editors who save at the same moment wait for each other on a busy machine.
LONGEST_AT_A_LOCK_SECONDS = 15
#: Longer than any page needs for one question.
LONGEST_IN_SILENCE_SECONDS = 30


def wait_like_a_reader() -> None:
    """For every connection that this process opens from now on, to PostgreSQL; SQLite's have a time-out anyway."""
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if "options" in options:
        options["options"] += f" -c lock_timeout={LONGEST_AT_A_LOCK_SECONDS}s"
    if "pool" in options:
        # Only where there is PostgreSQL is its library loaded.
        from newsroom.impatient_connection import ImpatientConnection

        options["pool"]["connection_class"] = ImpatientConnection
