"""The inbox, and answering many alerts of it at once: fetch, call, render."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from stories.alerting.pausing import failed_places
from stories.desk.acknowledgement import acknowledge, say_what_was_kept
from stories.desk.answering import OF_SOURCE, Answer, give_answers, take_back_many
from stories.desk.doors import person_of
from stories.desk.inbox import ROWS_PER_PAGE, inbox_of
from stories.desk.inbox_view import view_of
from stories.desk.lost_session import take_kept
from stories.models import Alert, User
from stories.models.words import AlertState
from stories.text.told import is_key, moment_in

#: What can be said of many alerts at once: nothing that changes a source.
FOR_MANY = frozenset(AlertState) - OF_SOURCE - {AlertState.OPEN, AlertState.RESTORED}


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    found = inbox_of(person, view_of(person, request.GET), page_number=request.GET.get("page", ""))
    context = {
        "inbox": found,
        "page": found.page,
        "failed_places": failed_places(person),
        "kept_note": take_kept(request, "desk_answers"),
    }
    return render(request, "desk/inbox.html", context)


@login_required
@require_POST
def answers(request: HttpRequest) -> HttpResponse:
    """One answer to all that are selected. What developed or was answered meanwhile stays, and is told."""
    person, state = person_of(request), request.POST.get("answer", "")
    if state not in FOR_MANY:
        return HttpResponseBadRequest(_("That is no answer."))
    seen = dict(filter(None, map(_seen, request.POST.getlist("alert")[:ROWS_PER_PAGE])))
    note = request.POST.get("note", "")
    alerts = _visible(seen, person)
    if not alerts:
        messages.error(request, _("Select the alerts that you answer first."))
        return _back(request, person)
    pairs = [(alert, Answer(state, note, seen[alert.pk])) for alert in alerts]
    done = give_answers(pairs, by=person, now=timezone.now())
    acknowledge(request, done.alerts, person=person, view=request.POST.get("view", ""))
    _tell_refused(request, done.refused)
    return _back(request, person)


@login_required
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what the message right after it offers to."""
    person = person_of(request)
    keys = [int(key) for key in request.POST.getlist("alert")[:ROWS_PER_PAGE] if is_key(key)]
    alerts = _visible(keys, person)
    done = take_back_many(alerts, by=person, now=timezone.now())
    _tell_refused(request, done.refused)
    if done.alerts:
        count = len(done.alerts)
        messages.success(
            request,
            ngettext("Open again.", "%(count)s alerts are open again.", count) % {"count": count},
        )
        say_what_was_kept(request, is_whole=done.is_whole)
    elif not done.refused:
        messages.error(request, _("There was nothing left to take back."))
    return _back(request, person) if "view" in request.POST or len(alerts) != 1 else redirect(alerts[0])


def _visible(keys: Iterable[int], person: User) -> list[Alert]:
    return list(
        Alert.objects.visible_to(person).filter(pk__in=list(keys)).select_related("source").order_by("pk")
    )


def _seen(value: str) -> tuple[int, datetime] | None:
    """An alert and when it had last developed as the person saw it; None for what no form of ours says."""
    key, _, written = value.partition("@")
    at = moment_in(written)
    return (int(key), at) if is_key(key) and at else None


def _tell_refused(request: HttpRequest, refused: Iterable[tuple[Alert, Exception]]) -> None:
    for alert, refusal in refused:
        messages.error(
            request, _("%(source)s: %(refusal)s") % {"source": alert.source.title, "refusal": refusal}
        )


def _back(request: HttpRequest, person: User) -> HttpResponseRedirect:
    asked = QueryDict(request.POST.get("view", "").removeprefix("?")).dict()
    address = view_of(person, {name: str(value) for name, value in asked.items()}).address
    return redirect(reverse("desk_inbox") + address)
