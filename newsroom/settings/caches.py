"""What may be forgotten at any time."""

from ssl import VerifyFlags
from typing import Any

from environs import validate

from newsroom.settings.addresses import ESCAPES, NUMBER, OF_CERTIFICATES, REDIS, VERIFIED, servers
from newsroom.settings.environment import env

_FLAG = f"({'|'.join(VerifyFlags.__members__)})"
CACHE_URL = env.str(
    "CACHE_URL",
    "",
    validate=servers(
        REDIS,
        or_else="",
        between="[;,]",
        # As redis-py reads it, but for `timeout`, which is of another pool than ours, and what cannot be a word.
        asking=r"(db|max_connections|health_check_interval|socket_read_size)=\d+|protocol=[23]"
        rf"|socket_(connect_)?timeout={NUMBER}|(socket_keepalive|retry_on_timeout|legacy_responses)=\w+"
        r"|client_name=\S+|(username|password)=.+"
        rf"|{OF_CERTIFICATES}|ssl_min_version=(769|77[0-2])|ssl_(in|ex)clude_verify_flags=\[?{_FLAG}(, ?{_FLAG})*\]?",
        verifying="required|optional|none",
        error=f"CACHE_URL is like redis://cache/1; {ESCAPES}",
    ),
)
CACHES: dict[str, dict[str, Any]] = {
    # What the processes have to agree on: how often somebody has tried something.
    "default": {
        "BACKEND": "newsroom.forgiving_cache.ForgivingRedisCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": VERIFIED if CACHE_URL.startswith("rediss") else {},
    }
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Finished pages, each under a name that changes with whatever it is made from: every process has its own.
    "pages": {
        "BACKEND": "newsroom.bounded_cache.BoundedMemoryCache",
        "LOCATION": "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 400, "MOST_BYTES": 64 * 2**20},
    },
}
PAGES_KEPT_SECONDS = env.int("PAGES_KEPT_SECONDS", 60, validate=validate.Range(min=0, max=86400))
