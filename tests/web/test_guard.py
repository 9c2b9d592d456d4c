"""What may be fetched, and the many spellings of what may not."""

import ipaddress
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import pytest

from stories.web import guard
from stories.web.guard import AddressRefused, NameUnresolved, Target, check_url

PUBLIC = "93.184.215.14"

FORBIDDEN_RANGES = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
    *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24"),
    *("192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
    *("224.0.0.0/4", "233.252.0.0/24", "240.0.0.0/4", "255.255.255.255/32"),
    *("::/96", "::1/128", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48"),
    *("100::/64", "100:0:0:1::/64", "2001::/32", "2001::/23", "2001:1::/32", "2001:2::/48", "2001:3::/32"),
    *("2001:4:112::/48", "2001:10::/28", "2001:20::/28", "2001:30::/28", "2001:db8::/32", "2002::/16"),
    *("2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7", "fd00::/8", "fe80::/10", "fec0::/10"),
    *("ff00::/8", "ff02::/16", "4000::/2", "8000::/1", "200::/7", "400::/6"),
]
METADATA = [
    *("169.254.169.254", "169.254.170.2", "168.63.129.16", "192.0.0.192", "100.100.100.200"),
    *("fd00:ec2::254", "fd20:ce::254", "fe80::a9fe:a9fe"),
]
EMBEDDING = [
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:169.254.169.254", "::127.0.0.1", "::10.0.0.1"),
    *("::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::808:808", "64:ff9b:1::a00:1"),
    *("2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:808:808::", "2001:0:4136:e378:8000:63bf:80ff:fffe"),
    *("2606:4700::5efe:7f00:1", "2606:4700::200:5efe:a00:1"),
]
PUBLIC_ADDRESSES = [
    *("1.1.1.1", "8.8.8.8", "9.9.9.9", "11.0.0.0", "93.184.215.14", "100.63.255.255", "100.128.0.0"),
    *("126.255.255.255", "128.0.0.0", "168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0"),
    *("172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.0", "192.0.3.0", "192.167.255.255"),
    *("192.169.0.0", "198.17.255.255", "198.20.0.0", "203.0.112.255", "203.0.114.0", "223.255.255.255"),
    *("2000::1", "2001:200::1", "2001:4860:4860::8888", "2003::1", "2606:4700:4700::1111", "2a00:1450::1"),
    *("2620:fe::fe", "2001:db7:ffff::1", "2001:db9::1", "3ffe:ffff::1"),
]


def _samples(cidr: str) -> Iterator[str]:
    network: IPv4Network | IPv6Network = ipaddress.ip_network(cidr)
    last = network.num_addresses - 1
    for offset in sorted({0, min(1, last), last // 3, last // 2, max(last - 1, 0), last}):
        yield str(network[offset])


FORBIDDEN = sorted(
    {address for cidr in FORBIDDEN_RANGES for address in _samples(cidr)} | {*METADATA, *EMBEDDING}
)


def _in_url(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _spellings(address: IPv4Address) -> list[str]:
    number = int(address)
    first, second, third, fourth = address.packed
    return [
        *(str(number), hex(number), f"0{number:o}", hex(number).upper()),
        *(f"{first}.{number & 0xFFFFFF}", f"{first}.{second}.{number & 0xFFFF}"),
        ".".join(hex(part) for part in address.packed),
        ".".join(f"0{part:o}" for part in address.packed),
        f"{first:03}.{second:03}.{third:03}.{fourth:03}",
        f"{address}.",
        ".".join(str(part) for part in address.packed).translate(
            str.maketrans("0123456789", "０１２３４５６７８９")
        ),
        str(address).replace(".", "。"),
        f"%{ord(str(address)[0]):x}{str(address)[1:]}",
        f"[{address}]",
        f"[::ffff:{address}]",
        f"[::{address}]",
        f"[64:ff9b::{address}]",
    ]


def _refusal(url: str, *answers: str) -> str:
    """Why an address is refused; nothing where it passes. For tables too large to be a test for each line."""
    try:
        check_url(url, resolver=lambda _: list(answers))
    except AddressRefused as refused:
        return refused.reason
    return ""


def test_the_table_of_forbidden_addresses_holds_hundreds() -> None:
    assert len(FORBIDDEN) > 200


def test_a_special_purpose_address_in_a_url_is_refused() -> None:
    refusals = {address: _refusal(f"http://{_in_url(address)}/") for address in FORBIDDEN}

    wrong = [f"{address}: {reason}" for address, reason in refusals.items() if reason != "not_public"]
    assert not wrong, "\n".join(wrong)


def test_a_name_that_leads_to_a_special_purpose_address_is_refused() -> None:
    refusals = {address: _refusal("https://site.example/", address) for address in FORBIDDEN}

    wrong = [f"{address}: {reason}" for address, reason in refusals.items() if reason != "not_public"]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("address", ["10.0.0.1", "127.0.0.1", "::1", "fd00::1", "::ffff:10.0.0.1"])
def test_one_internal_address_among_public_ones_is_enough(address: str, place: int) -> None:
    answers = [PUBLIC, "2606:4700:4700::1111"]
    answers.insert(place, address)

    with pytest.raises(AddressRefused):
        check_url("https://site.example/", resolver=lambda _: answers)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "8.8.8.8", "0.0.0.0"]
)
def test_an_unusual_spelling_of_an_address_is_refused(address: str) -> None:
    spellings = _spellings(IPv4Address(address))

    passing = [host for host in spellings if not _refusal(f"http://{host}/", PUBLIC)]

    assert not passing, "\n".join(passing)


@pytest.mark.parametrize(
    "host", ["127.1", "0", "1", "1.1", "256.256.256.256", "1.2.3.4.5", "0x", "0x7f.1", "a.0x7f"]
)
def test_a_name_that_ends_in_a_number_is_refused(host: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        check_url(f"http://{host}/", resolver=lambda _: [PUBLIC])

    assert refused.value.reason == "odd_number"


@pytest.mark.parametrize("host", ["۱۲۷.۰.۰.۱", "१२७.०.०.१", "xn--embcp.xn--dmb.xn--dmb.xn--emb", "site.一二"])
def test_a_number_in_the_digits_of_another_script_is_refused(host: str) -> None:
    assert _refusal(f"http://{host}/", PUBLIC) in ("odd_number", "look_alike")


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_a_public_address_passes(address: str) -> None:
    target = check_url(f"http://{_in_url(address)}/")

    assert target.addresses == (address,)


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_a_name_that_leads_to_a_public_address_passes(address: str) -> None:
    target = check_url("https://site.example/", resolver=lambda _: [address])

    assert target.addresses == (address,)


def test_our_own_public_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "is_our_own", lambda address: str(address) == PUBLIC)

    with pytest.raises(AddressRefused, match="this machine’s own"):
        check_url(f"http://{PUBLIC}/")


def test_a_target_says_everything_that_a_request_needs() -> None:
    target = check_url(
        "HTTPS://News.Example.:8443/a/b?c=d&e#f", resolver=lambda _: [PUBLIC, PUBLIC, "2606:4700::1"]
    )

    assert target == Target(
        scheme="https",
        host="news.example",
        port=8443,
        path="/a/b?c=d&e",
        addresses=(PUBLIC, "2606:4700::1"),
        url="https://news.example:8443/a/b?c=d&e",
    )


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://site.example", "http://site.example/"),
        ("http://site.example:80/", "http://site.example/"),
        ("https://site.example:443?q", "https://site.example/?q"),
        ("http://site.example:443/", "http://site.example:443/"),
        ("https://site.example/#part", "https://site.example/"),
        ("https://bücher.example/füße?q=ö", "https://xn--bcher-kva.example/f%C3%BC%C3%9Fe?q=%C3%B6"),
        ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ("https://my_site.example/a%20b?c[]=1|2", "https://my_site.example/a%20b?c[]=1|2"),
        ("https://日本語テスト.example/", "https://xn--zckzah9945czlbtz6h.example/"),
        ("https://site.example/100%", "https://site.example/100%"),
        ('https://site.example/"<>', "https://site.example/%22%3C%3E"),
        ("https://[2606:4700:0::1]/", "https://[2606:4700::1]/"),
    ],
)
def test_a_url_has_one_spelling(url: str, canonical: str) -> None:
    target = check_url(url, resolver=lambda _: [PUBLIC])

    assert target.url == canonical


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://site.example/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://site.example/", "scheme"),
        ("ws://site.example/", "scheme"),
        ("javascript:alert(1)", "bad_url"),
        ("data:text/html,hello", "bad_url"),
        ("//site.example/", "bad_url"),
        ("site.example/page", "bad_url"),
        ("", "bad_url"),
        ("http:/site.example/", "bad_url"),
        ("http:site.example", "bad_url"),
        ("http:///page", "bad_url"),
        ("http://:80/", "bad_url"),
        ("http://site.example:/", "bad_url"),
        ("http://site.example:8o/", "bad_url"),
        ("http://site.example:٨٠/", "bad_url"),
        ("http://[::1/", "bad_url"),
        ("http://::1/", "bad_url"),
        ("http://[2606:4700::1]x/", "bad_url"),
        ("http://site.example/" + "a" * 8000, "bad_url"),
        ("http://site.example:22/", "port"),
        ("http://site.example:0/", "port"),
        ("http://site.example:080/", "port"),
        ("http://site.example:65616/", "port"),
        ("http://site.example:6379/", "port"),
        ("http://user@site.example/", "user_name"),
        ("http://user:word@site.example/", "user_name"),
        ("http://site.example@127.0.0.1/", "user_name"),
        ("http://@site.example/", "user_name"),
        ("http://site.example\\@127.0.0.1/", "bad_character"),
        ("http:\\\\site.example/", "bad_character"),
        ("http://site.example/\\evil", "bad_character"),
        ("http://site.example/a b", "bad_character"),
        (" http://site.example/", "bad_character"),
        ("http://site.example/\n", "bad_character"),
        ("http://site.example/\r\nHost: x", "bad_character"),
        ("http://site\t.example/", "bad_character"),
        ("http://site.example/\x00", "bad_character"),
        ("http://site.example/\x7f", "bad_character"),
        ("http://site.example/\u00a0", "bad_character"),
        ("http://site\u200b.example/", "bad_character"),
        ("http://site\u00ad.example/", "bad_character"),
        ("http://site.example/\u202egpj", "bad_character"),
        ("http://site.example/\ud800", "bad_character"),
        ("http://site%2eexample/", "bad_name"),
        ("http://site..example/", "bad_name"),
        ("http://.site.example/", "bad_name"),
        ("http://site.example../", "bad_name"),
        ("http://si!te.example/", "bad_name"),
        ("http://" + "a" * 64 + ".example/", "bad_name"),
        ("http://" + "abcdefgh." * 30 + "example/", "bad_name"),
        ("http://xn--a.example/", "bad_name"),
        ("http://[2606:4700::1%25eth0]/", "zone"),
        ("http://[fe80::1%eth0]/", "zone"),
        ("http://[8.8.8.8]/", "odd_number"),
        ("http://[2606:4700]/", "odd_number"),
        ("http://localhost/", "local_name"),
        ("http://LOCALHOST./", "local_name"),
        ("http://admin.localhost/", "local_name"),
        ("http://printer.local/", "local_name"),
        ("http://metadata.google.internal/", "local_name"),
        ("http://router.home.arpa/", "local_name"),
    ],
)
def test_what_is_not_plainly_a_web_page_is_refused(url: str, reason: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        check_url(url, resolver=lambda _: [PUBLIC])

    assert refused.value.reason == reason
    assert refused.value.permanent


@pytest.mark.parametrize("port", [80, 443, 8080, 8443])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_ports_of_the_web_are_open(scheme: str, port: int) -> None:
    target = check_url(f"{scheme}://site.example:{port}/", resolver=lambda _: [PUBLIC])

    assert (target.scheme, target.port) == (scheme, port)


@pytest.mark.parametrize(
    "answers", [["fe80::1%eth0"], ["2606:4700::1%1"], ["nonsense"], [""], [PUBLIC, "1.2.3"]]
)
def test_an_answer_that_is_no_public_address_is_refused(answers: list[str]) -> None:
    with pytest.raises(AddressRefused) as refused:
        check_url("http://site.example/", resolver=lambda _: answers)

    assert refused.value.reason == "not_public"


def test_a_name_is_looked_up_once() -> None:
    asked: list[str] = []

    def resolver(name: str) -> list[str]:
        asked.append(name)
        return [PUBLIC]

    check_url("http://Site.Example/", resolver=resolver)

    assert asked == ["site.example"]


def test_an_address_is_not_looked_up() -> None:
    def resolver(name: str) -> list[str]:
        raise AssertionError(f"{name} was looked up")

    target = check_url(f"http://{PUBLIC}/", resolver=resolver)

    assert target.addresses == (PUBLIC,)


def test_a_name_without_an_address_may_have_one_tomorrow() -> None:
    with pytest.raises(NameUnresolved) as refused:
        check_url("http://site.example/", resolver=lambda _: [])

    assert not refused.value.permanent


def test_a_failed_look_up_is_a_refusal() -> None:
    def resolver(name: str) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(NameUnresolved) as refused:
        check_url("http://site.example/", resolver=resolver)

    assert isinstance(refused.value.__cause__, OSError)


def test_a_resolver_that_takes_the_name_for_none_refuses_it() -> None:
    """As Python's own does."""

    def resolver(name: str) -> list[str]:
        raise UnicodeError("label empty or too long")

    with pytest.raises(NameUnresolved):
        check_url("http://site.example/", resolver=resolver)


class TestAllowedLoopback:
    """The example's site and the tests live on loopback, and nothing else does."""

    @pytest.mark.parametrize(
        ("url", "pair"),
        [
            ("http://127.0.0.1:8010/page", ("127.0.0.1", 8010)),
            ("http://127.0.0.1/", ("127.0.0.1", 80)),
            ("http://[::1]:8010/", ("::1", 8010)),
            ("http://[::1]:8010/", ("[::1]", 8010)),
            ("http://localhost:8010/", ("localhost", 8010)),
            ("http://LOCALHOST:8010/", ("LocalHost", 8010)),
        ],
    )
    def test_the_named_pair_passes(self, url: str, pair: tuple[str, int]) -> None:
        target = check_url(url, resolver=lambda _: ["127.0.0.1"], allowed=[pair])

        assert target.port == pair[1]

    @pytest.mark.parametrize(
        "url",
        [
            "http://127.0.0.1:8011/",
            "http://127.0.0.1/",
            "http://127.0.0.2:8010/",
            "http://localhost:8010/",
            "http://rebound.example:8010/",
            "http://[::1]:8010/",
            "http://[::ffff:127.0.0.1]:8010/",
        ],
    )
    def test_nothing_beside_the_named_pair_does(self, url: str) -> None:
        with pytest.raises(AddressRefused):
            check_url(url, resolver=lambda _: ["127.0.0.1"], allowed=[("127.0.0.1", 8010)])

    @pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "fd00::1"])
    def test_a_named_pair_excuses_loopback_alone(self, address: str) -> None:
        with pytest.raises(AddressRefused):
            check_url("http://site.example/", resolver=lambda _: [address], allowed=[("site.example", 80)])

    def test_without_a_pair_loopback_is_refused(self) -> None:
        with pytest.raises(AddressRefused):
            check_url("http://127.0.0.1/")


def test_ipv6_samples_are_addresses() -> None:
    assert all(isinstance(ipaddress.ip_address(address), IPv4Address | IPv6Address) for address in FORBIDDEN)


@pytest.mark.parametrize(
    "host",
    [
        *("metadata", "instance-data", "localhost6", "ip6-localhost", "rancher-metadata", "com."),
        *("localhost.localdomain", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"),
        *("metadata.google.internal", "host.docker.internal", "metadata.azure.internal"),
        *("metadata.goog", "metadata.packet.net", "metadata.platformequinix.com", "metadata.tencentyun.com."),
        *("printer.lan", "router.home", "mail.corp", "wiki.intranet", "files.private", "a.b.localhost"),
    ],
)
def test_a_name_inside_a_network_is_refused_whatever_it_leads_to(host: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        check_url(f"http://{host}/", resolver=lambda _: [PUBLIC])

    assert refused.value.reason == "local_name"


def test_an_origin_that_the_operator_chose_may_be_anywhere():
    origin, inside = "https://login.newsroom.internal:9443", ["10.0.0.5"]

    target = check_url(f"{origin}/token", resolver=lambda _: inside, trusted=[origin])

    assert target.addresses == ("10.0.0.5",)


@pytest.mark.parametrize(
    "other",
    [
        "http://login.corp:9443/",
        "https://login.corp/",
        "https://x.login.corp:9443/",
        "https://10.0.0.5:9443/",
    ],
)
def test_nothing_beside_it_is_trusted_with_it(other: str):
    with pytest.raises(AddressRefused):
        check_url(other, resolver=lambda _: ["10.0.0.5"], trusted=["https://login.corp:9443"])
