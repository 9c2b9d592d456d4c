"""The picture for sharing: the headline as it stands, and how often and when the story was updated.

It is drawn in a serif of the machine's, as the pages are, and otherwise in the font that the drawing library has
within it, which has few letters beyond ASCII: then accents are left away. A headline that no font has the letters
of is left out rather than shown as boxes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont

from stories.publishing import changelog as record
from stories.publishing.notes import KIND_LABELS, Note
from stories.reader.caching import published_page
from stories.reader.outline import Outline, outline_or_404
from stories.reader.states import story_state

SIZE = (1200, 630)
_PAPER, _INK, _SOFT, _ACCENT = "#fdfcfa", "#1a1c20", "#474c55", "#0a4d5c"
_LEFT, _RIGHT = 80, 1120
_HEADLINE_TOP, _HEADLINE_BOTTOM = 150, 470
_LARGEST, _SMALLEST = 68, 34
#: Drawn where a font has no shape for a character.
_NOBODYS = "\U0010fffd"


_BOLD = ("DejaVuSerif-Bold.ttf", "NotoSerif-Bold.ttf", "LiberationSerif-Bold.ttf", "FreeSerifBold.ttf")
_PLAIN = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "FreeSans.ttf")

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: int
    colour: str
    fonts: tuple[str, ...] = _BOLD


@require_safe
@published_page(story_state)
def card(_request: HttpRequest, slug: str) -> HttpResponse:
    outline = outline_or_404(slug)
    headline = outline.version(outline.newest.number).headline
    notes = record.published_notes(outline.article)
    picture = BytesIO()
    draw_card(headline, _summary(outline, notes), settings.NEWSROOM_NAME).save(picture, "PNG", optimize=True)
    # Made to be shown by other sites beside a link to the story.
    shown_anywhere = {"Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(picture.getvalue(), content_type="image/png", headers=shown_anywhere)


def draw_card(headline: str, summary: Sequence[str], newsroom: str) -> Image.Image:
    """1200 × 630; the summary is one line in large type and those below it."""
    picture = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 18, SIZE[1]), fill=_ACCENT)
    _write(pen, (_LEFT, 52), _Line(as_drawn(newsroom), 34, _INK))
    pen.rectangle((_LEFT, 108, _RIGHT, 113), fill=_INK)
    pen.rectangle((_LEFT, 118, _RIGHT, 119), fill=_INK)
    first, *rest = summary
    _write_headline(pen, as_drawn(headline) or first)
    pen.ellipse((_LEFT, 519, _LEFT + 20, 539), fill=_ACCENT)
    _write(pen, (_LEFT + 36, 506), _Line(first, 34, _ACCENT))
    for line in rest:
        _write(pen, (_LEFT + 36, 556), _Line(line, 26, _SOFT, _PLAIN))
    return picture


def as_drawn(text: str) -> str:
    """The text, or the text without its accents, or nothing: whatever the font has all the shapes of."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return next((each for each in (text, bare) if all(map(_has_shape, each))), "")


def _summary(outline: Outline, notes: Sequence[Note]) -> list[str]:
    last = notes[0] if notes else None
    label = KIND_LABELS[last.kind] if last else ""
    context = {"count": len(notes), "last": last, "label": label, "first": outline.first}
    return strip_tags(render_to_string("reader/card.txt", context)).strip().splitlines()


def _write_headline(pen: ImageDraw.ImageDraw, headline: str) -> None:
    for size in range(_LARGEST, _SMALLEST - 1, -2):
        lines = list(_lines(pen, headline, size=size))
        if len(lines) * size * 1.2 <= _HEADLINE_BOTTOM - _HEADLINE_TOP:
            break
    room = int((_HEADLINE_BOTTOM - _HEADLINE_TOP) // (size * 1.2))
    shown = lines[:room] if len(lines) <= room else [*lines[: room - 1], f"{lines[room - 1]} …"]
    for number, line in enumerate(shown):
        _write(pen, (_LEFT, _HEADLINE_TOP + int(number * size * 1.2)), _Line(line, size, _INK))


def _lines(pen: ImageDraw.ImageDraw, text: str, *, size: int) -> Iterator[str]:
    """Broken between words, and inside a word that is longer than a line."""
    line = ""
    for word in text.split():
        while pen.textlength(word, _font(size)) > _RIGHT - _LEFT:
            cut = max(1, int(len(word) * (_RIGHT - _LEFT) / pen.textlength(word, _font(size))) - 1)
            if line:
                yield line
                line = ""
            yield word[:cut]
            word = word[cut:]
        longer = f"{line} {word}".strip()
        if line and pen.textlength(longer, _font(size)) > _RIGHT - _LEFT - 10:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _write(pen: ImageDraw.ImageDraw, at: tuple[int, int], line: _Line) -> None:
    font = _font(line.size, line.fonts)
    # The one font of the library's own has no bold.
    weight = int(line.fonts == _BOLD and "bold" not in _style(font).casefold())
    pen.text(at, line.text, font=font, fill=line.colour, stroke_width=weight)


def _style(font: Font) -> str:
    return str(font.getname()[1]) if isinstance(font, ImageFont.FreeTypeFont) else ""


@lru_cache(maxsize=64)
def _font(size: int, names: tuple[str, ...] = _BOLD) -> Font:
    for name in names:
        with suppress(OSError):
            return ImageFont.truetype(name, size)
    return ImageFont.load_default(size)


@lru_cache(maxsize=4096)
def _has_shape(character: str) -> bool:
    # Letters that are joined to each other, or run from right to left, take more than shapes.
    is_simple = unicodedata.bidirectional(character) not in {"R", "AL"}
    return character.isspace() or (is_simple and _shape(character) != _shape(_NOBODYS))


def _shape(character: str) -> bytes:
    picture = Image.new("L", (48, 48))
    ImageDraw.Draw(picture).text((4, 4), character, font=_font(30), fill=255)
    return picture.tobytes()
