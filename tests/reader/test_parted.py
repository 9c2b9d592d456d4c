"""A page that is kept in parts goes out whole, with whatever nonce it is given."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.reader.parted import part_page

OLD, NEW = b"first-nonce-of-24-letters", b"other-nonce-of-24-letters"


@given(st.lists(st.binary(max_size=400).filter(lambda part: OLD not in part), min_size=1, max_size=5))
def test_a_page_has_the_new_nonce_wherever_the_old_one_stood(parts):
    page = part_page(OLD.join(parts), nonce=OLD, compress=True)

    assert page.with_nonce(NEW) == NEW.join(parts)
    assert gzip.decompress(page.gzipped_with_nonce(NEW)) == NEW.join(parts)


@pytest.mark.parametrize("page", [b"", OLD, OLD * 3, b"no nonce", b"a" * 200_000 + OLD + b"a" * 200_000])
def test_a_page_of_any_shape_is_kept(page):
    parted = part_page(page, nonce=OLD, compress=True)

    assert gzip.decompress(parted.gzipped_with_nonce(OLD)) == page


def test_what_does_not_get_smaller_is_not_compressed():
    assert part_page(b"\x89PNG", nonce=b"", compress=False).deflated == ()


def test_the_parts_are_compressed_nearly_as_well_as_the_whole():
    text = b"".join(b"<p>What the harbour says of pier %d.</p>" % number for number in range(900))

    parted = part_page(text[:300] + OLD + text[300:], nonce=OLD, compress=True)

    assert len(parted.gzipped_with_nonce(OLD)) < 1.1 * len(gzip.compress(text, 6))
