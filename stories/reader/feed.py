"""A feed as data, whatever the format it is written in: its name, its links and its entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

#: A relation (RFC 8288) and an address.
Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """`content` is HTML, `category` the machine word for what `category_label` says in words."""

    id: str
    title: str
    published: datetime
    updated: datetime
    category: str
    category_label: str
    content: str
    address: str
    links: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """`page` is the address that a person reads, `addresses` those of the feed itself, by format."""

    id: str
    title: str
    subtitle: str
    updated: datetime
    page: str
    addresses: dict[str, str]
    entries: Sequence[FeedEntry]
    links: Sequence[Link] = ()
    #: A signed checkpoint of the record that covers what the feed tells; empty where none is signed yet.
    checkpoint: str = ""


#: Names the checkpoint in a feed: an extension of both formats.
CHECKPOINT = "https://c2sp.org/tlog-checkpoint"


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def tag_uri(since: datetime, name: str) -> str:
    """A tag: URI (RFC 4151): it stays when a page moves, though not when `SITE_URL` names another host."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{since:%Y-%m-%d}:{name}"
