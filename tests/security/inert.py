"""Whether a page, a feed or a letter has anything in it that runs, or that a text of somebody's was taken for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser

_LEADS = (
    "href",
    "src",
    "action",
    "formaction",
    "xlink:href",
    "data",
    "poster",
    "background",
    "ping",
    "srcset",
)
_LIVE = ("javascript:", "vbscript:", "data:", "blob:", "filesystem:")
_DATA_BLOCKS = {"application/ld+json", "application/json", "text/plain"}
_NEVER = "object, embed, applet, base, frame, frameset, style, svg[onload], meta[http-equiv=refresh]"


def faults_of_html(html: str, *, is_mail: bool = False) -> Iterator[str]:
    """In words. A letter has its styles within, for no mail program reads another file."""
    page = LexborHTMLParser(html)
    for node in page.css("[data-planted]"):
        yield f"a text became <{node.tag}>"
    for node in page.css(_NEVER if not is_mail else _NEVER.replace(" style,", "")):
        yield f"<{node.tag}>"
    for node in page.css("script"):
        if "src" not in node.attributes and node.attributes.get("type") not in _DATA_BLOCKS:
            yield f"a script of its own: {(node.text() or '')[:60]}"
        elif "src" in node.attributes and not node.attributes.get("nonce"):
            yield f"a script without the page's nonce: {node.attributes['src']}"
    for node in page.css("*"):
        yield from _faults_of(node.tag, node.attributes, is_mail=is_mail)


def _faults_of(tag: str, attributes: dict[str, str | None], *, is_mail: bool) -> Iterator[str]:
    for name, value in attributes.items():
        told = "".join((value or "").split()).lower()
        if name.startswith("on") or (name == "style" and not is_mail) or name == "srcdoc":
            yield f"<{tag} {name}>"
        elif (
            name in _LEADS
            and told.startswith(_LIVE)
            and not (tag == "img" and told.startswith("data:image/"))
        ):
            yield f"<{tag} {name}={told[:40]}>"
        elif name.startswith(("x-", "@", ":", "hx-")) and "planted" in told:
            yield f"<{tag} {name}> evaluates what somebody typed"


def faults_of_feed(text: str) -> Iterator[str]:
    """Raises ParseError where it is not well-formed."""
    for element in ElementTree.fromstring(text).iter():
        if element.get("type") == "html" or element.tag.endswith("description"):
            yield from faults_of_html(element.text or "")
        for value in element.attrib.values():
            if value.strip().lower().startswith(_LIVE):
                yield f"{element.tag} leads to {value[:40]}"


def faults_of_json(text: str) -> Iterator[str]:
    for name, value in _leaves(json.loads(text)):
        if name == "content_html":
            yield from faults_of_html(value)
        elif name in {"url", "external_url", "home_page_url", "feed_url"} and value.lower().startswith(_LIVE):
            yield f"{name} leads to {value[:40]}"


def _leaves(data: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, str(key))
    elif isinstance(data, list):
        for value in data:
            yield from _leaves(value, name)
    elif isinstance(data, str):
        yield name, data
