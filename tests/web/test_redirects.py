"""Where a Location leads."""

import pytest

from stories.web.errors import AddressRefused, BadRedirect, NameUnresolved
from stories.web.redirects import next_url, refused_redirect


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "https://site.example/b"),
        ("b?c", "https://site.example/a/b?c"),
        ("?c=d", "https://site.example/a/page?c=d"),
        ("//other.example/x", "https://other.example/x"),
        ("http://other.example", "http://other.example"),
        ("/a b", "https://site.example/a%20b"),
        ("/ü%20", "https://site.example/%C3%BC%20"),
        ("/a\tb", "https://site.example/a%09b"),
    ],
)
def test_a_location_is_read_against_the_address_that_sent_it(location: str, url: str) -> None:
    assert next_url("https://site.example/a/page?q", location) == url


def test_a_location_that_is_no_address_is_refused() -> None:
    with pytest.raises(BadRedirect):
        next_url("https://site.example/", "http://[")


def test_a_refused_address_is_a_bad_redirect() -> None:
    refusal = AddressRefused("not_public", "It is private.")

    meaning = refused_redirect(refusal)

    assert (type(meaning), meaning.reason) == (BadRedirect, "redirect_forbidden")
    assert "It is private." in meaning.message


def test_an_unknown_name_may_be_known_tomorrow() -> None:
    refusal = NameUnresolved("dns")

    assert refused_redirect(refusal) is refusal
