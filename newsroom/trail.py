"""The trail of requests and tasks: named where they begin, handed on with every message."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from celery import Task
from django.http import HttpRequest, HttpResponse

from stories.trail import current_trail, following

#: A header of messages.
HEADER = "trail"
_under_way: dict[str, AbstractContextManager[None]] = {}


class TrailMiddleware:
    """Names each request, and tells the name in `X-Request-ID`, so that a report can be found in the log.

    A name that comes from outside is not believed: it would put words into the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        trail = f"request-{secrets.token_hex(6)}"
        with following(trail):
            response = self.get_response(request)
        response["X-Request-ID"] = trail
        return response


def hand_on(headers: dict[str, Any] | None = None, **_more: Any) -> None:
    """Before a message is sent."""
    if headers is not None and (trail := current_trail()):
        headers.setdefault(HEADER, trail)


def take_up(task_id: str, task: Task, **_more: Any) -> None:
    """Before a task begins."""
    entered = following(task.request.get(HEADER) or f"task-{task_id[:12]}")
    entered.__enter__()
    _under_way[task_id] = entered


def let_go(task_id: str, **_more: Any) -> None:
    """After it has ended, in the thread that it began in."""
    if entered := _under_way.pop(task_id, None):
        entered.__exit__(None, None, None)
