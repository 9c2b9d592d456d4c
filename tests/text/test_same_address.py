"""Addresses that are written differently and are the same, and those that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text.same_address import normalise_address


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("HTTP://Port.Example", "http://port.example/"),
        ("http://port.example:80/", "http://port.example/"),
        ("https://port.example.:443/a", "https://port.example/a"),
        ("https://port.example/%7euser/%e2%82%ac", "https://port.example/~user/%E2%82%AC"),
        ("https://port.example/€", "https://port.example/%E2%82%AC"),
        ("https://port.example/a/./b/../c", "https://port.example/a/c"),
        ("https://port.example/../../a/..", "https://port.example/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
        ("https://port.example/a?", "https://port.example/a"),
        ("https://port.example/a#section", "https://port.example/a"),
        ("https://port.example/a#:~:text=closed", "https://port.example/a"),
        ("https://port.example/a?utm_source=x&utm_medium=y", "https://port.example/a"),
        ("https://port.example/a?b=1&fbclid=x&c=2&gclid=y", "https://port.example/a?b=1&c=2"),
        ("https://port.example/a?UTM_Source=x&mc_cid=1&_ga=2", "https://port.example/a"),
        ("  https://port.example/a\n", "https://port.example/a"),
    ],
)
def test_these_are_the_same(written, same):
    assert normalise_address(written) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://port.example/", "https://www.port.example/"),
        ("https://port.example/", "http://port.example/"),
        ("https://port.example/a", "https://port.example/a/"),
        ("https://port.example/a", "https://port.example/A"),
        ("https://port.example/a%2Fb", "https://port.example/a/b"),
        ("https://port.example/?a=1&b=2", "https://port.example/?b=2&a=1"),
        ("https://port.example/#!/news", "https://port.example/#!/sport"),
        ("https://port.example/?ref=7", "https://port.example/"),
        ("https://port.example:8443/", "https://port.example/"),
    ],
)
def test_these_are_not_the_same(one, other):
    assert normalise_address(one) != normalise_address(other)


@pytest.mark.parametrize(
    "written", ["", "no address", "mailto:desk@port.example", "http://[::1", "http://a:b/"]
)
def test_what_is_no_web_address_stays_as_it_is(written):
    assert normalise_address(written) == written


@given(st.text(max_size=60))
def test_to_normalise_twice_changes_nothing_more(text):
    once = normalise_address(f"https://port.example/{text}")

    assert normalise_address(once) == once
