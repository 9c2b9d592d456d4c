"""Fields for words that people read: what nobody can see in them is not kept, whoever saves the row.

What is there already stays as it is until it is saved again, and is moved and restored as it is: of a published
note each character counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import models

from stories.text.unseen import line_as_seen, lines_as_seen, shows_anything


class _AsSeen(models.Field):
    """To the database, and so to migrations, a field like any other."""

    as_seen: Callable[[str], str]

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.get_internal_type()}", args, kwargs

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """What shows nothing is nothing."""
        is_nothing = isinstance(value, str) and not shows_anything(value)
        return super().clean("" if is_nothing else self._seen(value), model_instance)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The row in hand has from now on what the database has: history and versions are written from it."""
        value = self._seen(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def _seen(self, value: Any) -> Any:
        return self.as_seen(value) if isinstance(value, str) else value


class LineField(_AsSeen, models.CharField):
    """Words on one line: a headline, a title, a name."""

    as_seen = staticmethod(line_as_seen)


class LinesField(_AsSeen, models.TextField):
    """Words on one line or more: a note, a claim."""

    as_seen = staticmethod(lines_as_seen)
