"""Which alerts a view of the inbox holds, and how many each tab of it has."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, Concat

from stories.counting import count_up_to, start_of_newest
from stories.desk.inbox_view import ANSWERED, MINE, NEEDS_UPDATE, OPEN, TABS, View
from stories.models import Alert, Article, Citation, Source, Update, User, Verdict
from stories.models.alert import AlertQuerySet
from stories.models.words import AlertState

#: More words make a search slower and no clearer.
MOST_WORDS = 8
#: A search reads what alerts tell of, so it looks at the newest alone.
MOST_SEARCHED = 3_000
#: Of each tab; more are “more than” these.
MOST_COUNTED = 1_000
#: What an alert's source is called, and its address, by a look at its row for each alert: asked for the sources that
#: say a word, PostgreSQL may read all there are. A line's end between them is in no word.
_SOURCE_NAMES = Subquery(
    Source.objects.filter(pk=OuterRef("source")).values(
        names=Concat("title", Value("\n"), Coalesce("url", Value("")), output_field=TextField())
    )
)


def alerts_in(view: View, *, user: User, article_ids: Collection[int] | None) -> AlertQuerySet:
    """Those of all tabs; a search looks only at what the person may be told (article_ids None: everything)."""
    is_everybodys = user.can_publish and view.whose != MINE
    narrowed = narrowed_to(view, article_ids)
    alerts = narrowed if is_everybodys else narrowed.concerning(user)
    words = view.words.split()[:MOST_WORDS]
    if words and (since := _first_searched(narrowed, None if is_everybodys else user)):
        alerts = alerts.filter(developed_at__gte=since)
    newest = alerts
    # Asked of these alone: it is looked up for each. All that anybody but an editor is left with concerns them.
    alerts = alerts.nameable_to(user).alias(source_names=_SOURCE_NAMES)
    own = None if article_ids is None else _stories_of(user)
    for word in words:
        alerts = alerts.filter(_mentions(word, own, among=newest))
    return alerts


def narrowed_to(view: View, article_ids: Collection[int] | None) -> AlertQuerySet:
    """Everybody's about the story and the source of the view."""
    alerts = Alert.objects.all()
    if view.source:
        alerts = alerts.filter(source=view.source)
    if view.story and article_ids is not None and view.story not in article_ids:
        # Whoever may not see a story may not ask what it rests on.
        return alerts.none()
    return alerts.filter(_tells_of(Q(article=view.story))) if view.story else alerts


def _first_searched(alerts: AlertQuerySet, person: User | None) -> datetime | None:
    """From when on a search looks at a person's alerts, or at everybody's; None where it looks at all."""
    if person is None:
        newest_first = alerts.order_by("-developed_at", "-pk")
        return start_of_newest(MOST_SEARCHED, newest_first, by="developed_at")
    newest = alerts.newest_of(person, MOST_SEARCHED + 1)
    return newest[MOST_SEARCHED - 1][0] if len(newest) > MOST_SEARCHED else None


def in_tab(alerts: AlertQuerySet, tab: str) -> AlertQuerySet:
    if tab == OPEN:
        return alerts.open()
    if tab == NEEDS_UPDATE:
        return alerts.filter(_is_waiting())
    return alerts.exclude(state=AlertState.OPEN).exclude(_is_waiting())


def count_tabs(alerts: AlertQuerySet) -> dict[str, int]:
    """Each by itself, because none is counted beyond `MOST_COUNTED`; one more than that where there are more."""
    return {tab: count_up_to(MOST_COUNTED, in_tab(alerts, tab)) for tab in TABS}


def keys_by_tab(alerts: AlertQuerySet) -> dict[str, list[int]]:
    """What a search has found: read once, because the tabs and the page would each look for the words again."""
    tab = Case(
        When(state=AlertState.OPEN, then=Value(OPEN)),
        When(_is_waiting(), then=Value(NEEDS_UPDATE)),
        default=Value(ANSWERED),
    )
    found: dict[str, list[int]] = {tab: [] for tab in TABS}
    for key, name in alerts.order_by().annotate(tab=tab).values_list("pk", "tab"):
        found[name].append(key)
    return found


def _is_waiting() -> Q:
    return Q(state=AlertState.NEEDS_UPDATE) & ~_is_settled()


def _is_settled() -> Q:
    """True where every story that the alert tells of has published an update because of it."""
    # Said although it follows: a database that does not know it reads every alert to find the few.
    caused = Update.objects.published().filter(caused_by__isnull=False)
    because_of_it = caused.filter(caused_by__alerts=OuterRef("pk"))
    updated_already = caused.filter(
        article=OuterRef("citation__article"), caused_by__alerts=OuterRef(OuterRef("pk"))
    )
    still_waiting = Verdict.objects.filter(~Exists(updated_already), alerts=OuterRef("pk"))
    return Q(Exists(because_of_it)) & ~Q(Exists(still_waiting))


def _tells_of(citation: Q) -> Q:
    """True where a passage that the alert tells of is such; of an alert about the page alone, where one is quoted."""
    citations = Citation.objects.filter(citation).order_by()
    told = Alert.verdicts.through._default_manager.filter(verdict__citation__in=citations.values("pk"))
    of_page_alone = ~Exists(Alert.verdicts.through._default_manager.filter(alert=OuterRef("pk")))
    return Q(pk__in=told.values("alert")) | Q(of_page_alone, source__in=citations.values("source"))


def _stories_of(user: User) -> QuerySet[Any]:
    """Their keys, for a query around it: as thousands of values they would be sent, and looked up, for each word."""
    return Article.reporters.through._default_manager.filter(user=user).values("article")


def _mentions(word: str, own: QuerySet[Any] | None, *, among: AlertQuerySet) -> Q:
    """True where its source, a passage, its new wording or a headline says the word.

    Of passages and headlines, those of their `own` stories (None: of all). What other alerts than those `among` which
    it is looked for tell of is not read.
    """
    told = Alert.verdicts.through._default_manager.filter(alert__in=among.values("pk"))
    quoting = Citation.objects.filter(source=OuterRef("source"), article__headline__icontains=word)
    says = Q(verdict__passage__icontains=word) | Q(verdict__wording__icontains=word)
    says |= Q(verdict__citation__article__headline__icontains=word)
    if own is not None:
        says &= Q(verdict__citation__article__in=own)
        quoting = quoting.filter(article__in=own)
    of_page_alone = ~Q(pk__in=told.values("alert")) & Q(Exists(quoting))
    return Q(source_names__icontains=word) | Q(pk__in=told.filter(says).values("alert")) | of_page_alone
