"""Two that send the same at the same moment: the second is told what it would have been told a moment later."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

#: The addresses of forms that ask for what no two may have. What the view of such a form writes is one transaction,
#: and it tells the person nothing before: it can be asked again as if it had not been asked.
FORMS = {
    "admin:auth_group_add",
    "admin:auth_group_change",
    "admin:stories_article_add",
    "admin:stories_article_change",
    "admin:stories_source_add",
    "admin:stories_source_change",
    "admin:stories_user_add",
    "admin:stories_user_change",
    "admin:saved_filter",
    "desk_endpoint_add",
    "desk_endpoint_change",
}


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
        if request.method != "POST" or view is None or view.view_name not in FORMS:
            return None
        if not _has_its_like(exception):
            return None
        logger.warning("Refused at the same moment as its like, and asked again.", exc_info=exception)
        response: HttpResponse = view.func(request, *view.args, **view.kwargs)
        return response


def _has_its_like(exception: Exception) -> bool:
    """By the words of the database's own error: SQLSTATE 23505, unique_violation, or SQLite's name for it."""
    refusal = exception.__cause__
    return isinstance(exception, IntegrityError) and (
        getattr(refusal, "sqlstate", "") == "23505"
        or getattr(refusal, "sqlite_errorname", "") == "SQLITE_CONSTRAINT_UNIQUE"
    )
