"""How letters are sent."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import validate

from newsroom.settings.environment import env

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
# For each answer: a server that looks a letter through takes its time (RFC 5321, 4.5.3.2), and who gives up on it may
# send what it has taken.
EMAIL_TIMEOUT = 60
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL",
    "newsroom@localhost",
    validate=validate.Regexp(
        r"[^\r\n]*[^\s@<>]+@[^\s@<>]+>?\s*\Z",
        error="DEFAULT_FROM_EMAIL is like The Desk <desk@newsroom.example>",
    ),
)
