"""Lists narrowed to what a figure or a need has counted, by the same rule."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.admin.glance import passages as passages_figure
from stories.admin.glance import sources as sources_figure
from stories.admin.glance.asked import Asked
from stories.admin.glance.wording import week_cell
from stories.admin.long_lists import MOST_COUNTED_OF_SOME, is_by_itself
from stories.glance import passages
from stories.glance.quotes import passages_of, quotes_that_fail
from stories.glance.scope import Scope
from stories.glance.sources import IS_FAILING
from stories.glance.standing import QUOTES
from stories.glance.updates import shown_between
from stories.glance.weeks import week_from
from stories.models import Citation, User
from stories.models.source import SourceQuerySet
from stories.watching.health import ILL, at_level, ill_sources

ALL, FAILING, PUBLISHED = "all", "failing", "published"


class WeeksFilter(admin.SimpleListFilter):
    """By when readers first saw an update, in weeks of the person's zone."""

    title = _("readers saw it")
    parameter_name = "weeks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        weeks = reversed(_asked(request).weeks)
        return [
            (ALL, _("within twelve weeks")),
            *((week.monday.isoformat(), week_cell(week).text) for week in weeks),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not (chosen := self.value()):
            return queryset
        asked = _asked(request)
        if chosen == ALL:
            begins_at, ends_at = asked.weeks[0].begins_at, asked.weeks[-1].ends_at
        else:
            week = week_from(_day(chosen), zone=asked.zone)
            begins_at, ends_at = week.begins_at, week.ends_at
        return queryset.filter(pk__in=shown_between(begins_at, ends_at).values("pk"))


class CausedFilter(admin.SimpleListFilter):
    title = _("caused by a source’s change")
    parameter_name = "caused"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("yes")), ("no", _("no"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(caused_by__isnull=self.value() == "no") if self.value() else queryset


class HealthFilter(admin.SimpleListFilter):
    title = _("health")
    parameter_name = "health"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            *sources_figure.LABELS.items(),
            (FAILING, _("could not be read at the last check")),
            (ALL, _("all that were not merged into others")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        level = self.value()
        if level not in {*sources_figure.LABELS, FAILING, ALL}:
            return queryset
        sources = cast(SourceQuerySet, queryset.filter(merged_into__isnull=True))
        if level == FAILING:
            return sources.filter(IS_FAILING)
        if level == ILL and is_by_itself(request, self.parameter_name):
            return ill_sources(sources, Citation.objects.order_by(), most_counted=MOST_COUNTED_OF_SOME)
        return sources if level == ALL else at_level(level, sources, Citation.objects.order_by())


class StandsFilter(admin.SimpleListFilter):
    title = _("in published stories")
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            (FAILING, _("live, no longer holds, and not answered")),
            *passages_figure.LABELS.items(),
            (PUBLISHED, _("all of them")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        level = self.value()
        if level == FAILING:
            enough = MOST_COUNTED_OF_SOME + 1 if is_by_itself(request, self.parameter_name) else None
            return queryset.filter(pk__in=passages_of(_failing_quotes(_asked(request)), enough=enough))
        leveled = passages.with_level(Citation.objects.order_by(), now=timezone.now())
        if level in passages.LEVELS:
            leveled = leveled.filter(level=level)
        elif level != PUBLISHED:
            return queryset
        return queryset.filter(pk__in=leveled.values("pk"))


def _failing_quotes(asked: Asked) -> list[int]:
    """Those that the first page has counted: of a large newsroom, some minutes ago."""
    before = asked.standing(QUOTES, Scope())
    return before.value if before else quotes_that_fail(Scope())


def _asked(request: HttpRequest) -> Asked:
    return Asked(cast(User, request.user), timezone.now())


def _day(text: str) -> date:
    """A Monday, or whichever day a week is to begin at; what is none leads back to the whole list."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise IncorrectLookupParameters(text) from error
