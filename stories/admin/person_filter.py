"""Narrows a list to what has to do with one person, of whom there are many to choose from."""

from typing import Any

from django.http import HttpRequest
from unfold.contrib.filters.admin import RelatedDropdownFilter


class PersonFilter(RelatedDropdownFilter):
    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        """In the order of the names that are shown: of accounts, which are not, it would look like none."""
        people = super().field_choices(field, request, model_admin)
        return sorted(people, key=lambda person: str(person[1]).casefold())
