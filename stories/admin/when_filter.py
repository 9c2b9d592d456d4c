"""By when readers were told, in the words that an editor asks in: last month's corrections."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WhenFilter(admin.SimpleListFilter):
    """By the stated time of an update, or else the time it was recorded; drafts have neither."""

    title = _("when")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("today", _("today")),
            ("week", _("in the last seven days")),
            ("this_month", _("this month")),
            ("last_month", _("last month")),
            ("this_year", _("this year")),
            ("last_year", _("last year")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        days = days_of(self.value() or "", today=timezone.localdate())
        if days is None:
            return queryset
        since, until = (timezone.make_aware(datetime.combine(day, time())) for day in days)
        told = queryset.alias(told_at=Coalesce("stated_at", "recorded_at"))
        return told.filter(told_at__gte=since, told_at__lt=until)


def days_of(when: str, *, today: date) -> tuple[date, date] | None:
    """The first day, and the first that is too late.

    >>> days_of("last_month", today=date(2026, 1, 15))
    (datetime.date(2025, 12, 1), datetime.date(2026, 1, 1))
    """
    month, tomorrow = today.replace(day=1), today + timedelta(days=1)
    year = month.replace(month=1)
    return {
        "today": (today, tomorrow),
        "week": (today - timedelta(days=6), tomorrow),
        "this_month": (month, tomorrow),
        "last_month": ((month - timedelta(days=1)).replace(day=1), month),
        "this_year": (year, tomorrow),
        "last_year": (year.replace(year=year.year - 1), year),
    }.get(when)
