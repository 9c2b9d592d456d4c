"""The system's answers, and which addresses are this machine."""

from ipaddress import ip_address

import pytest

from stories.web.resolver import is_our_own, system_addresses


def test_the_system_knows_this_machine() -> None:
    assert {"127.0.0.1", "::1"} & set(system_addresses("localhost"))


@pytest.mark.parametrize("name", ["a" * 64 + ".example", "a..b", "\ud800"])
def test_what_is_no_name_is_an_os_error(name: str) -> None:
    with pytest.raises(OSError, match="not a host name"):
        system_addresses(name)


def test_loopback_is_our_own() -> None:
    assert is_our_own(ip_address("127.0.0.1"))


@pytest.mark.parametrize("address", ["93.184.215.14", "192.0.2.7", "2606:4700::1"])
def test_the_addresses_of_others_are_not(address: str) -> None:
    assert not is_our_own(ip_address(address))
