"""Some hundred spellings of what is inside, in each place of an address: none is asked, whatever a resolver says."""

from __future__ import annotations

import pytest

from stories.web.errors import FetchError
from stories.web.guard import check_url
from tests.security.inside import hosts

#: What a resolver may answer for a name that only looks like one.
ANSWERS = (
    ["127.0.0.1"],
    ["::ffff:10.0.0.1"],
    ["93.184.215.14", "169.254.169.254"],
    ["fe80::1%lo"],
    ["0177.0.0.1"],
    ["2130706433"],
    ["nonsense"],
    [],
)
PLACES = ("http://{}/", "https://{}:8443/x?y#z", "http:/{}/", "//{}/")
SCHEMES = (
    *(
        "file",
        "ftp",
        "gopher",
        "dict",
        "ldap",
        "tftp",
        "sftp",
        "jar",
        "netdoc",
        "data",
        "javascript",
        "ws",
        "wss",
    ),
    *("phar", "php", "view-source", "blob", "about", "http+unix", "unix", "git", "ssh", "imap", "smb"),
    *("http\n", "ht\ttp", "\x00http", "http\u200b", "ｈttp"),
)
PORTS = (
    "0",
    "21",
    "22",
    "25",
    "2375",
    "5432",
    "6379",
    "11211",
    "65535",
    "65536",
    "99999",
    "080",
    "８０",
    "+80",
    "80a",
)


def passes(url: str, answer: list[str]) -> bool:
    try:
        check_url(url, resolver=lambda _name: answer)
    except FetchError:
        return False
    return True


def test_no_spelling_of_an_inside_host_passes_in_any_place() -> None:
    spelt = hosts()
    urls = [place.format(host) for host in spelt for place in PLACES]

    let_through = [(url, answer) for url in urls for answer in ANSWERS if passes(url, answer)]

    assert len(spelt) > 400
    assert let_through == []


@pytest.mark.parametrize("rest", ["://93.184.215.14/", ":93.184.215.14", ":///etc/passwd"])
def test_no_other_scheme_passes(rest: str) -> None:
    assert [scheme for scheme in SCHEMES if passes(f"{scheme}{rest}", ["93.184.215.14"])] == []


def test_no_other_port_passes() -> None:
    assert [port for port in PORTS if passes(f"http://site.example:{port}/", ["93.184.215.14"])] == []
    assert passes("http://site.example:8080/", ["93.184.215.14"])
