"""What an open page of the desk asks every few seconds: is there anything new?"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import condition, require_safe

from stories.desk.doors import person_of
from stories.desk.news import latest_mark, news_for
from stories.text.told import is_key


def _etag(request: HttpRequest, *_args: Any) -> str | None:
    """The answer is another only where a step was added to some alert since: then nothing else is asked."""
    if not request.user.is_authenticated:
        return None
    return f'"{request.user.pk}-{_since(request)}-{latest_mark()}"'


def _since(request: HttpRequest) -> int | None:
    text = request.GET.get("since", "")
    return int(text) if is_key(text) else None


@require_safe
@condition(etag_func=_etag)
@login_required
def news(request: HttpRequest) -> HttpResponse:
    """A fragment of a page; without `since` only the mark to ask with, which is now."""
    since = _since(request)
    mark = latest_mark() if since is None else since
    found = news_for(person_of(request), since=mark, whose=request.GET.get("whose", ""))
    return render(request, "desk/news.html", {"news": found})
