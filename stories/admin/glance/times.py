"""From a source's change to the published update, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stories.admin.glance.asked import Asked
from stories.admin.glance.figure import Cell, Figure, Key, Plot, PlottedWeek, Shown, number
from stories.admin.glance.wording import day_of, duration_cell, in_words, week_cell
from stories.glance.drawing import draw_spreads
from stories.glance.kept import kept
from stories.glance.times_to_update import TimesOfWeek, times_to_update


def _show(asked: Asked) -> Shown | None:
    scope = asked.scope("update")
    if scope is None:
        return None
    count = partial(times_to_update, scope, asked.weeks)
    found = kept("times", scope.key, asked.weeks, make=count, now=asked.now)
    weeks = found.value
    return Shown(
        summary=_summary(weeks),
        head=[
            Cell(_("Week")),
            Cell(_("Updates")),
            *(Cell(word, _("%(word)s (hours)") % {"word": word}) for word in _words()),
        ],
        rows=[_row(week, asked) for week in reversed(weeks)],
        drawing=_plot(weeks),
        keys=_KEYS,
        empty=_(
            "No update in these twelve weeks says which change of a source it answers. To have it say so, "
            "begin at an alert: answer “Needs an update”, then write it from there."
        ),
        address=asked.list_of("update", weeks="all", caused="yes"),
        address_label=_("See these updates"),
        as_of=found.as_of,
    )


def _words() -> tuple[str, ...]:
    """What the columns of durations tell, which a spreadsheet has in hours."""
    return _("Median"), _("Quickest quarter up to"), _("Slowest quarter from"), _("Quickest"), _("Slowest")


_KEYS = (
    Key("median", gettext_lazy("median"), 0),
    Key("box", gettext_lazy("the middle half"), 0),
    Key("reach", gettext_lazy("quickest to slowest"), 0),
)


def _summary(weeks: Sequence[TimesOfWeek]) -> str:
    latest = next((week.spread for week in reversed(weeks) if week.spread), None)
    if latest is None:
        return _("No update was caused by a change of a source.")
    told = ngettext(
        "In the latest week with any, %(count)s update followed a change after %(median)s.",
        "In the latest week with any, half of %(count)s updates followed a change within %(median)s.",
        latest.count,
    )
    return told % {"count": f"{latest.count:,}", "median": in_words(latest.median)}


def _plot(weeks: Sequence[TimesOfWeek]) -> Plot | None:
    drawn = draw_spreads(weeks)
    if drawn is None:
        return None
    return Plot(
        drawn.left,
        drawn.height,
        drawn.base,
        lines=[(line.y, in_words(line.value)) for line in drawn.lines],
        weeks=[
            PlottedWeek(middle, day_of(week.week), _told(week), box)
            for week, middle, box in zip(weeks, drawn.middles, drawn.boxes, strict=True)
        ],
    )


def _told(week: TimesOfWeek) -> str:
    if week.spread is None:
        return str(week_cell(week.week).text)
    return _("%(week)s. Median: %(median)s; half of them: %(lower)s to %(upper)s; updates: %(count)s") % {
        "week": week_cell(week.week).text,
        "median": in_words(week.spread.median),
        "lower": in_words(week.spread.lower),
        "upper": in_words(week.spread.upper),
        "count": f"{week.spread.count:,}",
    }


def _row(week: TimesOfWeek, asked: Asked) -> list[Cell]:
    spread = week.spread
    durations: Sequence[timedelta | None] = (
        (spread.median, spread.lower, spread.upper, spread.least, spread.greatest) if spread else (None,) * 5
    )
    address = asked.list_of("update", weeks=week.week.monday.isoformat(), caused="yes")
    return [
        week_cell(week.week),
        number(spread.count if spread else 0, address),
        *map(duration_cell, durations),
    ]


figure = Figure(
    name="times",
    title=gettext_lazy("From a source’s change to the update"),
    period=gettext_lazy("the last twelve weeks"),
    template="admin/glance/_spreads.html",
    show=_show,
)
