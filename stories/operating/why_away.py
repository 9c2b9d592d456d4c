"""Why PostgreSQL lets nobody in, in its own words or the network's: a pool of connections keeps them to itself."""

from __future__ import annotations

from django.db import DatabaseError, connection


def why_away(error: DatabaseError) -> str:
    """By knocking once more, without the pool; never with a password."""
    own = connection.copy()
    own.settings_dict["OPTIONS"].pop("pool", None)
    why = error
    try:
        own.ensure_connection()
    except DatabaseError as refused:
        why = refused
    finally:
        own.close()
    return str(why).partition("\n")[0].removeprefix("connection failed: ") or type(why).__name__
