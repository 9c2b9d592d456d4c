"""Reading a story as of a time: Memento (RFC 7089), with a TimeGate at an address of its own.

The article is the original resource, each version a memento. What a memento's time is: when readers first saw it,
as far as that is known, and otherwise when it was recorded here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

from stories.reader.caching import published_page
from stories.reader.feed import absolute
from stories.reader.outline import Outline, Step, outline_or_404
from stories.reader.states import story_state

LINK_FORMAT = "application/link-format; charset=utf-8"
_EXPLANATION = "Accept-Datetime is like: Thu, 31 May 2007 20:35:00 GMT"


@require_safe
def timegate(request: HttpRequest, slug: str) -> HttpResponse:
    """Redirect to the version that was live at `Accept-Datetime`; to the newest without one.

    A time before the first version leads to the first, as RFC 7089 (section 4.5.3) wants it; a header that is no
    HTTP date is answered with 400.
    """
    outline = outline_or_404(slug)
    wanted = request.headers.get("Accept-Datetime")
    at = _moment(wanted) if wanted is not None else None
    chosen = (outline.step_at(at) or outline.first) if at else outline.newest
    response: HttpResponse = HttpResponseRedirect(_version(outline, chosen))
    if wanted is not None and at is None:
        response = HttpResponseBadRequest(_EXPLANATION, content_type="text/plain; charset=utf-8")
    response["Vary"] = "accept-datetime"
    response["Link"] = _written(
        [_link(_article(outline), "original"), _timemap_link(outline), *_around(outline, chosen)]
    )
    return response


@require_safe
@published_page(story_state)
def timemap(_request: HttpRequest, slug: str) -> HttpResponse:
    """Every version with its time, in the link format of RFC 6690."""
    outline = outline_or_404(slug)
    span = f'; from="{_date(outline.first)}"; until="{_date(outline.newest)}"'
    links = [
        _link(_article(outline), "original"),
        _link(_address(outline, "timegate"), "timegate"),
        f'<{_address(outline, "timemap")}>; rel="self"; type="application/link-format"{span}',
        *(_memento(outline, step, relation) for step, relation in _labelled(outline)),
    ]
    return HttpResponse(",\n".join(links), content_type=LINK_FORMAT)


def tell_of_versions(response: HttpResponse, outline: Outline) -> HttpResponse:
    """Say on the article's page where its past is to be had."""
    response["Link"] = _written([_link(_address(outline, "timegate"), "timegate"), _timemap_link(outline)])
    return response


def tell_of_time(response: HttpResponse, outline: Outline, step: Step) -> HttpResponse:
    """Say on a version's page which time it is of, and where its neighbours are."""
    response["Memento-Datetime"] = _date(step)
    response["Link"] = _written(
        [
            _link(_article(outline), "original"),
            _link(_address(outline, "timegate"), "timegate"),
            _timemap_link(outline),
            *_around(outline, step),
        ]
    )
    return response


def _moment(text: str) -> datetime | None:
    seconds = parse_http_date_safe(text)
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _labelled(outline: Outline) -> Iterator[tuple[Step, str]]:
    """Oldest first."""
    for step in reversed(outline.steps):
        yield step, _relation(outline, step)


def _around(outline: Outline, step: Step) -> list[str]:
    """A version, its neighbours, and the first and the last of all."""
    near = {outline.first.number, outline.newest.number, step.number - 1, step.number, step.number + 1}
    return [
        _memento(outline, other, _relation(outline, other, seen_from=step))
        for other in reversed(outline.steps)
        if other.number in near
    ]


def _relation(outline: Outline, step: Step, *, seen_from: Step | None = None) -> str:
    """`first`, `last`, `prev` and `next` come before `memento`, as many as hold."""
    words = []
    if step == outline.first:
        words.append("first")
    if step == outline.newest:
        words.append("last")
    if seen_from and step.number == seen_from.number - 1:
        words.append("prev")
    if seen_from and step.number == seen_from.number + 1:
        words.append("next")
    return " ".join([*words, "memento"])


def _memento(outline: Outline, step: Step, relation: str) -> str:
    return f'{_link(_version(outline, step), relation)}; datetime="{_date(step)}"'


def _timemap_link(outline: Outline) -> str:
    return f'{_link(_address(outline, "timemap"), "timemap")}; type="application/link-format"'


def _link(address: str, relation: str) -> str:
    return f'<{address}>; rel="{relation}"'


def _written(links: list[str]) -> str:
    return ", ".join(links)


def _article(outline: Outline) -> str:
    return _address(outline, "article")


def _version(outline: Outline, step: Step) -> str:
    return absolute(reverse("version", args=[outline.slug, step.number]))


def _address(outline: Outline, name: str) -> str:
    return absolute(reverse(name, args=[outline.slug]))


def _date(step: Step) -> str:
    return http_date(step.shown_at.timestamp())
