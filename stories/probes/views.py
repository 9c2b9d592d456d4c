"""Is this process alive, and does the newsroom do its work? In JSON, by its status, without secrets."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.operating.readiness import Part, read_readiness
from stories.probes.doors import is_let_in


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """This process answers: nothing else is asked, so that a slow database never has it killed."""
    return JsonResponse({"alive": True})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 where every part does its work, else 503; which part, and why, is told to the operator alone."""
    parts = read_readiness(now=timezone.now())
    is_ready = all(part.is_well for part in parts)
    said: dict[str, object] = {"ready": is_ready}
    if is_let_in(request):
        said["parts"] = {part.name: _in_json(part) for part in parts}
    return JsonResponse(said, status=HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE)


def _in_json(part: Part) -> dict[str, object]:
    return {"well": part.is_well, **({"trouble": part.trouble} if part.trouble else {}), **part.facts}
