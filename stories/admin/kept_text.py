"""What a browser keeps of a form until it is saved: the word that it is, and how it differs from what is there."""

import json
import re
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.urls import reverse
from django.views.decorators.http import require_POST

from stories.admin.diffs import excerpt
from stories.text.diffs.runs import Budget

#: The script reads it on the next page and forgets what it had kept of that form.
COOKIE = "kept_saved"
MOST_PAIRS = 200
_TOKEN = re.compile(r"[a-z0-9-]{1,40}")


def tell_saved(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    token = request.POST.get("kept", "")
    if _TOKEN.fullmatch(token):
        answer.set_cookie(
            COOKIE,
            token,
            max_age=3600,
            path=reverse("admin:index"),
            secure=bool(settings.SESSION_COOKIE_SECURE),
            samesite="Lax",
        )
    return answer


@require_POST
def text_differences(request: HttpRequest) -> JsonResponse:
    """For pairs of texts, `[[before, after], …]`, their differences by words as `[[operation, text], …]`."""
    pairs = _pairs(request)
    if pairs is None:
        raise PermissionDenied
    # As for one: a page may send as much as there is room for in a form, in pieces that each take no time.
    budget = Budget()
    changes = [[[each.operation, each.text] for each in excerpt(*pair, budget=budget)] for pair in pairs]
    return JsonResponse(changes, safe=False)


def _pairs(request: HttpRequest) -> list[list[str]] | None:
    """None also for a form, which was read as one already."""
    try:
        pairs: Any = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException):
        return None
    is_list = isinstance(pairs, list) and len(pairs) <= MOST_PAIRS
    if not is_list or not all(_is_pair(pair) for pair in pairs):
        return None
    return list(pairs)


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) for text in pair)
