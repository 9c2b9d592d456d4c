"""How sources are read, how often, and how long their copies are kept."""

from django.core.exceptions import ImproperlyConfigured
from environs import validate

from newsroom.settings.environment import PORT_PATTERN, env
from newsroom.settings.site import SITE_URL

_HOST_AND_PORT = validate.Regexp(
    rf"(?:[^\s/:\[\]]+|\[[0-9a-f:]+\]):{PORT_PATTERN}$",
    error="WATCH_ALLOWED_PRIVATE is like 127.0.0.1:8010",
)

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
# What an alternation is known by is younger than two weeks.
CHECKS_KEEP_DAYS = env.int("CHECKS_KEEP_DAYS", 90, validate=validate.Range(min=30))
DELIVERIES_KEEP_DAYS = env.int("DELIVERIES_KEEP_DAYS", 365, validate=validate.Range(min=30))
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
