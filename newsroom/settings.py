"""Every setting of the installation, read once from the environment (or an `.env` file beside manage.py).

A setting that cannot be used stops the start with its name and what it may be. docs/SETTINGS.md lists them.
"""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from environs import Env, ValidationError, validate

from newsroom.secret import is_signing_key, make_signing_key, read_or_make_secret
from stories.management.embedded import is_held
from stories.publishing.proof.signed_note import NoteError, VerifierKey

BASE_DIR = Path(__file__).resolve().parent.parent

_PORT = r"(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])"
_HOST_AND_PORT = validate.Regexp(
    rf"(?:[^\s/:\[\]]+|\[[0-9a-f:]+\]):{_PORT}$", error="WATCH_ALLOWED_PRIVATE is like 127.0.0.1:8010"
)


def _refuse_other_than_keys(texts: list[str]) -> None:
    try:
        for text in texts:
            VerifierKey.parse(text)
    except NoteError as error:
        raise ValidationError(f"RECORD_FORMER_KEYS: {error}") from error


def _each(pattern: str, error: str) -> Callable[[list[str]], None]:
    is_one = validate.Regexp(pattern, error=error)

    def refuse_others(texts: list[str]) -> None:
        for text in texts:
            is_one(text.strip())

    return refuse_others


env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)

# --- The installation -------------------------------------------------------------------------------------

DATA_DIR = Path(env.str("DATA_DIR", "") or BASE_DIR / "var").resolve()
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"DATA_DIR cannot be a folder: {error}") from error

# What `make run` chose, as long as it runs: commands that are given beside it find its addresses and sources.
if is_held(DATA_DIR / "running.pid"):
    env.read_env(DATA_DIR / "running.env", recurse=False)

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or read_or_make_secret(DATA_DIR / "secret-key")
SITE_URL = env.str(
    "SITE_URL",
    "http://127.0.0.1:8000",
    validate=validate.Regexp(
        rf"https?://(?:[^\s/:@\[\]]+|\[[0-9a-f:]+\])(?::{_PORT})?/?$",
        error="SITE_URL is like https://newsroom.example, with a port of at most 65535 where it has one",
    ),
).rstrip("/")
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS",
    [str(urlsplit(SITE_URL).hostname), "localhost", "127.0.0.1", "[::1]"],
    validate=_each(
        r"(?:\*|[^\s/:\[\]]+|\[[0-9a-f:]+\])$", "ALLOWED_HOSTS is like newsroom.example,localhost"
    ),
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list(
    "CSRF_TRUSTED_ORIGINS",
    [SITE_URL],
    validate=_each(r"https?://[^\s/]+$", "CSRF_TRUSTED_ORIGINS is like https://newsroom.example"),
)
ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS = (
    [text.strip() for text in texts] for texts in (ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS)
)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", False)
if env.bool("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

NEWSROOM_NAME = env.str("NEWSROOM_NAME", "The Newsroom")
CORRECTIONS_POLICY = env.str("CORRECTIONS_POLICY", "")
if CORRECTIONS_POLICY and not Path(CORRECTIONS_POLICY).is_file():
    raise ImproperlyConfigured(f"CORRECTIONS_POLICY is no file: {CORRECTIONS_POLICY}")
TIME_ZONE = env.str(
    "TIME_ZONE",
    "UTC",
    validate=validate.OneOf(available_timezones(), error="TIME_ZONE is like America/New_York"),
)
LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True

# --- The application --------------------------------------------------------------------------------------

INSTALLED_APPS = [
    # Its own configuration would make a site that imports every screen at once.
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.simple_history",
    "newsroom.admin_site.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "simple_history",
    "csp",
    "stories.apps.StoriesConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "newsroom.caching.PrivateUnlessPublished",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stories.templatetags.newsroom.newsroom_context",
            ],
        },
    },
]

AUTH_USER_MODEL = "stories.User"
LOGIN_URL = "desk_login"
LOGIN_REDIRECT_URL = "desk_inbox"
LOGOUT_REDIRECT_URL = "front_page"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True

# --- The database -----------------------------------------------------------------------------------------

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

# --- Caches -----------------------------------------------------------------------------------------------

# Finished pages, each under a name that changes with whatever it is made from: every process has its own.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 400},
    },
}
PAGES_KEPT_SECONDS = env.int("PAGES_KEPT_SECONDS", 60, validate=validate.Range(min=0, max=86400))

# --- Celery: the rows are the truth, so a lost message costs one tick -------------------------------------

TICK_SECONDS = env.float("TICK_SECONDS", 15.0, validate=validate.Range(min=1, max=600))
CELERY_BROKER_URL = env.str(
    "CELERY_BROKER_URL",
    f"embedded+sqlite:///{DATA_DIR / 'broker.sqlite3'}",
    validate=validate.Regexp(
        r"(rediss?|amqps?|sentinel|memory|embedded\+sqlite)://",
        error="CELERY_BROKER_URL is like redis://broker/0",
    ),
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 2 * CELERY_TASK_TIME_LIMIT}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "tick": {
        "task": "stories.tasks.tick",
        "schedule": TICK_SECONDS,
        "options": {"expires": 4 * TICK_SECONDS},
    },
    # Looks whether a day has gone by since the last one: a newsroom that is closed at night has its export too.
    "export": {"task": "stories.tasks.export_daily", "schedule": 1800.0, "options": {"expires": 1800}},
    "thin_snapshots": {"task": "stories.tasks.thin_snapshots", "schedule": crontab(hour="3", minute="40")},
}

# --- Watching ---------------------------------------------------------------------------------------------

# Whom a site's operator may turn to.
WATCH_CONTACT = env.str(
    "WATCH_CONTACT",
    SITE_URL,
    validate=validate.Regexp(r"[\x20-\x7e]+\Z", error="WATCH_CONTACT is like desk@newsroom.example"),
)
WATCH_USER_AGENT = env.str(
    "WATCH_USER_AGENT",
    f"NewsroomStoryUpdates/0.1 (+{WATCH_CONTACT})",
    validate=validate.Regexp(
        r"[A-Za-z_-][\x20-\x7e]*\Z", error="WATCH_USER_AGENT is one line of plain ASCII"
    ),
)
# The one hole in the guard: "host:port" pairs that may be watched although they are not public.
WATCH_ALLOWED_PRIVATE: list[str] = env.list(
    "WATCH_ALLOWED_PRIVATE",
    [],
    validate=lambda pairs: [_HOST_AND_PORT(pair.strip()) for pair in pairs],
)
WATCH_ALLOWED_PRIVATE = [pair.strip() for pair in WATCH_ALLOWED_PRIVATE]
WATCH_TOTAL_SECONDS = env.float("WATCH_TOTAL_SECONDS", 30.0, validate=validate.Range(min=1, max=120))
WATCH_RAW_BYTES = env.int("WATCH_RAW_BYTES", 10_000_000, validate=validate.Range(min=10_000))
WATCH_DECODED_BYTES = env.int("WATCH_DECODED_BYTES", 20_000_000, validate=validate.Range(min=10_000))
WATCH_INTERVAL_SECONDS = env.int("WATCH_INTERVAL_SECONDS", 900, validate=validate.Range(min=10))
WATCH_SHORTEST_SECONDS = env.int("WATCH_SHORTEST_SECONDS", 60, validate=validate.Range(min=1))
WATCH_LONGEST_SECONDS = env.int("WATCH_LONGEST_SECONDS", 86_400, validate=validate.Range(min=60))
if WATCH_SHORTEST_SECONDS > WATCH_LONGEST_SECONDS:
    raise ImproperlyConfigured(
        f"WATCH_SHORTEST_SECONDS is {WATCH_SHORTEST_SECONDS}, and may be at most WATCH_LONGEST_SECONDS, "
        f"which is {WATCH_LONGEST_SECONDS}."
    )
WATCH_FRESH_DAYS = env.float("WATCH_FRESH_DAYS", 1.0, validate=validate.Range(min=0.01, max=365))
WATCH_HEADER_BYTES = env.int("WATCH_HEADER_BYTES", 65_536, validate=validate.Range(min=8_192))
WATCH_HOST_GAP_SECONDS = env.float("WATCH_HOST_GAP_SECONDS", 1.0, validate=validate.Range(min=0, max=60))
WATCH_CONFIRM_SECONDS = env.int("WATCH_CONFIRM_SECONDS", 60, validate=validate.Range(min=1))
WATCH_BATCH_SIZE = env.int("WATCH_BATCH_SIZE", 50, validate=validate.Range(min=1, max=500))
SNAPSHOTS_KEEP_ALL_DAYS = env.int("SNAPSHOTS_KEEP_ALL_DAYS", 7, validate=validate.Range(min=1))
SNAPSHOTS_KEEP_DAILY_DAYS = env.int("SNAPSHOTS_KEEP_DAILY_DAYS", 90, validate=validate.Range(min=1))

# Where a web archive lists its captures of an address (Memento, RFC 7089), which is put behind it.
ARCHIVE_TIMEMAP = env.str(
    "ARCHIVE_TIMEMAP",
    "https://web.archive.org/web/timemap/link/",
    validate=validate.Regexp(
        r"https?://[^/\s]+/\S*\Z", error="ARCHIVE_TIMEMAP is like https://archive.example/timemap/"
    ),
)

# --- What readers' machines are told ----------------------------------------------------------------------

WEBSUB_HUB = env.str(
    "WEBSUB_HUB",
    "",
    validate=validate.Regexp(r"$|https?://[^/\s]+\S*$", error="WEBSUB_HUB is like https://hub.example/"),
)

# --- The public record ------------------------------------------------------------------------------------

RECORD_SIGNING_KEY = env.str("RECORD_SIGNING_KEY", "") or read_or_make_secret(
    DATA_DIR / "record-signing-key", make_signing_key
)
if not is_signing_key(RECORD_SIGNING_KEY):
    raise ImproperlyConfigured("RECORD_SIGNING_KEY is 32 random bytes in base64.")
RECORD_FORMER_KEYS: list[str] = env.list("RECORD_FORMER_KEYS", [], validate=_refuse_other_than_keys)
RECORD_EXPORT_DIR = Path(env.str("RECORD_EXPORT_DIR", "") or DATA_DIR / "exports").resolve()
try:
    RECORD_EXPORT_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"RECORD_EXPORT_DIR cannot be a folder: {error}") from error

# --- Mail -------------------------------------------------------------------------------------------------

EMAIL_BACKEND = "newsroom.console_mail.ConsoleBackend"
EMAIL_URL = env.str(
    "EMAIL_URL",
    "",
    validate=validate.Regexp(
        r"$|(smtp|submission|console|file|dummy)://",
        error="EMAIL_URL is like submission://user:password@mail:587",
    ),
)
if EMAIL_URL.startswith(("smtp", "submission")) and not urlsplit(EMAIL_URL).hostname:
    raise ImproperlyConfigured("EMAIL_URL names no host: it is like submission://user:password@mail:587")
if EMAIL_URL:
    mail = env.dj_email_url("EMAIL_URL")
    EMAIL_BACKEND = mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = mail["EMAIL_HOST"], mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]
    EMAIL_FILE_PATH = mail["EMAIL_FILE_PATH"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL",
    "newsroom@localhost",
    validate=validate.Regexp(
        r"[^\r\n]*[^\s@<>]+@[^\s@<>]+>?\s*\Z",
        error="DEFAULT_FROM_EMAIL is like The Desk <desk@newsroom.example>",
    ),
)

# --- The admin's looks ------------------------------------------------------------------------------------

UNFOLD = {
    "SITE_TITLE": NEWSROOM_NAME,
    "SITE_HEADER": NEWSROOM_NAME,
    "SITE_SUBHEADER": "Stories, sources and updates",
    "SITE_SYMBOL": "history_edu",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("stories/favicon.svg")},
    ],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "BORDER_RADIUS": "4px",
    # The same teal as the public pages.
    "COLORS": {
        "primary": {
            "50": "#eef6f7",
            "100": "#d5e9ec",
            "200": "#aed4da",
            "300": "#86c8d3",
            "400": "#4f9fae",
            "500": "#1f7688",
            "600": "#0a5a6b",
            "700": "#0a4d5c",
            "800": "#0b3e4a",
            "900": "#0c323b",
            "950": "#071f26",
        },
    },
    "STYLES": ["stories.admin.sidebar.stylesheet"],
    "SCRIPTS": [lambda _request: static("stories/kept_text.js")],
    "SIDEBAR": {"show_search": True, "navigation": "stories.admin.sidebar.navigation"},
}

LOG_LEVEL = env.str(
    "LOG_LEVEL", "WARNING", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
