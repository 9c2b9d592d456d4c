"""The pages of what a person's stories rest on: fetch, call, render."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stories.desk.copies import copies_of
from stories.desk.doors import person_of, source_for
from stories.desk.look import look_at
from stories.desk.page_change import latest_page_change
from stories.desk.source_list import source_list
from stories.desk.sources import published_of, standing_of
from stories.models import Check
from stories.tasks import ask_to_check
from stories.watching.due import look_soon
from stories.watching.health import health_of
from stories.watching.move import MoveRefused, confirm_move
from stories.watching.outage import is_our_network_down, last_outage
from stories.watching.picture import picture_of

CHECKS_SHOWN = 20
COPIES_SHOWN = 10


@login_required
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    found = source_list(
        person_of(request),
        words=request.GET.get("q", "").strip()[:200],
        level=request.GET.get("health", ""),
        order=request.GET.get("sort", ""),
        page_number=request.GET.get("page", ""),
    )
    context = {
        "list": found,
        "page": found.page,
        "is_our_network_down": is_our_network_down(at=timezone.now()),
        "outage": last_outage(now=timezone.now()),
    }
    return render(request, "desk/sources.html", context)


@login_required
@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    found = source_for(person, pk)
    standing = standing_of(found, user=person)
    words = [item.verdict.verdict if item.verdict else None for item in standing]
    copies = list(copies_of(found)[: COPIES_SHOWN + 1])
    context = {
        "source": found,
        "look": look_at(found, asked_at=request.GET.get("asked", ""), now=timezone.now()),
        "watch": getattr(found, "watch", None),
        "standing": standing,
        "published": published_of(item.citation.article for item in standing),
        "health": health_of(found, words),
        "checks": Check.objects.filter(source=found)[:CHECKS_SHOWN],
        "copies": copies[:COPIES_SHOWN],
        "are_more_copies": len(copies) > COPIES_SHOWN,
        "page_change": latest_page_change(found),
        "picture": picture_of(found, citations=[item.citation for item in standing], now=timezone.now()),
    }
    return render(request, "desk/source.html", context)


@login_required
@require_safe
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a look has come that was asked for: a part of the page, for its script to put in place."""
    found = source_for(person_of(request), pk)
    asked = look_at(found, asked_at=request.GET.get("asked", ""), now=timezone.now())
    return render(request, "desk/_look.html", {"source": found, "look": asked})


@login_required
@require_POST
def check_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it due and ask a worker; the page that follows tells what is found."""
    found = source_for(person_of(request), pk)
    if not found.is_watchable:
        messages.error(request, _("This source is not watched, so there is nothing to check."))
        return redirect("desk_source", pk=found.pk)
    now = timezone.now()
    look_soon([found], now=now)
    ask_to_check([found.pk])
    asked = urlencode({"asked": now.isoformat()})
    return redirect(f"{reverse('desk_source', args=[found.pk])}?{asked}")


@login_required
@require_POST
def confirm_source_move(request: HttpRequest, pk: int) -> HttpResponse:
    """An editor says that the new address of a page is the one to quote from now on."""
    person = person_of(request)
    found = source_for(person, pk)
    if not person.has_perm("stories.change_source"):
        raise PermissionDenied
    try:
        moved = confirm_move(found, to=request.POST.get("to", ""), by=person, now=timezone.now())
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk_source", pk=found.pk)
    ask_to_check([moved.pk])
    messages.success(request, _("The source has its new address, and everything quoted from it stays."))
    return redirect("desk_source", pk=found.pk)
