"""The page of an alert, and its answers: fetch, call, render."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from stories.alerting.account import accounts_of, first_seen_at
from stories.alerting.answer import ANSWERS, AnswerRefusedError, answer_alert, reopen_alert
from stories.alerting.message import headline_of
from stories.alerting.recipients import articles_heard_of_by
from stories.desk.doors import alert_for, person_of
from stories.desk.history import history_of
from stories.models import Alert, Article, User
from stories.models.words import AlertState


@login_required
@require_safe
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
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
    person = person_of(request)
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


def publish_panel(article: Article, alert: Alert) -> str:
    return f"{reverse('admin:stories_article_publish', args=[article.pk])}?alert={alert.pk}"


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
