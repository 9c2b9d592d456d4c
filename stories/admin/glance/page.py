"""The admin's first page, a page for each figure, and its table as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.admin.glance import busiest, passages, sources, times, updates
from stories.admin.glance.asked import Asked
from stories.admin.glance.figure import Figure, Shown
from stories.admin.glance.needs import Need, needs_of
from stories.models import Article, User, Verification
from stories.text.csv_file import csv_file

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words

FIGURES = (updates.figure, times.figure, passages.figure, sources.figure, busiest.figure)


@dataclass(frozen=True, slots=True)
class Glance:
    """`is_new` where there is no story at all yet. Figures are as of `as_of`, or a little younger."""

    needs: Sequence[Need]
    figures: Sequence[tuple[Figure, Shown]]
    zone: str
    now: datetime
    as_of: datetime
    is_new: bool
    is_large: bool
    #: What was last found against the public record, for those who answer for it.
    unsound: Verification | None

    @property
    def pressing(self) -> list[Need]:
        return [need for need in self.needs if need.count]

    @property
    def clear(self) -> list[Words]:
        return [need.clear for need in self.needs if not need.count]


def glance_for(request: HttpRequest) -> Glance:
    asked = _asked(request)
    shown = [(figure, found) for figure in FIGURES if (found := figure.show(asked)) is not None]
    return Glance(
        needs=needs_of(asked),
        figures=shown,
        zone=str(asked.zone),
        now=asked.now,
        as_of=min((found.as_of for _figure, found in shown), default=asked.now),
        is_new=not Article.objects.exists(),
        is_large=asked.is_large,
        unsound=Verification.objects.filter(flaw_count__gt=0).first() if asked.person.can_approve else None,
    )


@require_safe
def figure_page(request: HttpRequest, figure: str, *, site: AdminSite) -> HttpResponse:
    """One picture with its table, as of now and in the person's zone."""
    found, shown, asked = _figure(request, figure)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": found.title,
        "figure": found,
        "shown": shown,
        "zone": str(asked.zone),
    }
    return TemplateResponse(request, "admin/glance/figure.html", context)


@require_safe
def figure_file(request: HttpRequest, figure: str) -> HttpResponse:
    """The same table for a spreadsheet."""
    found, shown, asked = _figure(request, figure)
    rows = ([cell.for_a_spreadsheet for cell in row] for row in shown.rows)
    response = HttpResponse(
        csv_file([str(cell.for_a_spreadsheet) for cell in shown.head], rows),
        content_type="text/csv; charset=utf-8",
    )
    day = asked.now.astimezone(asked.zone).date()
    response["Content-Disposition"] = f'attachment; filename="{found.name}-{day.isoformat()}.csv"'
    return response


def _figure(request: HttpRequest, name: str) -> tuple[Figure, Shown, Asked]:
    asked = _asked(request)
    figure = next((figure for figure in FIGURES if figure.name == name), None)
    if figure is None:
        raise Http404("No such figure.")
    shown = figure.show(asked)
    if shown is None:
        raise PermissionDenied
    return figure, shown, asked


def _asked(request: HttpRequest) -> Asked:
    return Asked(cast(User, request.user), timezone.now())
