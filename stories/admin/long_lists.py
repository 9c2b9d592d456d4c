"""Lists that stay as quick among a million rows: counted as far as anybody turns pages, and found by words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG, IGNORED_PARAMS, PAGE_VAR, SEARCH_VAR
from django.core.paginator import Page
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from unfold.views import ChangeList

from stories.counting import CountedPaginator
from stories.models import User
from stories.searching.search import found_keys

#: Nobody turns so many pages: who looks for more narrows the list.
MOST_COUNTED = 10_000
#: A list that is narrowed or searched is counted less far, because rows are read that are not in it.
MOST_COUNTED_OF_SOME = 1_000
#: Of what a search finds by the name of a source or a person, the newest: so many that it is told that there are more.
MOST_FOUND = MOST_COUNTED_OF_SOME + 1
#: What an address says without narrowing the list, as a search without a word does not.
_OF_THE_WHOLE = frozenset({*IGNORED_PARAMS, PAGE_VAR, ERROR_FLAG})


def is_by_itself(request: HttpRequest, parameter: str) -> bool:
    """Is a list narrowed by this alone, and looked at? Then as many are found for it as it counts.

    What else narrows it may leave any of them, and what is done to all is done to each.
    """
    return request.method == "GET" and {parameter, PAGE_VAR}.issuperset(request.GET)


class LongPaginator(CountedPaginator):
    most_counted = MOST_COUNTED
    #: Where the theme looks for how to show it.
    template_name = "admin/stories/_pagination.html"

    def page(self, number: Any) -> Page:
        """Behind the first page by keys: a database reads all that comes before a page, and of each row all of it."""
        page: Any = super().page(number)
        if page.has_previous():
            rows: Any = self.object_list
            page.object_list = rows.filter(pk__in=list(page.object_list.values_list("pk", flat=True)))
        return page


class NarrowedPaginator(LongPaginator):
    most_counted = MOST_COUNTED_OF_SOME


class ValuesFilter(admin.AllValuesFieldListFilter):
    """Offers each value that there is. Its column begins an index, which has one after the other without all rows."""

    def __init__(
        self, field: Any, request: HttpRequest, params: Any, model: Any, *args: Any, **named: Any
    ) -> None:
        super().__init__(field, request, params, model, *args, **named)
        self.lookup_choices = list(_values(model._default_manager.order_by(field.name), field.name))  # type: ignore[assignment]


def _values(rows: QuerySet[Any, Any], name: str) -> Iterator[Any]:
    value = rows.values_list(name, flat=True).first()
    while value is not None:
        yield value
        value = rows.filter(**{f"{name}__gt": value}).values_list(name, flat=True).first()


class LongChangeList(ChangeList):
    paginator: LongPaginator
    full_result_count: int | None

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.result_count:
            # Not looked for once more.
            self.result_list = self.queryset.none()
        if self.paginator.is_more or not (self.query or self.has_active_filters):
            # The theme tells both numbers where they differ.
            self.full_result_count = self.result_count

    def get_ordering_field(self, field_name: Any) -> Any:
        # An address may still ask for a column by which the list is not sorted.
        return super().get_ordering_field(field_name) if field_name in self.sortable_by else None


class LongList:
    """For the admin of a noun without end. It has no hierarchy of dates, which reads every row to know the years."""

    paginator = LongPaginator
    show_full_result_count = False
    list_max_show_all = 0

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type:
        return LongChangeList

    def get_paginator(self, request: HttpRequest, *rows: Any, **named: Any) -> LongPaginator:
        is_searched = bool(request.GET.get(SEARCH_VAR, "").strip())
        is_narrowed = is_searched or not _OF_THE_WHOLE.issuperset(request.GET)
        return (NarrowedPaginator if is_narrowed else self.paginator)(*rows, **named)


class FoundByName:
    """For the admin of what machines write: found by the names of what it is about, and not by every text of its own.

    `found_by` says which lookup leads to a source, a story (`article`) or a person. Found are the newest of what the
    filters leave.
    """

    found_by: ClassVar[Mapping[str, str]] = {}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        newest = queryset.order_by("-pk")
        keys: set[int] = set()
        for lookup, kind in self.found_by.items():
            found = newest.filter(**{f"{lookup}__in": _named(kind, search_term)})
            keys.update(found.values_list("pk", flat=True)[:MOST_FOUND])
        # As keys, because a database that is asked for the one or the other looks at every row.
        return queryset.filter(pk__in=sorted(keys, reverse=True)[:MOST_FOUND]), False


def _named(kind: str, words: str) -> QuerySet:
    if kind != "person":
        return found_keys(words, kind=kind)
    people = User.objects.order_by()
    for word in words.split():
        said = Q(username__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word)
        people = people.filter(said)
    return people.values("pk")
