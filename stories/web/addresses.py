"""Which IP addresses are the public internet, from a table of our own.

The table follows IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890 and what came after), multicast, and
the addresses at which clouds answer their own machines. Python's ipaddress knows an older edition. Ranges that carry
an IPv4 address inside are refused whole, so nothing need be unwrapped.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

_IPV4 = (
    ("0.0.0.0/8", "this network"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "shared by a carrier’s customers"),
    ("127.0.0.0/8", "loopback"),
    ("168.63.129.16/32", "cloud metadata"),
    ("169.254.0.0/16", "link-local or cloud metadata"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "reserved for protocols"),
    ("192.0.2.0/24", "documentation"),
    ("192.31.196.0/24", "reserved for AS112"),
    ("192.52.193.0/24", "reserved for multicast tunnels"),
    ("192.88.99.0/24", "6to4 relay"),
    ("192.168.0.0/16", "private"),
    ("192.175.48.0/24", "reserved for AS112"),
    ("198.18.0.0/15", "benchmarking"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved or broadcast"),
)

_IPV6 = (
    ("::/128", "unspecified"),
    ("::1/128", "loopback"),
    ("::ffff:0:0/96", "IPv4-mapped"),
    ("::/96", "IPv4-compatible"),
    ("::ffff:0:0:0/96", "IPv4-translated"),
    ("64:ff9b::/96", "NAT64"),
    ("64:ff9b:1::/48", "local NAT64"),
    ("100::/64", "discarded"),
    ("100:0:0:1::/64", "dummy prefix"),
    ("2001::/32", "Teredo"),
    ("2001:2::/48", "benchmarking"),
    ("2001:10::/28", "ORCHID"),
    ("2001:20::/28", "ORCHID"),
    ("2001::/23", "reserved for protocols"),
    ("2001:db8::/32", "documentation"),
    ("2002::/16", "6to4"),
    ("2620:4f:8000::/48", "reserved for AS112"),
    ("3fff::/20", "documentation"),
    ("5f00::/16", "segment routing"),
    ("fc00::/7", "unique local or cloud metadata"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "site-local"),
    ("ff00::/8", "multicast"),
)

_GLOBAL_UNICAST = IPv6Network("2000::/3")
# RFC 5214, section 6.1: the interface identifier ahead of the IPv4 address; the bit "u" may be set or not.
_ISATAP_IDENTIFIER, _ISATAP_MASK = 0x0000_5EFE, 0xFDFF_FFFF

SPECIAL_IPV4: tuple[tuple[IPv4Network, str], ...] = tuple((IPv4Network(text), why) for text, why in _IPV4)
SPECIAL_IPV6: tuple[tuple[IPv6Network, str], ...] = tuple((IPv6Network(text), why) for text, why in _IPV6)


def why_not_public(address: IPv4Address | IPv6Address) -> str:
    """What kind of special address this is, in an editor's words; empty for one on the public internet."""
    if isinstance(address, IPv4Address):
        return next((why for network, why in SPECIAL_IPV4 if address in network), "")
    if special := next((why for network, why in SPECIAL_IPV6 if address in network), ""):
        return special
    if address not in _GLOBAL_UNICAST:
        return "reserved"
    if (int(address) >> 32) & _ISATAP_MASK == _ISATAP_IDENTIFIER:
        return "ISATAP"
    return ""
