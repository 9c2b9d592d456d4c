"""What stands at the address of a text that the law made the newsroom take down."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stories.models import Version
from stories.reader.outline import Outline

UNAVAILABLE_FOR_LEGAL_REASONS = 451


def taken_down_page(request: HttpRequest, outline: Outline, version: Version) -> HttpResponse:
    """The tombstone, with status 451 and the link to who took it down (RFC 7725)."""
    tombstone = version.tombstone
    assert tombstone is not None, "only what was taken down has a tombstone"
    context = {
        "outline": outline,
        "version": version,
        "tombstone": tombstone,
        "taken_down_at": datetime.fromisoformat(tombstone["taken_down_at"]),
        "is_live": version.number == outline.newest.number,
    }
    page = render(request, "reader/taken_down.html", context, status=UNAVAILABLE_FOR_LEGAL_REASONS)
    page["Link"] = f'<{settings.SITE_URL}>; rel="blocked-by"'
    return page
