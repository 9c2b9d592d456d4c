"""The one spelling of data, held against an implementation of RFC 8785 that is not ours."""

import hashlib

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from stories.publishing.canonical import canonical_json, digest

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
INTEGER = st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)
DATA = st.recursive(
    st.none() | st.booleans() | INTEGER | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(DATA)
def test_it_is_what_rfc_8785_says(data):
    assert canonical_json(data).encode() == rfc8785.dumps(data)


def test_keys_are_ordered_by_utf_16_units():
    assert canonical_json({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'


def test_text_is_kept_as_it_was_typed():
    composed, decomposed = "é", "e\u0301"

    assert canonical_json(composed) != canonical_json(decomposed)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (1.0, TypeError),
        (float("nan"), TypeError),
        (2**53, ValueError),
        ("half a character: \ud83d", ValueError),
        ({"\ud83d": 1}, ValueError),
        ({1: "a number is no key"}, TypeError),
        (b"bytes", TypeError),
    ],
)
def test_what_has_no_one_spelling_is_refused(data, error):
    with pytest.raises(error):
        canonical_json({"a": [data]})


def test_the_digest_is_that_of_the_utf_8_bytes():
    assert digest("Straße") == hashlib.sha256("Straße".encode()).hexdigest()
