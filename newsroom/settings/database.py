"""Where the rows are kept."""

from django.core.exceptions import ImproperlyConfigured

from newsroom.settings.environment import DATA_DIR, env

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'newsroom.sqlite3'}", conn_max_age=600)
}
if not DATABASES["default"]["ENGINE"].endswith(("sqlite3", "postgresql")):
    raise ImproperlyConfigured("DATABASE_URL is like postgres://newsroom:password@db/newsroom")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue instead of failing: each transaction takes its lock at once, and waits for it.
    # FULL, because an acknowledged publication must survive a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;",
    }
    # A connection to a file does not break, and opening one costs a task as much as ten queries.
    CELERY_DB_REUSE_MAX = 100
