"""What needs a person now: how much of each kind, the first of it, and the way to the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories.admin.glance.asked import Asked
from stories.glance.kept import Kept, kept
from stories.glance.quotes import quotes_that_fail, still_failing
from stories.glance.scope import Scope
from stories.glance.sources import failing_first, still_out_of_reach
from stories.glance.standing import FAILING, QUOTES
from stories.glance.waiting import decidable_by, grave_alerts, open_reports, scheduled, undecided
from stories.models import Alert, AlertEvent, Publication, Source, Verdict, Version
from stories.models.words import Outcome

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words

LINES = 3
#: Alerts about one source, one for each of its people, come one after the other.
_ALERTS_LOOKED_AT = 30
#: Some of those that were counted a few minutes ago are answered by now.
_QUOTES_LOOKED_AT = 100
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class Line:
    """`label` says what `at` is the time of."""

    text: str
    address: str
    detail: str = ""
    label: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """`clear` is what is said where there is none."""

    name: str
    icon: str
    count: int
    title: str
    clear: Words
    lines: Sequence[Line] = ()
    address: str = ""
    is_grave: bool = False
    #: There are more than `count`.
    is_more: bool = False
    #: Where it was counted before: as of when.
    as_of: datetime | None = None

    @property
    def rest(self) -> int:
        return self.count - len(self.lines)


def needs_of(asked: Asked) -> list[Need]:
    """Each kind that the person may see something of; those of which there is none too."""
    return [need for ask in _QUESTIONS if (need := ask(asked)) is not None]


def _alerts(asked: Asked) -> Need | None:
    if not asked.person.can_use_desk:
        return None
    alerts = grave_alerts(asked.person)
    # So many keep nobody waiting: more of them are “more than” these.
    sources = list(alerts.values_list("source", flat=True)[: MOST_COUNTED + 1])
    count = min(len(sources), MOST_COUNTED)
    first = alerts.select_related("source")[:_ALERTS_LOOKED_AT] if count else ()
    return Need(
        name="alerts",
        icon="notifications_active",
        count=count,
        is_more=len(sources) > MOST_COUNTED,
        title=_grave(count, sources),
        clear=_("No grave alert is open."),
        lines=[
            Line(alert.source.title, alert.get_absolute_url(), label=_("changed"), at=alert.developed_at)
            for alert in _one_a_source(first)
        ],
        address=asked.list_of("alert", state__exact="open", gravity__exact="3") or reverse("desk_inbox"),
        is_grave=True,
    )


def _grave(count: int, sources: Sequence[int]) -> str:
    if len(sources) > MOST_COUNTED:
        return _("grave alerts are open")
    different = len(set(sources))
    title = ngettext(
        "grave alert is open, about %(sources)s", "grave alerts are open, about %(sources)s", count
    )
    about = ngettext("%(count)d source", "%(count)d sources", different) % {"count": different}
    return title % {"sources": about}


def _one_a_source(alerts: Sequence[Alert] | Any) -> list[Alert]:
    newest: dict[int, Alert] = {}
    for alert in alerts:
        newest.setdefault(alert.source_id, alert)
    return list(newest.values())[:LINES]


def _quotes(asked: Asked) -> Need | None:
    scope = asked.scope("citation", "verdict")
    if scope is None:
        return None
    before = asked.standing(QUOTES, scope)
    found = (before or _quotes_now(asked, scope)).value
    # What was answered since the count is not shown any more.
    shown = still_failing(found[:_QUOTES_LOOKED_AT])[:LINES] if found else Verdict.objects.none()
    verdicts = shown.select_related("citation__article", "found_by").defer("citation__article__body")
    return Need(
        name="quotes",
        icon="format_quote",
        count=len(found),
        as_of=before.as_of if before else None,
        title=ngettext(
            "quote in a live story no longer holds, and nobody has answered",
            "quotes in live stories no longer hold, and nobody has answered",
            len(found),
        ),
        clear=_("Every quote in a live story holds, or was answered."),
        lines=[_quote(verdict, asked) for verdict in verdicts],
        address=asked.list_of("citation", stands="failing") or reverse("desk_sources"),
        is_grave=True,
    )


def _quotes_now(asked: Asked, scope: Scope) -> Kept[list[int]]:
    # With what anybody has found, published or answered since, it is counted anew.
    marks = [_newest(model) for model in (Verdict, Version, AlertEvent)]
    return kept(QUOTES, scope.key, *marks, make=partial(quotes_that_fail, scope), now=asked.now)


def _newest(model: Any) -> int | None:
    return model._default_manager.order_by("-pk").values_list("pk", flat=True).first()


def _quote(verdict: Verdict, asked: Asked) -> Line:
    citation = verdict.citation
    article = asked.page_of("article", citation.article_id)
    return Line(
        str(citation),
        article or reverse("desk_source", args=[citation.source_id]),
        detail=_("%(verdict)s, in %(headline)s")
        % {"verdict": verdict.get_verdict_display(), "headline": citation.article.headline},
        label=_("found"),
        at=verdict.found_by.started_at,
    )


def _undecided(asked: Asked) -> Need | None:
    scope = asked.scope("publication")
    if scope is None or not asked.list_of("publication"):
        return None
    waiting = undecided(scope)
    yours = decidable_by(asked.person, Publication.objects.waiting()).values("pk")
    counted = waiting.order_by().aggregate(all=Count("pk"), yours=Count("pk", filter=Q(pk__in=yours)))
    title = ngettext(
        "version is waiting for approval, %(yours)d of them for yours",
        "versions are waiting for approval, %(yours)d of them for yours",
        counted["all"],
    )
    return Need(
        name="approvals",
        icon="approval",
        count=counted["all"],
        title=title % {"yours": counted["yours"]},
        clear=_("No version is waiting for approval."),
        lines=[
            Line(
                publication.article.headline,
                publication.get_absolute_url(),
                detail=_("%(kind)s, asked by %(person)s")
                % {"kind": publication.get_kind_display(), "person": publication.asker or _("a task")},
                label=_("asked"),
                at=publication.asked_at,
            )
            for publication in _first(waiting, counted["all"])
        ],
        address=asked.list_of("publication", state__in="proposed,awaiting"),
    )


def _scheduled(asked: Asked) -> Need | None:
    scope = asked.scope("publication")
    if scope is None or not asked.list_of("publication"):
        return None
    waiting = scheduled(scope)
    count = waiting.count()
    return Need(
        name="scheduled",
        icon="schedule_send",
        count=count,
        title=ngettext("version goes out by itself", "versions go out by themselves", count),
        clear=_("Nothing is scheduled."),
        lines=[
            Line(
                publication.article.headline,
                publication.get_absolute_url(),
                detail=publication.get_kind_display(),
                label=_("goes out"),
                at=publication.publish_at,
            )
            for publication in _first(waiting, count)
        ],
        address=asked.list_of("publication", state__exact="scheduled"),
    )


def _first(publications: Any, count: int) -> Iterator[Publication]:
    if count:
        yield from publications.select_related("article").defer("content", "article__body")[:LINES]


def _failing(asked: Asked) -> Need | None:
    scope = asked.scope("source")
    if scope is None:
        return None
    before = asked.standing(FAILING, scope)
    found = before.value if before else failing_first(scope)
    count = found["count"]
    return Need(
        name="failing",
        icon="link_off",
        count=count,
        as_of=before.as_of if before else None,
        title=ngettext("watched source cannot be read", "watched sources cannot be read", count),
        clear=_("Every watched source could be read at its last check."),
        # What was read since the count, or is watched no longer, is not shown any more.
        lines=[_source(source, asked) for source in still_out_of_reach(found["first"])[:LINES]],
        address=asked.list_of("source", health="failing") or f"{reverse('desk_sources')}?health=suspected",
    )


def _source(source: Source, asked: Asked) -> Line:
    watch = source.watch
    return Line(
        source.title,
        asked.page_of("source", source.pk) or reverse("desk_source", args=[source.pk]),
        detail=str(Outcome(watch.outcome).label),
        label=_("last read") if watch.read_at else _("never read"),
        at=watch.read_at,
    )


def _reports(asked: Asked) -> Need | None:
    scope = asked.scope("errorreport")
    # What a reader wrote is for those who answer it.
    if scope is None or not asked.list_of("errorreport"):
        return None
    reports = open_reports(scope)
    count = reports.count()
    first = reports.select_related("article").defer("article__body")[:LINES] if count else ()
    return Need(
        name="reports",
        icon="report",
        count=count,
        title=ngettext("reader’s error report is open", "readers’ error reports are open", count),
        clear=_("No error report from a reader is open."),
        lines=[
            Line(
                str(report),
                asked.page_of("errorreport", report.pk),
                detail=report.article.headline,
                label=_("received"),
                at=report.received_at,
            )
            for report in first
        ],
        address=asked.list_of("errorreport", answered="no"),
    )


_QUESTIONS: tuple[Callable[[Asked], Need | None], ...] = (
    _alerts,
    _quotes,
    _undecided,
    _reports,
    _failing,
    _scheduled,
)
