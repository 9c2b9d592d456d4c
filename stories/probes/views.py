"""Is this process alive, does the newsroom do its work, and how much of it? Without secrets."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.operating.figures import read_figures
from stories.operating.readiness import Part, read_readiness
from stories.probes.doors import is_let_in
from stories.probes.telling import tell_changes


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """This process answers: nothing else is asked, so that a slow database never has it killed."""
    return JsonResponse({"alive": True})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 where every part does its work, else 503; which part, and why, is told to the operator alone."""
    parts = read_readiness(now=timezone.now())
    tell_changes(parts)
    is_ready = all(part.is_well for part in parts)
    said: dict[str, object] = {"ready": is_ready}
    if is_let_in(request):
        said["parts"] = {part.name: _in_json(part) for part in parts}
    return JsonResponse(said, status=HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for the operator alone; to everybody else there is no such page."""
    if not is_let_in(request):
        raise Http404
    # A worker, which knows these addresses too, has no use for the library.
    from stories.probes.exposition import expose

    text, content_type = expose(read_figures(now=timezone.now()), accept=request.headers.get("Accept", ""))
    return HttpResponse(text, content_type=content_type)


def _in_json(part: Part) -> dict[str, object]:
    return {"well": part.is_well, **({"trouble": part.trouble} if part.trouble else {}), **part.facts}
