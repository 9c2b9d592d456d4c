"""The reporters' pages: fetch, call, render."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from stories.alerting.account import accounts_of, first_seen_at
from stories.alerting.answer import ANSWERS, AnswerRefusedError, answer_alert, reopen_alert
from stories.alerting.message import headline_of
from stories.alerting.recipients import articles_heard_of_by
from stories.desk.copies import copies_of
from stories.desk.doors import alert_for, source_for
from stories.desk.health import health_of
from stories.desk.history import history_of
from stories.desk.inbox import inbox_of
from stories.desk.page_change import latest_page_change
from stories.desk.sources import sources_page, standing_of
from stories.models import Alert, Article, Check, User
from stories.models.words import AlertState
from stories.tasks import ask_to_check
from stories.watching.due import look_soon
from stories.watching.move import MoveRefused, confirm_move
from stories.watching.picture import picture_of

CHECKS_SHOWN = 20
COPIES_SHOWN = 10


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    found = inbox_of(
        _person(request),
        tab=request.GET.get("state", ""),
        whose=request.GET.get("whose", ""),
        page_number=request.GET.get("page", ""),
    )
    return render(request, "desk/inbox.html", {"inbox": found, "page": found.page})


@login_required
@require_safe
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request)
    found = alert_for(person, pk)
    article_ids = articles_heard_of_by(person)
    [account] = accounts_of([found], article_ids=article_ids)
    context = {
        "alert": found,
        "account": account,
        "headline": headline_of(account),
        "first_seen_at": first_seen_at(account.change) if account.change else None,
        "watch": getattr(found.source, "watch", None),
        "history": history_of(found, article_ids=article_ids),
        "deliveries": found.deliveries.order_by("pk"),
    }
    return render(request, "desk/alert.html", context)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an answer, or take one back; an editor who says "needs an update" is led to the publish panel."""
    person = _person(request)
    found = alert_for(person, pk)
    [account] = accounts_of([found], article_ids=articles_heard_of_by(person))
    articles = {article.pk: article for article in account.articles}
    state = AlertState.NEEDS_UPDATE if "article" in request.POST else request.POST.get("state", "")
    if state not in {*ANSWERS, AlertState.OPEN}:
        return HttpResponseBadRequest("That is no answer.")
    try:
        found = _record(found, state=state, by=person, request=request)
    except AnswerRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    if found.state == AlertState.NEEDS_UPDATE and person.can_publish:
        article = _article_to_update(articles, request.POST.get("article", ""))
        if article:
            return redirect(publish_panel(article, found))
    messages.success(request, _acknowledgement(found, person))
    return redirect(found)


@login_required
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    page, rows = sources_page(_person(request), page_number=request.GET.get("page", ""))
    return render(request, "desk/sources.html", {"page": page, "rows": rows})


@login_required
@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request)
    found = source_for(person, pk)
    standing = standing_of(found, user=person)
    words = [item.verdict.verdict if item.verdict else None for item in standing]
    context = {
        "source": found,
        "watch": getattr(found, "watch", None),
        "standing": standing,
        "health": health_of(found, words),
        "checks": Check.objects.filter(source=found)[:CHECKS_SHOWN],
        "copies": copies_of(found)[:COPIES_SHOWN],
        "page_change": latest_page_change(found),
        "picture": picture_of(found, citations=[item.citation for item in standing], now=timezone.now()),
    }
    return render(request, "desk/source.html", context)


@login_required
@require_POST
def check_now(request: HttpRequest, pk: int) -> HttpResponse:
    found = source_for(_person(request), pk)
    if not found.is_watchable:
        messages.error(request, "This source is not watched, so there is nothing to look at.")
        return redirect("desk_source", pk=found.pk)
    look_soon([found], now=timezone.now())
    if ask_to_check([found.pk]):
        messages.success(request, "Looking now. What is found appears here in a moment.")
    else:
        messages.success(request, "Noted: this source is the next to be looked at.")
    return redirect("desk_source", pk=found.pk)


@login_required
@require_POST
def confirm_source_move(request: HttpRequest, pk: int) -> HttpResponse:
    """An editor says that the new address of a page is the one to quote from now on."""
    person = _person(request)
    found = source_for(person, pk)
    if not person.has_perm("stories.change_source"):
        raise PermissionDenied
    try:
        moved = confirm_move(found, to=request.POST.get("to", ""), by=person, now=timezone.now())
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk_source", pk=found.pk)
    ask_to_check([moved.pk])
    messages.success(request, "The source has its new address, and everything quoted from it stays.")
    return redirect("desk_source", pk=found.pk)


def publish_panel(article: Article, alert: Alert) -> str:
    return f"{reverse('admin:stories_article_publish', args=[article.pk])}?alert={alert.pk}"


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _record(alert: Alert, *, state: str, by: User, request: HttpRequest) -> Alert:
    if state == AlertState.OPEN:
        return reopen_alert(alert, by=by, now=timezone.now())
    return answer_alert(
        alert,
        state=state,
        by=by,
        now=timezone.now(),
        note=request.POST.get("note", ""),
        seen_at=_seen_at(request.POST.get("seen_at", "")),
    )


def _seen_at(text: str) -> datetime | None:
    """When the alert had last developed as the person saw it; None where the form does not say."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _article_to_update(articles: dict[int, Article], chosen: str) -> Article | None:
    """The one that was chosen, or the only one there is."""
    if chosen:
        return articles.get(int(chosen)) if chosen.isdecimal() else None
    return next(iter(articles.values())) if len(articles) == 1 else None


def _acknowledgement(alert: Alert, person: User) -> str:
    if alert.is_open:
        return "Open again."
    if alert.state == AlertState.NEEDS_UPDATE and not person.can_publish:
        return "Noted: needs an update. The editors see it too."
    return f"Noted: {alert.get_state_display()}."
