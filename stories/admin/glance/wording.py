"""Weeks, durations and shares in words."""

from __future__ import annotations

from datetime import timedelta

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from stories.admin.glance.figure import Cell
from stories.glance.weeks import Week

MINUTES_A_DAY = 24 * 60


def day_of(week: Week) -> str:
    """The Monday, as briefly as it can be said under a column."""
    return format_date(week.monday, pgettext("date format", "M j"))


def week_cell(week: Week) -> Cell:
    """For a spreadsheet the Monday as an ISO date."""
    text = _("%(monday)s to %(sunday)s") % {
        "monday": format_date(week.monday, pgettext("date format", "N j")),
        "sunday": format_date(week.sunday, pgettext("date format", "N j, Y")),
    }
    return Cell(text, week.monday.isoformat())


def in_words(duration: timedelta) -> str:
    """In the two greatest units that there are: `3 h 20 min`."""
    minutes = round(duration.total_seconds() / 60)
    if minutes < 1:
        return _("under 1 min")
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    if minutes < MINUTES_A_DAY:
        hours, rest = divmod(minutes, 60)
        form = _("%(hours)d h %(minutes)d min") if rest else _("%(hours)d h")
        return form % {"hours": hours, "minutes": rest}
    days, rest = divmod(round(minutes / 60), 24)
    words = ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    return _("%(days)s %(hours)d h") % {"days": words, "hours": rest} if rest else words


def duration_cell(duration: timedelta | None) -> Cell:
    """For a spreadsheet in hours."""
    if duration is None:
        return Cell("–", "", is_number=True)
    return Cell(in_words(duration), round(duration.total_seconds() / 3600, 2), is_number=True)


def per_cent(share: float) -> str:
    """Whole, and neither 0 nor 100 where that is not quite true."""
    whole = round(share * 100)
    if share < 1 and whole == 100:
        whole = 99
    if share > 0 and whole == 0:
        whole = 1
    return _("%(share)d%%") % {"share": whole}
