"""Where a request comes from: the address that the last proxy of ours saw, and a shortened one to keep."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

#: How much of an address tells a household or an office, and not a person.
_KEPT_BITS = {4: 24, 6: 48}
#: What one customer of a provider is given.
_COUNTED_BITS = {4: 32, 6: 64}


def client_address(request: HttpRequest) -> str:
    """The client's; empty where there is none. `X-Forwarded-For` is read from its end, as far as proxies are ours.

    Whatever stands before the first that is not of TRUSTED_PROXIES was written by somebody else.
    """
    hops = [request.META.get("REMOTE_ADDR", ""), *reversed(_forwarded(request))]
    for hop in hops:
        if not is_a_proxy_of_ours(hop):
            return _plain(hop)
    return _plain(hops[-1])


def is_a_proxy_of_ours(address: str) -> bool:
    try:
        return any(ip_address(address) in ip_network(network.strip()) for network in settings.TRUSTED_PROXIES)
    except ValueError:
        return False


def shortened(address: str) -> str:
    """Such as 203.0.113.0; empty for what is no address."""
    return _masked(address, _KEPT_BITS)


def counted(address: str) -> str:
    """What guesses are counted by: an IPv4 address, or the /64 of an IPv6 one."""
    return _masked(address, _COUNTED_BITS)


def _forwarded(request: HttpRequest) -> list[str]:
    header = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return [hop.strip() for hop in header.split(",") if hop.strip()]


def _plain(hop: str) -> str:
    """As an address is written; empty for what is none."""
    try:
        address = ip_address(hop.partition("%")[0])
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def _masked(address: str, bits: dict[int, int]) -> str:
    try:
        version = ip_address(address).version
    except ValueError:
        return ""
    return str(ip_network(f"{address}/{bits[version]}", strict=False).network_address)
