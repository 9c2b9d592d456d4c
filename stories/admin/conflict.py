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
    lasts = (trail.aggregate(last=Max("history_id"))["last"] for trail in _trails(instance))
    return ".".join(str(last or 0) for last in lasts)


def find_conflict(form: Any, inlines: Iterable[Any]) -> Conflict:
    """What is saved now against what was typed, field by field, where the two differ."""
    differences = list(_differences(form))
    for inline in inlines:
        for row in inline.formset.forms:
            if row.instance.pk:
                differences += _differences(row, is_of_inline=True)
    return Conflict(mark=form.mark, who=_last_saver(form.instance), differences=differences)


def _trails(instance: Model) -> list[Any]:
    model: Any = type(instance)
    trails = [model.history.filter(id=instance.pk)]
    if isinstance(instance, Article):
        # A row that was added since is not in the form, so nothing of it can be overwritten; often
        # the editor has added it from this very page.
        trails += [
            part.history.filter(article=instance.pk).exclude(history_type="+") for part in (Claim, Citation)
        ]
    return trails


def _last_saver(instance: Model) -> str:
    records = [trail.order_by("-history_id").first() for trail in _trails(instance)]
    last = max(filter(None, records), key=lambda record: record.history_date, default=None)
    if last is None:
        return ""
    return last.history_user.name if last.history_user else last.history_actor


def _differences(form: Any, *, is_of_inline: bool = False) -> Iterator[Difference]:
    # A form writes what was typed into its instance, so what is saved must be read anew.
    saved = type(form.instance)._default_manager.filter(pk=form.instance.pk).first()
    if saved is None:
        return
    prefix = f"{saved._meta.verbose_name} {_quoted(saved)}: " if is_of_inline else ""
    for name, field in form.fields.items():
        if name not in {each.name for each in saved._meta.fields}:
            continue
        theirs = _display(field, getattr(saved, saved._meta.get_field(name).attname))
        mine = _display(field, form[name].value())
        if theirs != mine:
            yield Difference(f"{prefix}{field.label}", theirs, mine, excerpt(theirs, mine))


def _quoted(row: Model) -> str:
    """The row by its words, in quotation marks whether or not it brings its own."""
    return f"“{str(row).strip('“”')}”"


def _display(field: Any, value: Any) -> str:
    """The value as a person would read it: a choice by its label, a row by its name."""
    if hasattr(field, "queryset"):
        row = field.queryset.filter(pk=value or None).first()
        return str(row) if row else ""
    if hasattr(field, "choices"):
        return str(dict(field.choices).get(value, value))
    return "" if value is None else str(value).replace("\r\n", "\n")
