"""What will happen, in plain words: where and when a person hears of what."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time

from django.utils.dateformat import format as format_date
from django.utils.dateformat import time_format
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from stories.alerting.preferences import Hearing, Place
from stories.alerting.timing import end_of_pause
from stories.models import Preferences
from stories.models.words import Gravity, Timing, Weekday

_DAY = pgettext_lazy("date format", "F j")
_NEWS = {
    Gravity.HIGH: _("grave news"),
    Gravity.NORMAL: _("other changes"),
    Gravity.LOW: _("the all-clear"),
}


def sentences_of(hearing: Hearing, *, now: datetime) -> list[str]:
    """Each place in a sentence, then what holds for all of them."""
    preferences = hearing.preferences
    places = list(hearing.places())
    told = [_of_place(hearing, place) for place in places]
    if not places:
        told = [gettext("Nothing is sent to you: no place is in use.")]
    told.append(gettext("The desk and your own feed always have everything."))
    if preferences.is_on_duty and hearing.person.can_publish:
        told.append(gettext("You are on duty: you hear of what is grave in any story."))
    if pause := end_of_pause(preferences, now=now):
        day = format_date(pause.astimezone(preferences.zone), str(_DAY))
        sentence = gettext("Nothing is sent before %(day)s; then one digest tells what happened.")
        told.insert(0, sentence % {"day": day})
    return told


def _of_place(hearing: Hearing, place: Place) -> str:
    at = gettext("At %(place)s")
    where = at % {"place": place.endpoint.name} if place.endpoint else gettext("By e-mail")
    by_timing: dict[str, list[str]] = defaultdict(list)
    for gravity in sorted(Gravity, reverse=True):
        timing = hearing.timing_at(place.endpoint_id, gravity)
        by_timing[_when(hearing.preferences, timing, gravity)].append(str(_NEWS[gravity]))
    parts = [f"{_joined(news)} {when}" for when, news in by_timing.items()]
    told = f"{where}: {'; '.join(parts)}"
    # “8 a.m.” ends the sentence by itself.
    return told if told.endswith(".") else f"{told}."


def _when(preferences: Preferences, timing: Timing, gravity: Gravity) -> str:
    at = _clock(preferences.digest_at)
    match timing:
        case Timing.AT_ONCE:
            return gettext("at once, %(quiet)s") % {"quiet": _unless_quiet(preferences, gravity)}
        case Timing.HOURLY:
            return gettext("in a digest every hour") + _but_quiet(preferences, gravity)
        case Timing.DAILY:
            return gettext("in a digest every day at %(time)s") % {"time": at}
        case Timing.WEEKLY:
            day = Weekday(preferences.digest_weekday).label
            return gettext("in a digest every %(day)s at %(time)s") % {"day": day, "time": at}
    return gettext("never")


def _unless_quiet(preferences: Preferences, gravity: Gravity) -> str:
    return _quiet(preferences, gravity) or gettext("day and night")


def _but_quiet(preferences: Preferences, gravity: Gravity) -> str:
    quiet = _quiet(preferences, gravity)
    return f", {quiet}" if quiet else ""


def _quiet(preferences: Preferences, gravity: Gravity) -> str:
    start, end = preferences.quiet_from, preferences.quiet_until
    if start is None or end is None or (gravity == Gravity.HIGH and preferences.grave_breaks_quiet):
        return ""
    return gettext("but not between %(start)s and %(end)s") % {"start": _clock(start), "end": _clock(end)}


def _clock(at: time) -> str:
    return time_format(at, pgettext("time format", "P"))


def _joined(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return gettext("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}
