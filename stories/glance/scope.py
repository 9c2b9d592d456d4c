"""Whose stories a person may be told of: every one, or those that they report."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import QuerySet

from stories.models import Article, User

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True, slots=True)
class Scope:
    """`article_ids` are the stories; None stands for all of them, drafts and confidential sources too."""

    article_ids: frozenset[int] | None = None

    @property
    def is_everything(self) -> bool:
        return self.article_ids is None

    @property
    def key(self) -> str:
        """The same for those who are told the same."""
        return "all" if self.article_ids is None else ",".join(map(str, sorted(self.article_ids)))

    def narrow(self, rows: Rows, article: str) -> Rows:
        """Those of the rows that hang on such a story; `article` is the way from a row to its story."""
        return rows if self.article_ids is None else rows.filter(**{f"{article}__in": self.article_ids})


class Sighted:
    """A person, and how far each question may be answered to them."""

    def __init__(self, person: User) -> None:
        self.person = person

    def scope(self, permissions: Collection[str]) -> Scope | None:
        """Every story for an editor and whoever may look at all such rows; their own for others at the desk.

        None for who may see nothing of it.
        """
        if self.person.can_publish or self.person.has_perms(permissions):
            return Scope()
        return self._own if self.person.can_use_desk else None

    @cached_property
    def _own(self) -> Scope:
        return Scope(Article.objects.keys_of_reporter(self.person))
