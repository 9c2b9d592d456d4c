"""What is good enough for one desk and not for a newsroom that others rely on: `PRODUCTION=on` refuses to start so."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from newsroom.settings.database import IS_SQLITE
from newsroom.settings.environment import PRODUCTION, env
from newsroom.settings.mail import EMAIL_URL
from newsroom.settings.queues import CELERY_BROKER_URL, HAS_EMBEDDED_BROKER
from newsroom.settings.site import ALLOWED_HOSTS, DEBUG, SECRET_KEY, SITE_URL

_SHORTEST_KEY = 50
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
# Whether every other host of the domain is encrypted too is for the owner of the domain to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]


def _refusals() -> Iterator[str]:
    if DEBUG:
        yield "DEBUG shows the inside of the newsroom to readers: leave it off."
    if not SITE_URL.startswith("https://") or urlsplit(SITE_URL).hostname in _LOOPBACK:
        yield "SITE_URL is where readers reach it, such as https://newsroom.example: set it."
    if "*" in ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS lets anybody name the host: list the hosts, or leave it out."
    if len(SECRET_KEY) < _SHORTEST_KEY or SECRET_KEY.startswith("django-insecure"):
        yield f"SECRET_KEY can be guessed: make one of at least {_SHORTEST_KEY} random characters."
    if not EMAIL_URL.startswith(("smtp", "submission")):
        yield "EMAIL_URL names no mail server, so alerts reach nobody: set it."
    if CELERY_BROKER_URL.startswith("memory"):
        yield "CELERY_BROKER_URL is a broker in the memory of one process: set it to Redis or RabbitMQ."
    if not IS_SQLITE:
        yield from _refusals_of_many_machines()


def _refusals_of_many_machines() -> Iterator[str]:
    """With PostgreSQL there may be several, and each would make a key or a broker of its own."""
    if not env.str("SECRET_KEY", ""):
        yield "SECRET_KEY would be another on each machine, and sign people out: set it."
    if not env.str("RECORD_SIGNING_KEY", ""):
        yield "RECORD_SIGNING_KEY would be another on each machine, and the record would contradict itself: set it."
    if HAS_EMBEDDED_BROKER and not CELERY_BROKER_URL.startswith("memory"):
        yield "CELERY_BROKER_URL is a file that other machines cannot reach: set it to Redis or RabbitMQ."


if PRODUCTION and (_refused := list(_refusals())):
    raise ImproperlyConfigured(
        "\n".join(["With PRODUCTION on, the newsroom does not start like this:", *_refused])
    )
