"""An article's Markdown → the only HTML that a page may show without escaping it."""

import re
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor

from stories.text.markdown_limits import MarkdownError, MarkdownTooDeep, MarkdownTooLarge, refuse_excess

__all__ = ["RENDERER_VERSION", "MarkdownError", "MarkdownTooDeep", "MarkdownTooLarge", "render_markdown"]

# Part of the public record: raise it whenever the same Markdown would come out as other HTML.
RENDERER_VERSION = "2"

_TAGS = {
    *("h2", "h3", "h4", "p", "div", "blockquote", "pre", "hr", "br", "ul", "ol", "li"),
    *("a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "q", "s", "strong", "sub", "sup"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
_TAGS_WITHOUT_READABLE_TEXT = {
    *("script", "style", "template", "svg", "math", "iframe", "noembed", "noframes", "object"),
}
_ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "div": {"class"},
    "abbr": {"title"},
    "ol": {"start"},
    "sup": {"id"},
    "li": {"id"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
_ALIGNED = {"align": {"left", "center", "right"}}
_NUMBER = re.compile(r"[0-9]{1,3}")
_VALUES = {
    "id": re.compile(r"fn(?:ref[0-9]*)?:[\w.-]{1,200}"),
    "class": re.compile(r"footnote(?:-ref|-backref)?"),
    "colspan": _NUMBER,
    "rowspan": _NUMBER,
    "start": re.compile(r"[0-9]{1,9}"),
}
_LOCAL_ADDRESS = re.compile(r"#[^\s]*|/(?![/\\])[^\s\\]*")
_OTHER_HEADING = re.compile(r"<(/?)h([156])\b", re.IGNORECASE)
# Neither XML nor a database column takes these; a page shows them as nothing or as a box.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def render_markdown(text: str) -> str:
    """Safe HTML for an article's body: tables and footnotes as well, and no character changed in passing.

    Raw HTML is allowed as far as an article needs it; scripts, styles, forms, frames and pictures are not. Of a
    picture in Markdown its alternative text stays. Headings are h2 to h4, since a page's h1 is the headline. Links
    lead to http, https, mailto, a path or a footnote.

    The work is bounded whatever the text: MarkdownTooLarge or MarkdownTooDeep says what is too much of.

    >>> render_markdown("# Why *now*?")
    '<h2>Why <em>now</em>?</h2>'
    """
    text = _UNWRITABLE.sub("\ufffd", text)
    refuse_excess(text)
    try:
        html = _converter().convert(text)
    except RecursionError as error:
        raise MarkdownTooDeep("Lists, quotes or links are nested too deeply.") from error
    # Once more, for a reference such as "&#1" becomes its character only here.
    return _UNWRITABLE.sub("\ufffd", _SANITISER.clean(_OTHER_HEADING.sub(_heading_in_range, html)))


class _AlternativeText(Treeprocessor):
    """Leaves of every picture what it says."""

    def run(self, root: Element) -> None:
        for picture in root.iter("img"):
            picture.tag = "span"
            picture.text = picture.get("alt", "")
            picture.attrib.clear()


class _NoPictures(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        # After "inline", which makes the pictures.
        md.treeprocessors.register(_AlternativeText(md), "alternative_text", 15)


def _converter() -> Markdown:
    # A new one each time: it keeps footnotes and references between texts and must not be shared by threads.
    return Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),
            FootnoteExtension(),
            SaneListExtension(),
            _NoPictures(),
        ]
    )


def _heading_in_range(match: re.Match[str]) -> str:
    level = "2" if match.group(2) == "1" else "4"
    return f"<{match.group(1)}h{level}"


def _attribute(_tag: str, name: str, value: str) -> str | None:
    """What is left of an attribute: an article may not name or dress parts of the page around it."""
    pattern = _VALUES.get(name)
    return value if pattern is None or pattern.fullmatch(value) else None


def _local_address(url: str) -> str | None:
    return url if _LOCAL_ADDRESS.fullmatch(url) else None


_SANITISER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    tag_attribute_values={"th": _ALIGNED, "td": _ALIGNED},
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto"},
    url_relative=_local_address,
    # Sources are chosen by editors, so search engines may follow; no page gets a handle on ours.
    link_rel="noopener",
    clean_content_tags=_TAGS_WITHOUT_READABLE_TEXT,
    strip_comments=True,
)
