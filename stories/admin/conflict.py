"""Two people at one form: whether somebody saved since it was opened, and both texts side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Model

from stories.admin.diffs import excerpt
from stories.models import Article, Citation, Claim
from stories.text.diff import WordChange


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: as it is saved now, and as it was typed."""

    label: str
    theirs: str
    mine: str
    changes: list[WordChange]


@dataclass(frozen=True, slots=True)
class Conflict:
    mark: str
    who: str
    differences: list[Difference]


def trail_mark(instance: Model) -> str:
    """Where the trail of history of all that the form shows has got to; another save moves it on."""
    marks = [_last(type(instance), id=instance.pk)]
    if isinstance(instance, Article):
        marks += [_last(model, article=instance.pk) for model in (Claim, Citation)]
    return ".".join(str(mark) for mark in marks)


def find_conflict(form: Any, inlines: Iterable[Any]) -> Conflict:
    """What is saved now against what was typed, field by field, where the two differ."""
    differences = list(_differences(form))
    for inline in inlines:
        for row in inline.formset.forms:
            if row.instance.pk:
                differences += _differences(row, prefix=f"{row.instance._meta.verbose_name}: ")
    last = type(form.instance).history.filter(id=form.instance.pk).first()
    return Conflict(mark=form.mark, who=last.history_actor if last else "", differences=differences)


def _last(model: Any, **which: Any) -> int:
    return model.history.filter(**which).aggregate(last=Max("history_id"))["last"] or 0


def _differences(form: Any, prefix: str = "") -> Iterator[Difference]:
    # A form writes what was typed into its instance, so what is saved must be read anew.
    saved = type(form.instance)._default_manager.filter(pk=form.instance.pk).first()
    if saved is None:
        return
    for name, field in form.fields.items():
        if name not in {each.name for each in saved._meta.fields}:
            continue
        theirs = _display(field, getattr(saved, saved._meta.get_field(name).attname))
        mine = _display(field, form[name].value())
        if theirs != mine:
            yield Difference(f"{prefix}{field.label}", theirs, mine, excerpt(theirs, mine))


def _display(field: Any, value: Any) -> str:
    """The value as a person would read it: a choice by its label, a row by its name."""
    if hasattr(field, "queryset"):
        row = field.queryset.filter(pk=value or None).first()
        return str(row) if row else ""
    if hasattr(field, "choices"):
        return str(dict(field.choices).get(value, value))
    return "" if value is None else str(value).replace("\r\n", "\n")
