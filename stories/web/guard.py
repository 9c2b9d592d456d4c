"""Whether an address may be fetched: everything that is not plainly a public web page is refused."""

import ipaddress
import re
import socket
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple
from urllib.parse import quote

from stories.web.addresses import why_not_public
from stories.web.errors import AddressRefused, NameUnresolved
from stories.web.host_names import canonical_name, refuse_local_name
from stories.web.resolver import Resolver, is_our_own, system_addresses

__all__ = ["AddressRefused", "NameUnresolved", "Target", "check_url", "is_literal", "origin_of"]

MAX_URL_LENGTH = 8_000
PORTS = frozenset({80, 443, 8080, 8443})

_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, socket.EAI_NODATA})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?")
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{1,5}))?")
_IPV4 = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+")
# As browsers send them: RFC 3986's characters, and those that sites use although it forbids them.
_SAFE_IN_PATH = "%/:@!$&'()*+,;=~?[]|^"
_JOINERS = "\u200c\u200d"
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: what to ask, and the only addresses to ask it at."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]
    url: str

    @property
    def origin(self) -> str:
        """Scheme, name and port (RFC 6454); a port that goes without saying is left out."""
        return self.url.removesuffix(self.path)


class _Parts(NamedTuple):
    scheme: str
    host: str
    port: int
    path: str
    literal: IPv4Address | IPv6Address | None


def check_url(
    url: str,
    *,
    resolver: Resolver | None = None,
    allowed: Collection[tuple[str, int]] = (),
    trusted: Collection[str] = (),
) -> Target:
    """What may be fetched for this URL, its name looked up once. Raises AddressRefused.

    `resolver` takes a host name and returns its addresses as strings, or raises OSError. `allowed` names hosts and
    ports at which loopback may be read, and nothing else that is not public. `trusted` names the origins that an
    operator has chosen, wherever they are. Blocks while the name is looked up.
    """
    parts = _parse(url)
    if _origin(parts) in trusted:
        return _target(parts, _addresses(parts, resolver))
    is_allowed = (parts.host, parts.port) in _plainly_named(frozenset(allowed))
    if parts.port not in PORTS and not is_allowed:
        raise AddressRefused("port", f"Port {parts.port} is not one at which we read pages.")
    if parts.literal is None and not is_allowed:
        refuse_local_name(parts.host)
    addresses = _addresses(parts, resolver)
    for address in addresses:
        _refuse_unless_public(address, parts.host, is_loopback_allowed=is_allowed)
    return _target(parts, addresses)


def _addresses(parts: _Parts, resolver: Resolver | None) -> list[IPv4Address | IPv6Address]:
    return [parts.literal] if parts.literal else _resolve(parts.host, resolver or system_addresses)


@lru_cache(maxsize=8)
def _plainly_named(allowed: frozenset[tuple[str, int]]) -> frozenset[tuple[str, int]]:
    return frozenset((host.lower().strip("[]"), port) for host, port in allowed)


def origin_of(url: str) -> str:
    """`Target.origin`, without a look-up. Raises AddressRefused."""
    return _origin(_parse(url))


def is_literal(url: str) -> bool:
    """Whether the URL names an address instead of a host, so that checking it waits for nobody."""
    return _parse(url).literal is not None


# Each address of a batch is taken apart for its host, for the look-up and for the check.
@lru_cache(maxsize=1_024)
def _parse(url: str) -> _Parts:
    _refuse_odd_characters(url)
    matched = _URL.fullmatch(url)
    if matched is None:
        raise AddressRefused("bad_url", "This is not the complete address of a web page.")
    scheme, authority, path, query, _ = matched.groups(default="")
    scheme = scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise AddressRefused("scheme", f"Only http and https addresses are read, not {scheme}.")
    host, literal, port = _parse_authority(authority)
    resource = quote((path or "/") + query, safe=_SAFE_IN_PATH)
    return _Parts(scheme, host, port or _DEFAULT_PORTS[scheme], resource, literal)


def _refuse_odd_characters(url: str) -> None:
    if len(url) > MAX_URL_LENGTH:
        raise AddressRefused("bad_url", "The address is too long.")
    if "\\" in url:
        raise AddressRefused("bad_character", "The address has a backslash in it.")
    if any(unicodedata.category(letter) in _UNPRINTABLE and letter not in _JOINERS for letter in url):
        raise AddressRefused("bad_character", "The address has a space or an invisible character in it.")


def _parse_authority(authority: str) -> tuple[str, IPv4Address | IPv6Address | None, int | None]:
    if "@" in authority:
        raise AddressRefused("user_name", "The address has a user name in it.")
    matched = _AUTHORITY.fullmatch(authority)
    if matched is None or not matched[1]:
        raise AddressRefused("bad_url", "The address has no proper name of a site in it.")
    port = _parse_port(matched[2])
    literal = _parse_literal(matched[1])
    return (str(literal) if literal else canonical_name(matched[1])), literal, port


def _parse_port(digits: str | None) -> int | None:
    if digits is None:
        return None
    if digits.startswith("0"):
        raise AddressRefused("port", f"{digits} is not a port at which we read pages.")
    return int(digits)


def _parse_literal(host: str) -> IPv4Address | IPv6Address | None:
    """The address that the host spells, if it spells one; Python reads IPv4 in its one canonical form only."""
    try:
        if host.startswith("["):
            return _parse_ipv6(host[1:-1])
        return IPv4Address(host) if _IPV4.fullmatch(host) else None
    except ValueError as error:
        raise AddressRefused("odd_number", "The address spells a number in an unusual way.") from error


def _parse_ipv6(text: str) -> IPv6Address:
    if "%" in text:
        raise AddressRefused("zone", "The address names a network interface of the reader’s own machine.")
    return IPv6Address(text)


def _resolve(name: str, resolver: Resolver) -> list[IPv4Address | IPv6Address]:
    try:
        answers = list(resolver(name))
    except (OSError, UnicodeError) as error:
        # Python's own resolver has UnicodeError for what it takes for no name.
        raise _unresolved(name, error) from error
    if not answers:
        raise NameUnresolved("dns", f"The name {name} has no address.")
    try:
        return [ipaddress.ip_address(answer) for answer in answers]
    except ValueError as error:
        raise AddressRefused(
            "not_public", f"The name {name} leads to something that is no address."
        ) from error


def _unresolved(name: str, error: OSError | UnicodeError) -> NameUnresolved:
    """Whether the directory does not know the name, or could not be asked."""
    if isinstance(error, socket.gaierror) and error.errno in _NO_SUCH_NAME:
        return NameUnresolved("no_such_name", f"There is no site named {name}: its name leads nowhere.")
    return NameUnresolved("dns", f"The name {name} could not be looked up.")


def _refuse_unless_public(
    address: IPv4Address | IPv6Address, host: str, *, is_loopback_allowed: bool
) -> None:
    if is_loopback_allowed and address.is_loopback and not _is_mapped(address):
        return
    why = _why_not_ours_to_read(address)
    if why:
        raise AddressRefused(
            "not_public", f"{host} leads to {address}, which is not on the public internet ({why})."
        )


def _why_not_ours_to_read(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return "bound to a network interface"
    return why_not_public(address) or ("this machine’s own" if is_our_own(address) else "")


def _is_mapped(address: IPv4Address | IPv6Address) -> bool:
    return isinstance(address, IPv6Address) and address.ipv4_mapped is not None


def _target(parts: _Parts, addresses: list[IPv4Address | IPv6Address]) -> Target:
    return Target(
        scheme=parts.scheme,
        host=parts.host,
        port=parts.port,
        path=parts.path,
        addresses=tuple(dict.fromkeys(str(address) for address in addresses)),
        url=_origin(parts) + parts.path,
    )


def _origin(parts: _Parts) -> str:
    host = f"[{parts.host}]" if ":" in parts.host else parts.host
    port = "" if parts.port == _DEFAULT_PORTS[parts.scheme] else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"
