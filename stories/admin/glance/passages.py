"""The share of quoted passages that was verified within the last day."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stories.admin.glance.asked import Asked
from stories.admin.glance.figure import Cell, Figure, Key, Shown, number
from stories.admin.glance.wording import per_cent
from stories.glance import passages
from stories.glance.drawing import draw_row
from stories.glance.kept import kept
from stories.glance.standing import PASSAGES

LABELS = {
    passages.VERIFIED: gettext_lazy("verified within the last day"),
    passages.CHANGED: gettext_lazy("altered on their pages, or missing there"),
    passages.UNREAD: gettext_lazy("not verified within the last day"),
    passages.UNWATCHED: gettext_lazy("not read here: a document, a statement, a page not watched"),
    passages.UNATTACHED: gettext_lazy("attached to no source yet"),
}


def _show(asked: Asked) -> Shown | None:
    scope = asked.scope("citation", "source")
    if scope is None:
        return None
    count = partial(passages.passages_by_level, scope, now=asked.now)
    found = asked.standing(PASSAGES, scope) or kept(PASSAGES, scope.key, make=count, now=asked.now)
    counts, total = found.value, sum(found.value.values())
    addresses = {level: asked.list_of("citation", stands=level) for level in passages.LEVELS}
    return Shown(
        summary=_summary(counts),
        head=[Cell(word) for word in (_("Passages of published stories"), _("How many"), _("Share"))],
        rows=[
            [Cell(LABELS[level]), number(count, addresses[level]), _share(count, total)]
            for level, count in counts.items()
        ],
        drawing=draw_row(passages.LEVELS, list(counts.values()), of=total, height=28) if total else None,
        keys=[
            Key(level, LABELS[level], count, addresses[level] if count else "")
            for level, count in counts.items()
        ],
        empty=_(
            "No published story quotes a passage yet. Open a story: its quotations are listed beside the text, and "
            "each can be attached to its source there."
        ),
        address=asked.list_of("citation", stands="published"),
        address_label=_("See these passages"),
        as_of=found.as_of,
    )


def _summary(counts: dict[str, int]) -> str:
    share = passages.share_of(counts)
    if share is None:
        return _("No passage can be verified by reading its page.")
    return _("%(share)s of the %(count)s passages whose pages can be checked.") % {
        "share": per_cent(share),
        "count": f"{sum(counts[level] for level in passages.VERIFIABLE):,}",
    }


def _share(count: int, total: int) -> Cell:
    share = count / total if total else 0.0
    return Cell(per_cent(share), round(share, 4), is_number=True)


figure = Figure(
    name="passages",
    title=gettext_lazy("Passages verified"),
    period=gettext_lazy("the last day"),
    template="admin/glance/_share.html",
    show=_show,
)
