"""The busiest stories."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stories.admin.glance.asked import Asked
from stories.admin.glance.figure import Cell, Figure, Key, Shown, number
from stories.glance.busiest import BusyStory, busiest_stories
from stories.glance.drawing import draw_row
from stories.glance.kept import kept

PARTS = ("versions", "changes")
LABELS = {
    "versions": gettext_lazy("versions published"),
    "changes": gettext_lazy("changes found in what they quote"),
}


def _show(asked: Asked) -> Shown | None:
    scope = asked.scope("article", "version", "verdict")
    if scope is None:
        return None
    since = asked.weeks[0].begins_at
    count = partial(busiest_stories, scope, since=since)
    found = kept("busiest", scope.key, since, make=count, now=asked.now)
    stories = found.value
    return Shown(
        summary=_summary(stories),
        head=[Cell(str(word)) for word in (_("Story"), *(LABELS[part] for part in PARTS), _("Together"))],
        rows=[_row(story, asked) for story in stories],
        drawing=[_bar(story, stories[0], asked) for story in stories] or None,
        keys=[Key(part, LABELS[part], sum(getattr(story, part) for story in stories)) for part in PARTS],
        empty=_(
            "Nothing happened in these twelve weeks: no story was published, and nothing that one quotes "
            "was found changed."
        ),
        address=asked.list_of("version", recorded_at__gte=since.isoformat()),
        address_label=_("See the versions of these weeks"),
        as_of=found.as_of,
    )


def _summary(stories: Sequence[BusyStory]) -> str:
    if not stories:
        return _("No story moved.")
    first = stories[0]
    told = _("“%(headline)s” moved most (versions published: %(versions)s; changes found: %(changes)s).")
    return told % {
        "headline": first.headline,
        "versions": f"{first.versions:,}",
        "changes": f"{first.changes:,}",
    }


def _row(story: BusyStory, asked: Asked) -> list[Cell]:
    key = story.article_id
    versions = asked.list_of("version", article__id__exact=key)
    changes = asked.list_of("verdict", citation__article__id__exact=key, is_news__exact=1)
    return [
        Cell(story.headline, address=asked.page_of("article", key)),
        number(story.versions, versions),
        number(story.changes, changes),
        number(story.total),
    ]


def _bar(story: BusyStory, greatest: BusyStory, asked: Asked) -> tuple[Key, list]:
    key = Key("story", story.headline, story.total, asked.page_of("article", story.article_id))
    return key, draw_row(PARTS, [story.versions, story.changes], of=greatest.total)


figure = Figure(
    name="busiest",
    title=gettext_lazy("Busiest stories"),
    period=gettext_lazy("the last twelve weeks"),
    template="admin/glance/_bars.html",
    show=_show,
)
