"""A story as it was handed over (plain text, Markdown, HTML, a whole page) becomes one that is taken apart."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from stories.importing.errors import NotAStory
from stories.importing.story import Given, ParsedStory, build_story, parse_story, refuse_excess
from stories.text.main_content import main_markup
from stories.text.markdown import MarkdownError, render_markdown
from stories.text.markup.markdown import Link, Paragraph, html_paragraphs
from stories.text.markup.text import html_text
from stories.text.page_facts import read_page_facts, read_time

__all__ = ["Format", "parse_as", "parse_page", "recognise"]

# Each comment is taken once (an atomic group): a thousand of them could be parted in more ways than can be tried.
_PAGE = re.compile(r"\s*(?:(?><!--.*?-->)\s*)*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL)
_HTML = re.compile(
    r"<(?:p|div|h[1-6]|article|section|ul|ol|br|blockquote|table)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_MARKDOWN = re.compile(
    r"\A---\s*\n(?:[\w -]+:.*\n)+---\s*\n|^#{1,4}\s\S|\]\(https?://|^[^\S\n]*[*-]\s.*\n\s*[*-]\s|\*\*\S",
    re.MULTILINE,
)
_FRONT_MATTER = re.compile(r"\A---[^\S\n]*\n((?:[^\n]*\n){1,40}?)---[^\S\n]*(?:\n|\Z)")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_HEADLINE_KEYS, _DEK_KEYS = ("headline", "title"), ("dek", "description", "subtitle", "summary")
_BYLINE_KEYS, _TIME_KEYS = ("byline", "author", "authors"), ("date", "published", "published_at")
_MODIFIED_KEYS = ("modified", "updated", "lastmod")


class Format(StrEnum):
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


def recognise(text: str) -> Format:
    """What a text that nobody has named is, by its marks: plain text in case of doubt."""
    if _PAGE.match(text) or len(_HTML.findall(text[:20_000])) >= 2:
        return Format.HTML
    return Format.MARKDOWN if _MARKDOWN.search(text) else Format.TEXT


def parse_as(
    text: str, form: Format, *, reference_date: date | None = None, default_zone: str | None = None
) -> ParsedStory:
    """Take apart a story in this format. Raises NotAStory."""
    parsers: dict[Format, Callable[..., ParsedStory]] = {
        Format.TEXT: parse_story,
        Format.MARKDOWN: parse_markdown,
        Format.HTML: parse_html,
    }
    return parsers[form](text, reference_date=reference_date, default_zone=default_zone)


def parse_markdown(
    text: str, *, reference_date: date | None = None, default_zone: str | None = None
) -> ParsedStory:
    """Markdown stays as it is. Front matter and a first heading say what they say. Raises NotAStory."""
    text = text.replace("\r\n", "\n").strip()
    facts = _read_front_matter(text)
    printed = [each for each in _BLANK_LINES.split(_FRONT_MATTER.sub("", text).strip()) if each]
    refuse_excess(printed)
    paragraphs = [_read_markdown(each) for each in printed]
    given = Given(
        headline=_first(facts, _HEADLINE_KEYS),
        dek=_first(facts, _DEK_KEYS) or None,
        byline=_first(facts, _BYLINE_KEYS) or None,
        published_at=read_time(_first(facts, _TIME_KEYS)),
        modified_at=read_time(_first(facts, _MODIFIED_KEYS)),
    )
    return build_story(paragraphs, given=given, reference_date=reference_date, default_zone=default_zone)


def parse_html(
    text: str, *, reference_date: date | None = None, default_zone: str | None = None
) -> ParsedStory:
    """A piece of HTML is a story from end to end; of a whole page it is the main part. Raises NotAStory."""
    if _PAGE.match(text):
        return parse_page(text, reference_date=reference_date, default_zone=default_zone)
    return build_story(html_paragraphs(text), reference_date=reference_date, default_zone=default_zone)


def parse_page(
    markup: str, *, url: str = "", reference_date: date | None = None, default_zone: str | None = None
) -> ParsedStory:
    """The story of a web page, without the frame round it. Raises NotAStory.

    What the page shows of itself, and says to machines (schema.org, Open Graph), is believed. Notes are looked for on
    all of the page. `url` is where links are relative to.
    """
    facts = read_page_facts(markup, url=url)
    given = Given(
        headline=facts.headline,
        dek=facts.dek,
        byline=facts.byline or None,
        published_at=facts.published_at,
        modified_at=facts.modified_at,
        seen=html_text(markup)[1],
    )
    paragraphs = html_paragraphs(main_markup(markup), base_url=url)
    return build_story(paragraphs, given=given, reference_date=reference_date, default_zone=default_zone)


def _read_markdown(paragraph: str) -> Paragraph:
    """What readers see of one paragraph, with its links."""
    try:
        shown = html_paragraphs(render_markdown(paragraph))
    except MarkdownError as error:
        raise NotAStory(_("its Markdown cannot be shown: %(error)s") % {"error": error}) from error
    text, links = "", list[Link]()
    for part in shown:
        shift = len(text) + 1 if text else 0
        links += [Link(link.address, link.words, link.start + shift) for link in part.links]
        text = f"{text}\n{part.text}" if text else part.text
    return Paragraph(text or " ", paragraph, tuple(links), max((part.heading for part in shown), default=0))


def _read_front_matter(text: str) -> dict[str, str]:
    found = _FRONT_MATTER.match(text)
    pairs = [line.partition(":") for line in found[1].splitlines()] if found else []
    return {key.strip().lower(): value.strip().strip("\"'") for key, colon, value in pairs if colon}


def _first(facts: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((facts[key] for key in keys if facts.get(key)), "")
