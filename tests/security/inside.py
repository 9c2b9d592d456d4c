"""Hosts that are, or may be taken for, an address inside: by this parser, by another, or by a resolver."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address

#: Loopback, private, shared, link-local, and where clouds answer their own machines.
_ADDRESSES = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "100.100.100.200", "0.0.0.0")
_NAMES = (
    *("localhost", "LOCALHOST.", "localhost..", "foo.localhost", "localhost.localdomain", "printer.local"),
    *("ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "ｌｏｃａｌｈｏｓｔ", "loc\u00adalhost", "lo\u200bcalhost", "metadata", "instance-data"),
    *("metadata.google.internal", "ｍetadata.google.internal", "metadata。google。internal", "a.internal."),
    *("kubernetes.default.svc", "router.lan", "nas.home.arpa", "x.onion", "host.docker.internal"),
    *("ip6-localhost", "broadcasthost", "0", "0x0", "00", "0.", "1", "127.1", "127.0.1", "127.", "1e3"),
    *("0x7f.1", "0177.1", "0b1", "0o177.0.0.1", "-1", "+127.0.0.1", "127.0.0.1e0", "127.0.0.01"),
    *(
        "①②⑦.⓪.⓪.①",
        "127.0.0.１",
        "१२७.०.०.१",
        "[::1]",
        "[::]",
        "[0000::0001]",
        "[::1%25lo]",
        "[fe80::1%eth0]",
    ),
    *("[fc00::1]", "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]", "[100::1]", "[2001:db8::1]", "[3fff::1]"),
    *("[5f00::1]", "[4000::1]", "[v1.127.0.0.1]", "[::1", "::1]", "::1", "[[::1]]", "[:::1]", "[]"),
    *("", ".", "..", "@", ":80", "-", "a..b", "*", "%"),
)


def hosts() -> list[str]:
    return list(dict.fromkeys([*_NAMES, *(host for text in _ADDRESSES for host in _spellings(text))]))


def _spellings(text: str) -> Iterator[str]:
    address = IPv4Address(text)
    yield from _numerals(text, int(address), address.packed)
    yield from _within_ipv6(text, int(address))
    yield from _in_other_letters(text)
    yield from _beside_another(text)


def _numerals(text: str, number: int, parts: bytes) -> Iterator[str]:
    yield from (text, f"{text}.", f"{text}..", f"0{text}", str(number), str(number + 2**32), hex(number))
    yield from (hex(number).upper(), f"0x{number:028x}", f"0{number:o}", f"{parts[0]}.{number & 0xFFFFFF}")
    yield f"{parts[0]}.{parts[1]}.{number & 0xFFFF}"
    for spell in ("0x%02x", "%04o", "%03d"):
        yield ".".join(spell % part for part in parts)
    yield ".".join(str(part + 256) for part in parts)


def _within_ipv6(text: str, number: int) -> Iterator[str]:
    high, low = number >> 16, number & 0xFFFF
    words = f"{high:x}:{low:x}"
    for prefix in ("::ffff:", "::", "::ffff:0:", "64:ff9b::", "64:ff9b:1::", "0:0:0:0:0:ffff:"):
        yield from (f"[{prefix}{text}]", f"[{prefix}{words}]")
    yield from (f"[2002:{words}::1]", f"[2001:0:{words}::]", f"[fe80::5efe:{words}]")
    yield from (f"[2606:4700::5efe:{words}]", f"[2606:4700::200:5efe:{words}]")
    yield f"[2001:0:1:2:3:4:{high ^ 0xFFFF:x}:{low ^ 0xFFFF:x}]"
    yield f"[::ffff:{text}%25lo]"


def _in_other_letters(text: str) -> Iterator[str]:
    yield from (text.replace(".", dot) for dot in ("。", "．", "｡", "%2e"))
    for zero in (0xFF10, 0x1D7CE, 0x660):
        yield "".join(chr(zero + int(letter)) if letter.isdigit() else letter for letter in text)
    yield "".join(f"%{ord(letter):02x}" for letter in text)
    yield from (f"{text}{letter}" for letter in "\u200b\u00ad\ufeff\u3000 \t\n\x00")
    yield from (f"\u200b{text}", f" {text}", f"\n{text}")


def _beside_another(text: str) -> Iterator[str]:
    yield from (f"a@{text}", f"a:b@{text}", f"{text}@a.example", f"a.example%40{text}", f"a.example@{text}")
    yield from (
        f"{text}\\@a.example",
        f"a.example\\@{text}",
        f"{text}%00.a.example",
        f"{text}%0a",
        f"[{text}]",
    )
    yield from (f"{text}:", f"{text}:080", f"{text}:443:80", f"{text};a", f"{text},a", f"{text}&")
