"""What a page of news says about its story: headline, dek, byline, times, and its own address."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from stories.text.language.word_lists import words_in
from stories.text.markup.depth import is_too_dear
from stories.text.told import line_of, moment_of

__all__ = ["PageFacts", "read_page_facts", "read_time"]

_MOST_SCRIPTS = 20
_MOST_THINGS = 1_000
_LONGEST_NAME = 100
_ARTICLES = words_in(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle "
    "BlogPosting LiveBlogPosting SocialMediaPosting Report TechArticle"
)
#: Who publishes is no byline.
_HOUSES = words_in("Organization NewsMediaOrganization Corporation")
_HEADLINES = ("article h1", "main h1", "[itemprop~=headline]", "h1")
_DEKS = (
    "[itemprop~=alternativeHeadline], [class*=standfirst], [class~=dek], [class*=-dek], [class*=_dek], "
    "[class*=subheadline], [class*=sub-headline], [class*=subtitle], [data-testid*=standfirst]"
)
_BYLINES = "[itemprop~=author] [itemprop~=name], [rel~=author], [class~=byline], [itemprop~=author]"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Empty and None where the page does not say; a time that is only a day is not told."""

    headline: str = ""
    dek: str = ""
    byline: str = ""
    address: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None


def read_page_facts(markup: str, *, url: str = "") -> PageFacts:
    """What readers see comes first, then schema.org in JSON-LD, then Open Graph. Linear in the page's length.

    A description for search engines is a dek only if readers see it on the page. An address of another site is not
    the page's own.
    """
    if is_too_dear(markup):
        return PageFacts()
    tree = LexborHTMLParser(markup)
    said, meta = next(_articles(tree), {}), _meta(tree)
    return PageFacts(
        headline=_seen(tree, _HEADLINES)
        or _words(said.get("headline"))
        or meta.get("og:title", "")
        or _title(tree),
        dek=_seen(tree, (_DEKS,)) or _visible(tree, said.get("description"), meta.get("og:description")),
        byline=_byline(said.get("author")) or _seen(tree, (_BYLINES,)) or _by([meta.get("author", "")]),
        address=_own_address(tree, meta, url),
        published_at=read_time(said.get("datePublished")) or read_time(meta.get("article:published_time")),
        modified_at=read_time(said.get("dateModified")) or read_time(meta.get("article:modified_time")),
    )


def read_time(written: Any) -> datetime | None:
    """A moment as ISO 8601 writes it; None for a day alone, and for what is no time that a newsroom means.

    Looks at a few characters only.

    >>> read_time("2024-05-18T15:24:00-04:00").hour, read_time("2024-05-18")
    (15, None)
    """
    if not isinstance(written, str) or ":" not in written:
        return None
    try:
        return moment_of(datetime.fromisoformat(written.strip()))
    except ValueError:
        return None


def _articles(tree: LexborHTMLParser) -> Iterator[Mapping[str, Any]]:
    for script in tree.css("script[type='application/ld+json']")[:_MOST_SCRIPTS]:
        try:
            data = json.loads(script.text())
        except (ValueError, RecursionError):
            continue
        yield from (thing for thing in _things(data) if _ARTICLES & set(_kinds(thing)))


def _things(data: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a graph that are about the page, those on the outside first."""
    waiting = [data]
    for _ in range(_MOST_THINGS):
        if not waiting:
            return
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting += thing
        elif isinstance(thing, dict):
            yield thing
            waiting += [thing[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in thing]


def _kinds(thing: Mapping[str, Any]) -> list[str]:
    kinds = thing.get("@type")
    return [each for each in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(each, str)]


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        name = node.attributes.get("property") or node.attributes.get("name") or ""
        found.setdefault(name.lower(), line_of(node.attributes.get("content") or ""))
    return found


def _seen(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> str:
    texts = (line_of(node.text()) for selector in selectors for node in tree.css(selector)[:1])
    return next(filter(None, texts), "")


def _visible(tree: LexborHTMLParser, *described: Any) -> str:
    wanted = {_words(each) for each in described} - {""}
    if not wanted:
        return ""
    return next((text for node in tree.css("p, h2, h3") if (text := line_of(node.text())) in wanted), "")


def _title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("head > title") or tree.css_first("title")
    return line_of(node.text()) if node else ""


def _byline(authors: Any) -> str:
    each = authors if isinstance(authors, list) else [authors]
    people = [one for one in each if not (isinstance(one, dict) and set(_kinds(one)) & _HOUSES)]
    return _by([_words(one.get("name") if isinstance(one, dict) else one) for one in people])


def _by(names: list[str]) -> str:
    named = [
        name for name in dict.fromkeys(names) if name and len(name) <= _LONGEST_NAME and "://" not in name
    ]
    if not named:
        return ""
    told = " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
    return told if told[:3].lower() == "by " else f"By {told}"


def _own_address(tree: LexborHTMLParser, meta: Mapping[str, str], url: str) -> str:
    link = tree.css_first("link[rel~=canonical][href]")
    told = (link.attributes.get("href") if link else "") or meta.get("og:url", "")
    try:
        address = urljoin(url, told or "")
        is_own = urlsplit(address).hostname == urlsplit(url).hostname
    except ValueError:
        return url
    return address if is_own or not url else url


def _words(value: Any) -> str:
    return line_of(value) if isinstance(value, str) else ""
