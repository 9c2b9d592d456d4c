"""How I hear: fetch, call, render."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stories.alerting.choose import choose_hearing
from stories.alerting.digest import previews_of
from stories.alerting.preferences import hearing_of
from stories.desk.doors import person_of
from stories.desk.hearing_form import HoursForm, TimingsForm
from stories.desk.hearing_words import sentences_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hearing(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    now = timezone.now()
    chosen = hearing_of(person)
    said = request.POST if request.method == "POST" else None
    today = now.astimezone(chosen.preferences.zone).date()
    hours = HoursForm(said, instance=chosen.preferences, today=today)
    timings = TimingsForm(said, hearing=chosen)
    if said is not None and hours.is_valid() & timings.is_valid():
        preferences = hours.save(commit=False)
        choose_hearing(preferences, choices=timings.choices)
        with override(preferences.language or get_language()):
            # It is read on the next page, which speaks the language just chosen.
            messages.success(request, _("Saved. This is how you will hear from now on."))
        return redirect("desk_hearing")
    if said is not None:
        messages.error(request, _("Nothing is saved yet: what needs another look is marked below."))
    kept = hearing_of(person) if said is not None else chosen
    context = {
        "hours": hours,
        "timings": timings,
        "sentences": sentences_of(kept, now=now),
        "zone": kept.preferences.zone.key,
        "digests": previews_of(person),
    }
    return render(request, "desk/hearing.html", context)
