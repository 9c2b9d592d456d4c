"""Fields for words that people read: what nobody can see in them is not kept, whoever saves the row.

Forms have the words as they will be kept, and so has whatever is decided by them: whether there are any, whether they
are taken, what is signed. A service that writes by `update()`, or looks for the words, sees to them itself.

What is there already stays as it is until it is saved again, and is moved, restored and found as it is: of a
published note each character counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.db import models

from stories.text.unseen import ended_alike, line_as_seen, lines_as_seen


class _FormField(forms.CharField):
    as_seen: Callable[[str], str]

    def to_python(self, value: Any) -> Any:
        return super().to_python(_seen(self.as_seen, value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """A row is not saved anew for what nobody can see in it."""
        return super().has_changed(_seen(self.as_seen, initial), data)


class LineFormField(_FormField):
    as_seen = staticmethod(line_as_seen)


class LinesFormField(_FormField):
    as_seen = staticmethod(lines_as_seen)


class MarkdownFormField(_FormField):
    as_seen = staticmethod(ended_alike)


class _AsSeen(models.Field):
    """To the database, and so to migrations, a field like any other."""

    as_seen: Callable[[str], str]
    form_class: type[_FormField]

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.get_internal_type()}", args, kwargs

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        return super().clean(_seen(self.as_seen, value), model_instance)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": self.form_class, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The row in hand has from now on what the database has: history and versions are written from it."""
        value = _seen(self.as_seen, super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


def _seen(as_seen: Callable[[str], str], value: Any) -> Any:
    return as_seen(value) if isinstance(value, str) else value


class LineField(_AsSeen, models.CharField):
    """Words on one line: a headline, a title, a name."""

    as_seen = staticmethod(line_as_seen)
    form_class = LineFormField


class LinesField(_AsSeen, models.TextField):
    """Words on one line or more: a note, a claim."""

    as_seen = staticmethod(lines_as_seen)
    form_class = LinesFormField


class MarkdownField(_AsSeen, models.TextField):
    """A text as its editors typed it, but for how its lines end: browsers send other ends than they were given."""

    as_seen = staticmethod(ended_alike)
    form_class = MarkdownFormField

    def from_db_value(self, value: Any, *_asked: Any) -> Any:
        """What was saved before is read alike: else the next save would change each line of it."""
        return _seen(self.as_seen, value)
