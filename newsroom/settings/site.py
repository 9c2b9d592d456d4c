"""The installation: its secret, its addresses, its name, its time."""

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured
from environs import validate

from newsroom.secret import read_or_make_secret
from newsroom.settings.environment import BASE_DIR, DATA_DIR, PORT_PATTERN, each, env

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or read_or_make_secret(DATA_DIR / "secret-key")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
SECRET_KEY_FALLBACKS = [key.strip() for key in SECRET_KEY_FALLBACKS]
SITE_URL = env.str(
    "SITE_URL",
    "http://127.0.0.1:8000",
    validate=validate.Regexp(
        rf"https?://(?:[A-Za-z0-9._-]+|\[[0-9a-f:]+\])(?::{PORT_PATTERN})?/?$",
        error="SITE_URL is like https://newsroom.example, with a port of at most 65535 where it has one, and with a "
        "name in other letters as browsers send it (xn--…)",
    ),
).rstrip("/")
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS",
    [str(urlsplit(SITE_URL).hostname), "localhost", "127.0.0.1", "[::1]"],
    validate=each(r"(?:\*|[^\s/:\[\]]+|\[[0-9a-f:]+\])$", "ALLOWED_HOSTS is like newsroom.example,localhost"),
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list(
    "CSRF_TRUSTED_ORIGINS",
    [SITE_URL],
    validate=each(r"https?://[^\s/]+$", "CSRF_TRUSTED_ORIGINS is like https://newsroom.example"),
)
ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS = (
    [text.strip() for text in texts] for texts in (ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS)
)

NEWSROOM_NAME = env.str("NEWSROOM_NAME", "The Newsroom")
CORRECTIONS_POLICY = env.str("CORRECTIONS_POLICY", "")
if CORRECTIONS_POLICY and not Path(CORRECTIONS_POLICY).is_file():
    raise ImproperlyConfigured(f"CORRECTIONS_POLICY is no file: {CORRECTIONS_POLICY}")
TIME_ZONE = env.str(
    "TIME_ZONE",
    "UTC",
    validate=validate.OneOf(available_timezones(), error="TIME_ZONE is like America/New_York"),
)
# Commands, logs, webhooks and the record speak English; pages and messages say for whom they are.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
HOUSE_LANGUAGE = env.str(
    "HOUSE_LANGUAGE",
    LANGUAGE_CODE,
    validate=validate.OneOf([code for code, _name in LANGUAGES], error="HOUSE_LANGUAGE is en or es"),
)
LOCALE_PATHS = [BASE_DIR / "stories" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "newsroom.formats"
USE_TZ = True
