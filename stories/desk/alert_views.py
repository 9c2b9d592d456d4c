"""The page of an alert, its answers, who takes care of it and what is noted: fetch, call, render."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stories.alerting.account import accounts_of
from stories.alerting.answer import ANSWERS, AnswerRefusedError, reopen_alert
from stories.alerting.care import CareRefusedError, assign_alert, note_alert, people_to_care
from stories.alerting.sight import sight_of
from stories.desk.acknowledgement import acknowledge, say_what_was_kept
from stories.desk.alert_page import alert_page
from stories.desk.answering import Answer, give_answer, take_back
from stories.desk.copy_views import with_own_frames
from stories.desk.doors import alert_for, person_of
from stories.desk.lost_session import take_kept
from stories.models import Alert, Article
from stories.models.words import AlertState
from stories.text.told import is_key, moment_in
from stories.watching.move import MoveRefused

MOST_PASSAGES = 200


@login_required
@require_safe
@with_own_frames
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    found = alert_for(person_of(request), pk)
    why, note = (take_kept(request, to) for to in ("desk_answer", "desk_note"))
    return _page(request, found, typed=Answer("", why) if why else None, note=note)


@login_required
@require_POST
@with_own_frames
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an answer; an editor who says "needs an update" is led to the publish panel.

    Where it is refused, the page comes again with what is new since the person looked, and with what they typed.
    """
    person, found = person_of(request), alert_for(person_of(request), pk)
    given = _answer_in(request)
    if given.state not in ANSWERS:
        return HttpResponseBadRequest(_("That is no answer."))
    if given.state == AlertState.UNWATCHED and not given.citation_ids and "sure" not in request.POST:
        messages.error(request, _("Tick what nobody should hear of any more."))
        return _page(request, found, typed=given, status=400)
    try:
        answered = give_answer(found, given, by=person, now=timezone.now())
    except (AnswerRefusedError, MoveRefused) as refusal:
        messages.error(request, str(refusal))
        return _page(request, alert_for(person, pk), typed=given, status=409)
    if answered.state == AlertState.NEEDS_UPDATE and person.can_publish:
        article = _article_to_update(found, request)
        if article:
            return redirect(publish_panel(article, answered))
    acknowledge(request, [answered], person=person)
    return redirect(answered)


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the answer that the history names, or open again what its source has closed."""
    person, now = person_of(request), timezone.now()
    found, is_whole = alert_for(person, pk), True
    try:
        if key := request.POST.get("answer", ""):
            given = get_object_or_404(found.events, pk=key if is_key(key) else 0)
            is_whole = take_back(given, by=person, now=now).is_whole
        else:
            reopen_alert(found, by=person, now=now)
    except (AnswerRefusedError, MoveRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Open again."))
        say_what_was_kept(request, is_whole=is_whole)
    return redirect(found)


@login_required
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    found = alert_for(person, pk)
    [account] = accounts_of([found], sight=sight_of(person, [found.source_id]))
    people = {str(each.pk): each for each in people_to_care(found, account.articles)}
    chosen = request.POST.get("to", "")
    if chosen and chosen not in people:
        return HttpResponseBadRequest(_("That person cannot take care of it."))
    to = people.get(chosen)
    assign_alert(found, to=to, among=people.values(), by=person, now=timezone.now())
    messages.success(
        request,
        _("%(to)s takes care of it.") % {"to": to.name} if to else _("Nobody takes care of it for now."),
    )
    return redirect(found)


@login_required
@require_POST
@with_own_frames
def note(request: HttpRequest, pk: int) -> HttpResponse:
    found = alert_for(person_of(request), pk)
    written = request.POST.get("note", "")
    try:
        note_alert(found, note=written, by=person_of(request), now=timezone.now())
    except CareRefusedError as refusal:
        messages.error(request, str(refusal))
        return _page(request, found, note=written, status=400)
    return redirect(f"{found.get_absolute_url()}#history")


def publish_panel(article: Article, alert: Alert) -> str:
    return f"{reverse('admin:stories_article_publish', args=[article.pk])}?alert={alert.pk}"


def _page(
    request: HttpRequest, found: Alert, *, typed: Answer | None = None, note: str = "", status: int = 200
) -> HttpResponse:
    person = person_of(request)
    shown = alert_page(found, person=person, now=timezone.now())
    is_new_to_them = typed and typed.seen_at and found.is_open and typed.seen_at != found.developed_at
    context: dict[str, Any] = {
        "alert": found,
        "shown": shown,
        "account": shown.account,
        "watch": getattr(found.source, "watch", None),
        "typed": typed,
        "typed_note": note,
        "news": shown.since(typed.seen_at) if typed and typed.seen_at and is_new_to_them else [],
    }
    return render(request, "desk/alert.html", context, status=status)


def _answer_in(request: HttpRequest) -> Answer:
    said = request.POST
    return Answer(
        state=AlertState.NEEDS_UPDATE if "article" in said else said.get("state", ""),
        note=said.get("note", ""),
        # None where the form does not say when the alert had last developed as the person saw it.
        seen_at=moment_in(said.get("seen_at", "")),
        to=said.get("to", ""),
        citation_ids=tuple(int(key) for key in said.getlist("citation")[:MOST_PASSAGES] if is_key(key)),
    )


def _article_to_update(alert: Alert, request: HttpRequest) -> Article | None:
    """The one that was chosen, or the only one there is."""
    [account] = accounts_of([alert], sight=sight_of(person_of(request), [alert.source_id]))
    articles = {str(article.pk): article for article in account.articles}
    if chosen := request.POST.get("article", ""):
        return articles.get(chosen)
    return next(iter(articles.values())) if len(articles) == 1 else None
