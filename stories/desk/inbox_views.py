"""The inbox: fetch, call, render."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stories.desk.doors import person_of
from stories.desk.inbox import inbox_of


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    found = inbox_of(
        person_of(request),
        tab=request.GET.get("state", ""),
        whose=request.GET.get("whose", ""),
        page_number=request.GET.get("page", ""),
    )
    return render(request, "desk/inbox.html", {"inbox": found, "page": found.page})
