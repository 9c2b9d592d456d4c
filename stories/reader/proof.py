"""The record's proof for everybody: the page that explains it, and what machines and doubters ask for."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stories.models import Leaf, Takedown
from stories.publishing.bundle import story_bundle
from stories.publishing.checkpoints import (
    acknowledgements,
    contradiction,
    latest_checkpoint,
    leaf_count,
    signing_key,
)
from stories.publishing.exports import exported_at, exports
from stories.publishing.log_tree import log_tree
from stories.publishing.proof.entry import read_fields
from stories.publishing.verifier import verifier_archive
from stories.reader.caching import State, answers_conditionally, published_page
from stories.reader.outline import outline_or_404

LEAVES_AT_ONCE = 1000
EXPORTS_SHOWN = 7
#: Of what was taken down or acknowledged, on a page.
LISTED_AT_ONCE = 20
PLAIN = "text/plain; charset=utf-8"


def record_state(**_: Any) -> State:
    """Of the pages about the whole log."""
    latest = latest_checkpoint()
    names = [path.name for path in exports()[:EXPORTS_SHOWN]]
    return State((leaf_count(), latest.note if latest else "", names, contradiction()), None)


def bundle_state(slug: str, **_: Any) -> State:
    """Raises Http404: of what is not there no copy that somebody says they have is as good as new."""
    last = Leaf.objects.filter(article__slug=slug).order_by("-index").values_list("index", flat=True).first()
    if last is None:
        raise Http404("no such story")
    latest = latest_checkpoint()
    return State((last, latest.note if latest else ""), None)


@require_safe
@published_page(record_state, asks=("taken_down", "carried_on"))
def record(request: HttpRequest) -> HttpResponse:
    latest = latest_checkpoint()
    said = _page(request, "carried_on", acknowledgements().values_list("data", flat=True))
    context = {
        "size": leaf_count(),
        "checkpoint": latest,
        "key": str(signing_key().verifier),
        "exports": [(path.name, exported_at(path)) for path in exports()[:EXPORTS_SHOWN]],
        "contradiction": contradiction(),
        "takedowns": _page(request, "taken_down", _takedowns()),
        "acknowledgements": said,
        "acknowledged": _told(said),
    }
    return render(request, "reader/record.html", context)


@require_safe
@answers_conditionally
def checkpoint(_request: HttpRequest) -> HttpResponse:
    """The newest signed note, as C2SP's clients read it."""
    latest = latest_checkpoint()
    if latest is None:
        return HttpResponse("Nothing is signed yet.\n", status=404, content_type=PLAIN)
    return HttpResponse(latest.note, content_type=PLAIN)


@require_safe
@published_page(bundle_state)
def story_record(_request: HttpRequest, slug: str) -> HttpResponse:
    outline = outline_or_404(slug)
    response = JsonResponse(
        story_bundle(outline.article), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response["Content-Disposition"] = f'attachment; filename="{slug}-record.json"'
    return response


@require_safe
def verifier(_request: HttpRequest) -> HttpResponse:
    response = HttpResponse(verifier_archive(), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="verify.pyz"'
    return response


@require_safe
def export(_request: HttpRequest, name: str) -> FileResponse:
    """One of the exports that are there; no other file."""
    for path in exports():
        if path.name == name:
            return FileResponse(path.open("rb"), content_type="application/gzip", as_attachment=True)
    raise Http404("no such export")


class AskedWrongly(ValueError):
    """The question cannot be answered; the message says what it may be."""


def answers_in_json(view: Callable[[HttpRequest], dict[str, Any]]) -> Callable[[HttpRequest], HttpResponse]:
    @require_safe
    @answers_conditionally
    @wraps(view)
    def serve(request: HttpRequest) -> HttpResponse:
        try:
            return JsonResponse(view(request), json_dumps_params={"ensure_ascii": False})
        except AskedWrongly as error:
            return JsonResponse({"error": str(error)}, status=400)

    return serve


@answers_in_json
def leaves(request: HttpRequest) -> dict[str, Any]:
    """The leaves from `start` to before `end`, without what opens them; at most a thousand."""
    size = leaf_count()
    start = _number(request, "start", least=0, most=size, default=0)
    end = _number(request, "end", least=start, most=size, default=min(size, start + LEAVES_AT_ONCE))
    rows = Leaf.objects.filter(index__gte=start, index__lt=min(end, start + LEAVES_AT_ONCE)).order_by("index")
    return {"size": size, "leaves": list(rows.values("index", "data", "hash"))}


@answers_in_json
def inclusion(request: HttpRequest) -> dict[str, Any]:
    """That leaf `index` is among the first `size` (RFC 9162, 2.1.3)."""
    size = _number(request, "size", least=1, most=leaf_count(), default=leaf_count())
    index = _number(request, "index", least=0, most=size - 1)
    return {"index": index, "size": size, "proof": _hexadecimal(log_tree(size=size).inclusion(index))}


@answers_in_json
def consistency(request: HttpRequest) -> dict[str, Any]:
    """That the first `first` leaves are a beginning of the first `second` (RFC 9162, 2.1.4)."""
    second = _number(request, "second", least=1, most=leaf_count(), default=leaf_count())
    first = _number(request, "first", least=1, most=second)
    proof = log_tree(size=second).consistency(first)
    return {"first": first, "second": second, "proof": _hexadecimal(proof)}


def _number(request: HttpRequest, name: str, *, least: int, most: int, default: int | None = None) -> int:
    text = request.GET.get(name, "" if default is None else str(default))
    if not (text.isascii() and text.isdecimal() and len(text) < 16 and least <= int(text) <= most):
        raise AskedWrongly(f"“{name}” is a number from {least} to {most}.")
    return int(text)


def _hexadecimal(nodes: list[bytes]) -> list[str]:
    return [node.hex() for node in nodes]


def _page(request: HttpRequest, name: str, rows: QuerySet[Any, Any]) -> Page[Any]:
    """Newest first; a page that there is none of is the last."""
    return Paginator(rows, LISTED_AT_ONCE).get_page(request.GET.get(name))


def _takedowns() -> QuerySet[Takedown]:
    rows = Takedown.objects.select_related("version__article").defer("version__content", "reason")
    return rows.order_by("-pk")


def _told(page: Iterable[str]) -> list[dict[str, Any]]:
    said = [fields for data in page if (fields := read_fields(data))]
    return [{**fields, "recorded_at": datetime.fromisoformat(fields["recorded_at"])} for fields in said]
