"""Names to addresses, by the operating system; and which addresses are this very machine."""

import errno
import socket
from collections.abc import Callable, Sequence
from functools import cache
from ipaddress import IPv4Address, IPv6Address

Resolver = Callable[[str], Sequence[str]]

# A documentation address (RFC 5737): no machine has it.
_NOBODYS_ADDRESS = IPv4Address("192.0.2.1")


def system_addresses(name: str) -> list[str]:
    """Every address that the operating system knows for a name, in its order. Raises OSError."""
    try:
        answers = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except UnicodeError as error:
        raise OSError(errno.EINVAL, "not a host name") from error
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def is_our_own(address: IPv4Address | IPv6Address) -> bool:
    """Whether this machine has the address itself: a public one of ours leads behind our own front door."""
    return _can_bind(address) and not _binds_anything()


def _can_bind(address: IPv4Address | IPv6Address) -> bool:
    """Only a machine's own addresses can be bound; asking so sends nothing."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((str(address), 0))
    except OSError:
        return False
    return True


@cache
def _binds_anything() -> bool:
    """Some load balancers let a machine bind addresses that it has not; then a binding tells nothing."""
    return _can_bind(_NOBODYS_ADDRESS)
