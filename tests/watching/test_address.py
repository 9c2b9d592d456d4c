"""A page that the newsroom knows is known again, however its address is written."""

import pytest

from stories.watching.address import find_source
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "brought", ["https://port.example/a", "HTTPS://Port.example:443/a?utm_source=mail#top"]
)
@pytest.mark.parametrize("kept", ["https://port.example/a", "https://port.example/a?fbclid=x"])
def test_a_source_is_found_by_any_spelling(kept, brought):
    SourceFactory(url="https://port.example/b")
    source = SourceFactory(url=kept)

    assert find_source(brought) == source


@pytest.mark.parametrize(
    "brought", ["https://port.example/c", "https://other.example/a", "nonsense", "http://[::1"]
)
def test_another_page_is_not(brought):
    SourceFactory(url="https://port.example/a")

    assert find_source(brought) is None
