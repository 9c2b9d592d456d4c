"""Sources by health."""

from __future__ import annotations

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stories.admin.glance.asked import Asked
from stories.admin.glance.figure import Cell, Figure, Key, Shown, number
from stories.glance.drawing import draw_row
from stories.glance.kept import kept
from stories.glance.scope import Scope
from stories.glance.sources import LEVELS, sources_by_health
from stories.glance.standing import SOURCES
from stories.watching.health import GOOD, ILL, SUSPECTED, UNKNOWN

LABELS = {
    GOOD: gettext_lazy("as quoted"),
    SUSPECTED: gettext_lazy("being confirmed, or not readable"),
    ILL: gettext_lazy("changed or gone"),
    UNKNOWN: gettext_lazy("not verified: not watched, or not read yet"),
}


def _show(asked: Asked) -> Shown | None:
    scope = asked.scope("source")
    if scope is None:
        return None
    found = asked.standing(SOURCES, scope) or kept(
        SOURCES, scope.key, make=partial(sources_by_health, scope), now=asked.now
    )
    counts, total = found.value, sum(found.value.values())
    addresses = {level: _address(asked, scope, health=level) for level in LEVELS}
    return Shown(
        summary=_summary(counts, total),
        head=[Cell(_("Sources")), Cell(_("How many"))],
        rows=[[Cell(LABELS[level]), number(count, addresses[level])] for level, count in counts.items()],
        drawing=[
            (
                Key(level, LABELS[level], count, addresses[level] if count else ""),
                draw_row([level], [count], of=max(counts.values())),
            )
            for level, count in counts.items()
        ]
        if total
        else None,
        keys=[],
        empty=_(
            "No source yet. A source is made when a quoted passage of a story is attached to it; from then "
            "on its page is checked again and again, and people hear when it changes."
        ),
        address=_address(asked, scope),
        address_label=_("See these sources"),
        as_of=found.as_of,
    )


def _address(asked: Asked, scope: Scope, **narrowed: str) -> str:
    """In the admin, or at the desk of who may see the sources of their own stories alone."""
    if scope.is_everything:
        return asked.list_of("source", **(narrowed or {"health": "all"}))
    address = reverse("desk_sources")
    return f"{address}?health={narrowed['health']}" if narrowed else address


def _summary(counts: dict[str, int], total: int) -> str:
    ill = counts[ILL]
    told = ngettext("%(ill)s of %(count)s source", "%(ill)s of %(count)s sources", total)
    return _("%(sources)s changed or gone.") % {"sources": told % {"ill": f"{ill:,}", "count": f"{total:,}"}}


figure = Figure(
    name="sources",
    title=gettext_lazy("Sources by health"),
    period=gettext_lazy("now"),
    template="admin/glance/_bars.html",
    show=_show,
)
