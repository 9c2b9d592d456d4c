"""What the machines are told that look after the newsroom, and which of them."""

from ipaddress import ip_network

from django.core.exceptions import ImproperlyConfigured
from environs import validate

from newsroom.settings.environment import env

PROBE_TOKEN = env.str(
    "PROBE_TOKEN",
    "",
    validate=validate.Regexp(r"$|[!-~]{20,}$", error="PROBE_TOKEN is at least 20 characters without a space"),
)
_networks: list[str] = env.list("PROBE_NETWORKS", [])
try:
    PROBE_NETWORKS = [ip_network(text.strip()) for text in _networks]
except ValueError as error:
    raise ImproperlyConfigured(f"PROBE_NETWORKS is like 10.0.0.0/8,::1: {error}") from error
READY_OVERDUE_SECONDS = env.int("READY_OVERDUE_SECONDS", 900, validate=validate.Range(min=30))
# A probe inside the network speaks plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
