"""Who may see more than whether all is well: whoever has the token, or asks from a network that was named."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

#: A proxy stands between: the address is the proxy's, and says nothing of who asks.
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def is_let_in(request: HttpRequest) -> bool:
    return _has_token(request) or _is_near(request)


def _has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.PROBE_TOKEN) and constant_time_compare(given, settings.PROBE_TOKEN)


def _is_near(request: HttpRequest) -> bool:
    if any(header in request.META for header in _FORWARDED):
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in network for network in settings.PROBE_NETWORKS)
