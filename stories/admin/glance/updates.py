"""Updates by kind, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stories.admin.glance.asked import Asked
from stories.admin.glance.figure import Cell, Figure, Key, Plot, PlottedWeek, Shown, number
from stories.admin.glance.wording import day_of, week_cell
from stories.glance.drawing import draw_columns
from stories.glance.kept import kept
from stories.glance.updates import UpdatesOfWeek, updates_by_week
from stories.models.words import UpdateKind


def _show(asked: Asked) -> Shown | None:
    scope = asked.scope("update")
    if scope is None:
        return None
    count = partial(updates_by_week, scope, asked.weeks)
    found = kept("updates", scope.key, asked.weeks, make=count, now=asked.now)
    weeks = found.value
    return Shown(
        summary=_summary(weeks),
        head=[Cell(str(word)) for word in (_("Week"), *(kind.label for kind in UpdateKind), _("All"))],
        rows=[_row(week, asked) for week in reversed(weeks)],
        drawing=_plot(weeks) if any(week.total for week in weeks) else None,
        keys=[_key(kind, weeks, asked) for kind in UpdateKind],
        empty=_(
            "No update was published in these twelve weeks. To publish one, change a story’s text, press "
            "“Publish…”, choose a kind and write a note: readers see both."
        ),
        address=asked.list_of("update", state="published", weeks="all"),
        address_label=_("See these updates"),
        as_of=found.as_of,
    )


def _summary(weeks: Sequence[UpdatesOfWeek]) -> str:
    total, corrections = (
        sum(week.total for week in weeks),
        sum(week.counts[UpdateKind.CORRECTION] for week in weeks),
    )
    told = ngettext("%(count)s update in twelve weeks", "%(count)s updates in twelve weeks", total)
    of_them = ngettext("%(count)s of them a correction", "%(count)s of them corrections", corrections)
    return _("%(updates)s, %(corrections)s.") % {
        "updates": told % {"count": f"{total:,}"},
        "corrections": of_them % {"count": f"{corrections:,}"},
    }


def _plot(weeks: Sequence[UpdatesOfWeek]) -> Plot:
    drawn = draw_columns(weeks)
    return Plot(
        drawn.left,
        drawn.height,
        drawn.base,
        lines=[(line.y, f"{line.value:,}") for line in drawn.lines],
        weeks=[
            PlottedWeek(middle, day_of(week.week), _told(week), marks)
            for week, middle, marks in zip(weeks, drawn.middles, drawn.marks, strict=True)
        ],
    )


def _told(week: UpdatesOfWeek) -> str:
    counts = ", ".join(f"{kind.label}: {count:,}" for kind, count in week.counts.items() if count)
    return f"{week_cell(week.week).text}. {counts or _('None')}"


def _row(week: UpdatesOfWeek, asked: Asked) -> list[Cell]:
    monday = week.week.monday.isoformat()
    return [
        week_cell(week.week),
        *(
            number(count, asked.list_of("update", weeks=monday, kind__exact=kind.value))
            for kind, count in week.counts.items()
        ),
        number(week.total, asked.list_of("update", weeks=monday)),
    ]


def _key(kind: UpdateKind, weeks: Sequence[UpdatesOfWeek], asked: Asked) -> Key:
    count = sum(week.counts[kind] for week in weeks)
    address = asked.list_of("update", weeks="all", kind__exact=kind.value)
    return Key(kind.value, kind.label, count, address if count else "")


figure = Figure(
    name="updates",
    title=gettext_lazy("Updates by kind"),
    period=gettext_lazy("the last twelve weeks"),
    template="admin/glance/_columns.html",
    show=_show,
)
