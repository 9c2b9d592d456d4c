"""A feed written as JSON Feed, version 1.1 (https://jsonfeed.org/version/1.1)."""

from typing import Any

from django.conf import settings
from django.http import JsonResponse
from django.utils.feedgenerator import rfc3339_date

from stories.reader.feed import CHECKPOINT, Feed, FeedEntry

CONTENT_TYPE = "application/feed+json; charset=utf-8"


def json_feed_response(feed: Feed) -> JsonResponse:
    return JsonResponse(_feed(feed), content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False})


def _feed(feed: Feed) -> dict[str, Any]:
    data: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.page,
        "feed_url": feed.addresses["json"],
        "language": settings.HOUSE_LANGUAGE,
        "authors": [{"name": settings.NEWSROOM_NAME, "url": settings.SITE_URL}],
        "items": [_item(entry) for entry in feed.entries],
    }
    if feed.checkpoint:
        data["_checkpoint"] = {"about": CHECKPOINT, "note": feed.checkpoint}
    if settings.WEBSUB_HUB:
        data["hubs"] = [{"type": "WebSub", "url": settings.WEBSUB_HUB}]
    return data


def _item(entry: FeedEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.content,
        "date_published": rfc3339_date(entry.published),
        "date_modified": rfc3339_date(entry.updated),
        "tags": [entry.category_label],
    }
