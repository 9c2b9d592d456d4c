"""Published pages: anybody may keep them, whoever has one is told so in a few bytes, and each is rendered once.

What a page is made from is named by a short *state* that takes a few cheap queries: the newest version, and what
checks have found since. The state is the page's ETag, and the key under which the finished page is kept, whole
and compressed. So a page that nothing has changed costs neither its queries nor its rendering, and one that
something has changed can never be an old one. Nothing here looks at who asks.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.http import ConditionalGetMiddleware
from django.template import engines
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.decorators import decorator_from_middleware
from django.utils.http import http_date

from stories.reader.parted import Parted, part_page

View = Callable[..., HttpResponse]
#: An `Accept-Encoding` that takes gzip: named, and not with a weight of nothing (RFC 9110, 12.5.3).
_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)
#: A page, which goes out with another nonce each time, and its headers.
Page = tuple[Parted, list[tuple[str, str]]]
_CODE = Path(__file__).resolve().parents[1]
_MAKES_PAGES = frozenset({".py", ".html", ".txt", ".xml", ".mo"})


@dataclass(frozen=True, slots=True)
class State:
    """Whatever a page shows follows from `parts`; `changed_at` is when the latest of it came to be."""

    parts: tuple[object, ...]
    changed_at: datetime | None


def published_page(state_of: Callable[..., State], *, asks: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Serve the view's page by its state; `asks` are the parameters of the query that it listens to.

    `state_of` is called with the view's own arguments and raises Http404 where there is no such page.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def serve(request: HttpRequest, **named: Any) -> Any:
            state = state_of(**named)
            asked = tuple(request.GET.get(name, "") for name in asks)
            name = _digest(request.path, asked, state.parts, edition())
            modified = int(state.changed_at.timestamp()) if state.changed_at else None
            response = get_conditional_response(request, etag=f'W/"{name}"', last_modified=modified)
            if response is None or name not in request.headers.get("If-None-Match", ""):
                # A condition counts where there is a page (RFC 9110, 13.2.1): a tag is of one, a time may be of none.
                page = _kept(request, name) or _rendered(view(request, **named), request, name)
                response = page if response is None or page.status_code != 200 else response
            if response.status_code in {200, 304}:
                patch_vary_headers(response, ["Accept-Encoding"])
                response["ETag"] = f'W/"{name}"'
                if modified is not None:
                    response["Last-Modified"] = http_date(modified)
            return may_be_kept(response)

        return serve

    return decorate


def may_be_kept(response: Any) -> Any:
    """Let caches that many share keep a page for a while; a reader's own browser always asks whether it changed."""
    seconds = settings.PAGES_KEPT_SECONDS
    response["Cache-Control"] = f"public, max-age=0, s-maxage={seconds}"
    # RFC 9213: for a CDN alone, which may hand out the last page while it asks for the next.
    response["CDN-Cache-Control"] = f"public, max-age={seconds}, stale-while-revalidate={seconds}"
    return response


def answers_conditionally(view: Any) -> Any:
    """For a page without a cheap state: the digest of the whole answer is its ETag."""
    conditional: Any = decorator_from_middleware(ConditionalGetMiddleware)(view)

    @wraps(view)
    def serve(*arguments: Any, **named: Any) -> Any:
        return may_be_kept(conditional(*arguments, **named))

    return serve


@lru_cache(maxsize=1)
def _release() -> str:
    """Of the code and the templates: after an upgrade no browser may be told that it has the page already."""
    folders = (_CODE, *(Path(str(folder)) for folder in engines["django"].dirs))
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in _MAKES_PAGES)
    return _digest(*(path.read_bytes() for path in files))


def edition() -> str:
    """What the pages are made by: another release, name of the newsroom, zone or language makes other pages."""
    installation = (settings.NEWSROOM_NAME, settings.SITE_URL, settings.TIME_ZONE, settings.HOUSE_LANGUAGE)
    return _digest(_release(), *installation)


def _digest(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(errors="surrogatepass"), digest_size=12).hexdigest()


def _kept(request: HttpRequest, name: str) -> HttpResponse | None:
    page: Page | None = caches["pages"].get(name)
    return _written(request, page) if page else None


def _rendered(response: HttpResponse, request: HttpRequest, name: str) -> HttpResponse:
    if response.status_code != 200:
        return response
    is_text = not response["Content-Type"].startswith("image/")
    parted = part_page(response.content, nonce=_nonce(request), compress=is_text)
    page = (parted, list(response.items()))
    if not settings.DEBUG:
        caches["pages"].set(name, page)
    return _written(request, page)


def _written(request: HttpRequest, page: Page) -> HttpResponse:
    parted, headers = page
    if parted.deflated and _TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")):
        response = HttpResponse(parted.gzipped_with_nonce(_nonce(request)), headers=dict(headers))
        response["Content-Encoding"] = "gzip"
        return response
    return HttpResponse(parted.with_nonce(_nonce(request)), headers=dict(headers))


def _nonce(request: HttpRequest) -> bytes:
    """By which the scripts of this answer run, and of no other."""
    return str(getattr(request, "csp_nonce", "")).encode()
