"""Who asks, when, and by which clocks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from stories.glance.kept import Kept
from stories.glance.scope import Scope, Sighted
from stories.glance.standing import standing_figures
from stories.glance.weeks import Week, weeks_until
from stories.models import User


@dataclass(frozen=True)
class Asked:
    person: User
    now: datetime

    @property
    def zone(self) -> tzinfo:
        """The person's own, in which the page is written; the newsroom's where they chose none."""
        return timezone.get_current_timezone()

    @cached_property
    def weeks(self) -> tuple[Week, ...]:
        return weeks_until(self.now, zone=self.zone)

    @cached_property
    def _sighted(self) -> Sighted:
        return Sighted(self.person)

    def scope(self, *nouns: str) -> Scope | None:
        """Whose stories may be told of where rows of these nouns are shown; None: of nobody's."""
        return self._sighted.scope(_to_view(nouns))

    @cached_property
    def _standing(self) -> dict[str, Kept[Any]]:
        return standing_figures(now=self.now)

    @property
    def is_large(self) -> bool:
        """Are figures that this person sees counted by a task? Those of one's own stories never are."""
        seen = (self.scope("citation"), self.scope("source"))
        return any(scope and scope.is_everything for scope in seen) and bool(self._standing)

    def standing(self, name: str, scope: Scope) -> Kept[Any] | None:
        """A figure of a large newsroom as it was counted last; None where it is to be counted now."""
        return self._standing.get(name) if scope.is_everything else None

    def list_of(self, noun: str, **narrowed: Any) -> str:
        """The address of the admin's list of a noun, narrowed; empty where the person may not open it."""
        if not self.person.has_perms(_to_view([noun])):
            return ""
        address = reverse(f"admin:stories_{noun}_changelist")
        return f"{address}?{urlencode(narrowed)}" if narrowed else address

    def page_of(self, noun: str, key: int) -> str:
        """The address of one row in the admin; empty where the person may not open it."""
        if not self.person.has_perms(_to_view([noun])):
            return ""
        return reverse(f"admin:stories_{noun}_change", args=[key])


def _to_view(nouns: Collection[str]) -> list[str]:
    return [f"stories.view_{noun}" for noun in nouns]
