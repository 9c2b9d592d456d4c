"""Facts of the installation for every template."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def newsroom_context(_request: HttpRequest) -> dict[str, Any]:
    return {"newsroom_name": settings.NEWSROOM_NAME, "site_url": settings.SITE_URL}
