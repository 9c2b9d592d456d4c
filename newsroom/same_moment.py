"""Two that send the same at the same moment: the second is told what it would have been told a moment later."""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse


class AsIfItCameLater:
    """Of two rows that may not be alike the database takes the first, behind the back of whoever looked before.

    What the second one did is undone by then, and looking again says what is in its way, beside the field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Once: what fails again is a fault of ours."""
        view = request.resolver_match
        if not isinstance(exception, IntegrityError) or request.method != "POST" or view is None:
            return None
        response: HttpResponse = view.func(request, *view.args, **view.kwargs)
        return response
