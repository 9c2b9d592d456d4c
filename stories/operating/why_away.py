"""Why a database lets nobody in, in its own words or the network's: a pool of connections keeps them to itself."""

from __future__ import annotations

from django.db import DatabaseError, connection

_PATIENCE_SECONDS = 5


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


def how_to_be_let_in() -> str:
    """What PostgreSQL says is in a language of its own: only whether it is there is asked, which takes no name."""
    if connection.vendor != "postgresql":
        return "Let it be read here, put a backup in its place, or mend DATABASE_URL."
    from psycopg.conninfo import make_conninfo
    from psycopg.pq import PGconn, Ping

    there = connection.settings_dict
    address = make_conninfo(
        host=there["HOST"] or None, port=there["PORT"] or None, connect_timeout=_PATIENCE_SECONDS
    )
    match PGconn.ping(address.encode()):
        case Ping.OK:
            return (
                "It is at work. Where its connections have run out, pg_stat_activity tells who holds them: end what "
                "is not needed, raise max_connections, or lower DATABASE_POOL_SIZE. Else mend DATABASE_URL."
            )
        case Ping.REJECT:
            return "It is starting, stopping or recovering: wait, and look at its log where it goes on."
        case _:
            return "Start it, or mend DATABASE_URL."
