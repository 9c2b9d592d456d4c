"""The pages on which copies of a source are looked at and compared: fetch, call, render."""

from collections.abc import Callable
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from stories.desk.comparison import NotComparable, compare_copies
from stories.desk.copies import (
    copies_page,
    copy_for,
    file_answer,
    inert_answer,
    kind_shown,
    neighbours_of,
    verdicts_on,
)
from stories.desk.doors import person_of, source_for
from stories.desk.sources import citations_of, published_of
from stories.models import Snapshot, Source
from stories.models.blob import DamagedCopyError
from stories.text.told import is_key

#: Nothing runs, nothing is fetched, nothing is sent, and the page belongs to no origin.
INERT = {
    "sandbox": [""],
    "default-src": [NONE],
    "img-src": ["data:"],
    "style-src": [UNSAFE_INLINE],
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
}


# The library's types know only views without arguments.
_inert: Any = csp(INERT)
with_own_frames: Any = csp_update({"frame-src": [SELF]})


@login_required
@require_safe
def copies(request: HttpRequest, pk: int) -> HttpResponse:
    """The copies; with a pair chosen, on to its comparison."""
    source = source_for(person_of(request), pk)
    pair = request.GET.get("before", ""), request.GET.get("after", "")
    if all(map(is_key, pair)):
        return redirect("desk_compare_copies", pk=source.pk, before=int(pair[0]), after=int(pair[1]))
    page = copies_page(source, page_number=request.GET.get("page", ""))
    return render(request, "desk/copies.html", {"source": source, "page": page, "copies": page.object_list})


@login_required
@require_safe
@with_own_frames
def copy(request: HttpRequest, pk: int, copy_pk: int) -> HttpResponse:
    """One copy: its facts, what was found in it, and itself in a frame that can do nothing."""
    person = person_of(request)
    source = source_for(person, pk)
    found = copy_for(source, copy_pk)
    verdicts = verdicts_on(found, user=person)
    context: dict[str, Any] = {
        "source": source,
        "copy": found,
        "neighbours": neighbours_of(found),
        "verdicts": verdicts,
        "published": published_of(verdict.citation.article for verdict in verdicts),
    }
    try:
        context["kind_shown"] = kind_shown(found)
    except DamagedCopyError as error:
        context["damage"] = error
    return render(request, "desk/copy.html", context)


@login_required
@require_safe
@never_cache
@xframe_options_sameorigin
@_inert
def inert_copy(request: HttpRequest, pk: int, copy_pk: int) -> HttpResponse:
    """The copy itself, for the frame; what no frame can show is saved instead."""
    return _sent(copy_for(source_for(person_of(request), pk), copy_pk), inert_answer)


@login_required
@require_safe
@never_cache
@_inert
def copy_file(request: HttpRequest, pk: int, copy_pk: int) -> HttpResponse:
    """The bytes as they were fetched, to be saved."""
    return _sent(copy_for(source_for(person_of(request), pk), copy_pk), file_answer)


@login_required
@require_safe
def compare(request: HttpRequest, pk: int, before: int, after: int) -> HttpResponse:
    """What changed between any two copies, word by word, with the quoted passages marked."""
    person = person_of(request)
    source = source_for(person, pk)
    old, new = copy_for(source, before), copy_for(source, after)
    sides = [
        _side("before", old, new, lambda key: _comparison(source, key, new.pk)),
        _side("after", new, old, lambda key: _comparison(source, old.pk, key)),
    ]
    context: dict[str, Any] = {"source": source, "sides": sides}
    try:
        citations = list(citations_of(source, user=person))
        context["published"] = published_of(citation.article for citation in citations)
        context["comparison"] = compare_copies(old, new, citations=citations)
    except (NotComparable, DamagedCopyError) as refusal:
        context["refusal"] = refusal
    return render(request, "desk/compare_copies.html", context)


def _side(name: str, found: Snapshot, other: Snapshot, address: Callable[[int], str]) -> dict[str, Any]:
    """One side, with the addresses of the comparisons that have the copy beside it there instead.

    Never of a copy with itself: there is nothing to see.
    """
    beside = neighbours_of(found)
    return {
        "name": name,
        "copy": found,
        "earlier": address(beside.earlier) if beside.earlier and beside.earlier != other.pk else "",
        "later": address(beside.later) if beside.later and beside.later != other.pk else "",
    }


def _comparison(source: Source, before: int, after: int) -> str:
    return reverse("desk_compare_copies", args=[source.pk, before, after])


def _sent(copy: Snapshot, answer: Callable[[Snapshot], HttpResponse]) -> HttpResponse:
    """Where its bytes are damaged, the page of the copy tells of it."""
    try:
        return _hardened(answer(copy))
    except DamagedCopyError:
        return redirect("desk_copy", copy.source_id, copy.pk)


def _hardened(response: HttpResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    response["X-DNS-Prefetch-Control"] = "off"
    return response
