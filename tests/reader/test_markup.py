"""Every public page is HTML that a strict parser takes without complaint."""

import html5lib
import pytest

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/stories/bridge/",
    "/stories/bridge/changes/",
    "/stories/bridge/versions/1/",
    "/stories/bridge/versions/4/",
    "/stories/bridge/compare/1/4/",
    "/stories/bridge/compare/1/4/?view=side",
    "/corrections/",
    "/account/login/",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_strict_parser_takes_the_page(read, bridge, address):
    parser = html5lib.HTMLParser(strict=True)

    document = parser.parse(read(address))

    assert document.find("{http://www.w3.org/1999/xhtml}body") is not None
