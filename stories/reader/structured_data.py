"""What machines read in a story's page: schema.org's NewsArticle as JSON-LD, and Open Graph.

Made from frozen versions alone. Corrections are `CorrectionComment`s; `correctedWork`, which schema.org never
adopted, and `ClaimReview`, which is for fact checks of other people's claims, are not used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from stories.models import Version
from stories.publishing.corrections import KINDS
from stories.publishing.notes import Note
from stories.reader.feed import absolute
from stories.reader.outline import Outline

_BY = re.compile(r"by[:\s]+", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|&)\s+")
#: Inside `<script>` HTML knows no entities: these would end the element, or be taken for markup.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class MachineHead:
    """What the head of a page tells machines: pairs for `<meta property>`, and JSON-LD."""

    properties: Sequence[tuple[str, str]]
    json_ld: SafeString


def article_head(outline: Outline, live: Version, notes: Sequence[Note]) -> MachineHead:
    """Of the story as it stands."""
    address = absolute(reverse("article", args=[outline.slug]))
    return _head(outline, live, notes, address=address)


def version_head(outline: Outline, version: Version, notes: Sequence[Note]) -> MachineHead:
    """Of one version; `notes` are those that readers had been told by then."""
    address = absolute(reverse("version", args=[outline.slug, version.number]))
    return _head(outline, version, notes, address=address)


def _head(outline: Outline, version: Version, notes: Sequence[Note], *, address: str) -> MachineHead:
    data = news_article(outline, version, notes, address=address)
    properties = [
        ("og:type", "article"),
        ("og:site_name", settings.NEWSROOM_NAME),
        ("og:title", version.frozen["headline"]),
        ("og:url", address),
        ("og:image", absolute(reverse("card", args=[outline.slug]))),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        *((name, data[key]) for name, key in _OPEN_GRAPH_DATES if key in data),
    ]
    if version.frozen["dek"]:
        properties.append(("og:description", version.frozen["dek"]))
    return MachineHead(properties, as_script(data))


_OPEN_GRAPH_DATES = (
    ("article:published_time", "datePublished"),
    ("article:modified_time", "dateModified"),
)


def news_article(
    outline: Outline, version: Version, notes: Sequence[Note], *, address: str
) -> dict[str, Any]:
    """The story as `version` tells it, at `address`, as schema.org wants it."""
    frozen = version.frozen
    changed = _last_changed(outline, upto=version.number)
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": absolute(reverse("article", args=[outline.slug])),
        "url": address,
        "mainEntityOfPage": address,
        "headline": frozen["headline"],
        "dateModified": changed.isoformat(),
        "version": version.number,
        "archivedAt": absolute(reverse("version", args=[outline.slug, version.number])),
        "author": list(_authors(frozen["byline"])) or [_newsroom()],
        "publisher": _publisher(),
    }
    if outline.first.stated_at and all(note.number > 1 for note in notes):
        # A first version that already carries notes is not the text that readers saw first.
        data["datePublished"] = outline.first.stated_at.isoformat()
    if frozen["dek"]:
        data["description"] = frozen["dek"]
    if version.is_retracted:
        data["creativeWorkStatus"] = "Retracted"
    if cited := list(_citations(outline, version)):
        data["citation"] = cited
    if told := [_correction(outline, note) for note in notes if note.kind in KINDS]:
        data["correction"] = told
    return data


def as_script(data: dict[str, Any]) -> SafeString:
    """A data block, which browsers never run (HTML, section 4.12.1) and no Content-Security-Policy holds back."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


def _last_changed(outline: Outline, *, upto: int) -> Any:
    """When readers last saw more than a minor edit; the first publication where there was none."""
    steps = (step for step in outline.steps if step.number <= upto and not step.is_minor)
    return max((step.shown_at for step in steps), default=outline.first.shown_at)


def _authors(byline: str) -> Iterator[dict[str, str]]:
    names = _AND.split(_BY.sub("", byline.strip(), count=1) if _BY.match(byline.strip()) else byline.strip())
    for name in names:
        if name.strip(" ,"):
            yield {"@type": "Person", "name": name.strip(" ,")}


def _newsroom() -> dict[str, str]:
    return {"@type": "NewsMediaOrganization", "name": settings.NEWSROOM_NAME, "url": f"{settings.SITE_URL}/"}


def _publisher() -> dict[str, str]:
    policy = absolute(reverse("policy"))
    return {**_newsroom(), "correctionsPolicy": policy, "publishingPrinciples": policy}


def _citations(outline: Outline, version: Version) -> Iterator[dict[str, str]]:
    """Each source once; what it said when the version was published stays in that version's list of sources."""
    archive = f"{absolute(reverse('version', args=[outline.slug, version.number]))}#sources"
    sources = {citation["source"]["id"]: citation["source"] for citation in version.frozen["citations"]}
    for source in sources.values():
        cited = {"@type": "CreativeWork", "name": source["title"]}
        yield {**cited, "url": source["url"], "archivedAt": archive} if source["url"] else cited


def _correction(outline: Outline, note: Note) -> dict[str, str]:
    changelog = absolute(reverse("changelog", args=[outline.slug]))
    return {
        "@type": "CorrectionComment",
        "text": note.text,
        "datePublished": note.shown_at.isoformat(),
        "url": f"{changelog}#version-{note.number}",
    }
