"""Where the rows are kept."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import validate

from newsroom.settings.environment import DATA_DIR, env

#: Of what may stand behind the question mark, what Django and psycopg keep for themselves.
_NOT_FOR_LIBPQ = {"assume_role", "isolation_level", "server_side_binding", "prepare_threshold"}


def _refuse_unknown_options(options: dict[str, Any]) -> None:
    """libpq would stop at one whenever it is to connect."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import make_conninfo

    try:
        make_conninfo(**{name: value for name, value in options.items() if name not in _NOT_FOR_LIBPQ})
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"DATABASE_URL: {str(error).strip()}") from error


DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'newsroom.sqlite3'}", conn_max_age=600)
}
if not DATABASES["default"]["ENGINE"].endswith(("sqlite3", "postgresql")) or not DATABASES["default"]["NAME"]:
    raise ImproperlyConfigured("DATABASE_URL is like postgres://newsroom:password@db/newsroom")
_LARGEST_POOL = 200
DATABASE_POOL_SIZE = env.int("DATABASE_POOL_SIZE", 16, validate=validate.Range(min=0, max=_LARGEST_POOL))
#: A reader waits for PostgreSQL no longer than that, and the next one after them neither.
_PATIENCE_SECONDS = 5
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if IS_SQLITE:
    # Writers queue instead of failing: each transaction takes its lock at once, and waits for it; whose turn is next
    # is told by stories/models/write_queue.py.
    # FULL, because an acknowledged publication must survive a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 60,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;",
    }
    # A connection to a file does not break, and opening one costs a task as much as ten queries.
    CELERY_DB_REUSE_MAX = 100
else:
    # PostgreSQL compiles what it takes for dear, which no page of ours is: compiling takes longer than the answer.
    _options = DATABASES["default"].setdefault("OPTIONS", {})
    _refuse_unknown_options(_options)
    _options.setdefault("options", "-c jit=off")
    # Of a machine that is gone nobody says so.
    _options.setdefault("connect_timeout", _PATIENCE_SECONDS)
    # The threads of a process share its connections; one that the server has closed is replaced before it is used.
    DATABASES["default"] |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}
    _options["pool"] = {
        "min_size": 0,
        "max_size": DATABASE_POOL_SIZE or _LARGEST_POOL,
        "timeout": _PATIENCE_SECONDS,
        # Given up so soon, it is tried anew by the next who asks: the pool by itself waits ever longer between its
        # tries, for two minutes in the end, and all who ask meanwhile with it.
        "reconnect_timeout": _PATIENCE_SECONDS,
    }
