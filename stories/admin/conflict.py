"""Two people at one form: whether somebody saved since it was opened, both texts, and a merge of what fits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Model

from stories.admin.diffs import excerpt
from stories.models import Article, Citation, Claim
from stories.models.history_words import told_hand
from stories.text.diff import WordChange
from stories.text.merge import Clash, merge_texts
from stories.text.told import is_key

#: How a field came out: only the colleague changed it, both did and it fits, or both did and it does not.
TAKEN, FITS, CLASHES = "taken", "fits", "clashes"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: as it is saved now, as it was typed, and what stands in the form below."""

    label: str
    theirs: str
    mine: str
    changes: list[WordChange]
    state: str
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """A row that was typed into and that somebody has deleted."""

    label: str
    texts: list[str]


@dataclass(frozen=True, slots=True)
class Conflict:
    mark: str
    who: str
    differences: list[Difference]
    gone: Sequence[Gone] = ()

    @property
    def is_merged(self) -> bool:
        """Nothing is left to decide: what both changed stands below."""
        return not self.gone and all(each.state != CLASHES for each in self.differences)


def trail_mark(instance: Model) -> str:
    """Where the trail of history of all that the form shows has got to; another save moves it on."""
    lasts = (trail.aggregate(last=Max("history_id"))["last"] for trail in _trails(instance))
    return ".".join(str(last or 0) for last in lasts)


def merge_with_saved(form: Any, inlines: Iterable[Any]) -> Conflict:
    """Put into the form what fits of the saved and the typed, and tell where the two differ, field by field.

    Where both changed the same words the form keeps what was typed.
    """
    marks: dict[Any, int] = dict(
        zip((type(form.instance), Claim, Citation), _numbers(form["seen"].value()), strict=False)
    )
    data = form.data.copy()
    differences, gone = list(_differences(form, marks, data)), list[Gone]()
    for formset in (inline.formset for inline in inlines):
        for row in formset.forms:
            if row.instance.pk:
                differences += _differences(row, marks, data, is_of_inline=True)
            elif data.get(row.add_prefix("id")):
                gone += _without_row(row, data)
        formset.data = data
    conflict = Conflict(form.mark, last_saver(form.instance), differences, gone)
    if conflict.is_merged:
        data["seen"] = form.mark
    for each in (form, *(row for inline in inlines for row in inline.formset.forms)):
        each.data = data
    return conflict


def last_saver(instance: Model) -> str:
    records = [trail.order_by("-history_id").first() for trail in _trails(instance)]
    last = max(filter(None, records), key=lambda record: record.history_date, default=None)
    return told_hand(last) if last else ""


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


def _numbers(mark: Any) -> list[int]:
    parts = str(mark or "").split(".")
    return [int(part) for part in parts] if all(map(is_key, parts)) else []


def _base_of(saved: Any, marks: dict[Any, int]) -> Any:
    """The row as it was when the form was opened; None where nobody can tell."""
    last = marks.get(type(saved))
    if last is None:
        return None
    records = saved.history.order_by("-history_id")
    return records.filter(history_id__lte=last).first() or records.last()


def _differences(
    form: Any, marks: dict[Any, int], data: Any, *, is_of_inline: bool = False
) -> Iterator[Difference]:
    # A form writes what was typed into its instance, so what is saved must be read anew.
    saved = type(form.instance)._default_manager.filter(pk=form.instance.pk).first()
    if saved is None:
        return
    base = _base_of(saved, marks)
    prefix = f"{saved._meta.verbose_name} {_quoted(saved)}: " if is_of_inline else ""
    columns = {each.name: each.attname for each in saved._meta.fields if each.name != "id"}
    for name, field in form.fields.items():
        if name not in columns:
            continue
        theirs, mine = getattr(saved, columns[name]), form[name].value()
        if difference := _merge_field(
            field, f"{prefix}{field.label}", base and getattr(base, columns[name]), theirs, mine
        ):
            merged, told = difference
            data[form.add_prefix(name)] = merged
            yield told
    if base is not None:
        yield from _choices_of_others(form, saved, base, data)


def _choices_of_others(form: Any, saved: Any, base: Any, data: Any) -> Iterator[Difference]:
    """Lists of people are merged as sets: who was added or taken off by the other is so here, too."""
    for relation in saved._meta.many_to_many:
        if relation.name not in form.fields:
            continue
        key = f"{relation.m2m_reverse_field_name()}_id"
        before = {str(getattr(row, key)) for row in getattr(base, relation.name).all()}
        theirs = {str(row.pk) for row in getattr(saved, relation.name).all()}
        mine = {str(getattr(value, "pk", value)) for value in form[relation.name].value() or []}
        if theirs in (before, mine):
            continue
        merged = mine - (before - theirs) | (theirs - before)
        data.setlist(form.add_prefix(relation.name), sorted(merged, key=int))
        field = form.fields[relation.name]
        shown, said = (_names(field, keys) for keys in (theirs, mine))
        state = TAKEN if mine == before else FITS
        yield Difference(str(field.label), shown, said, excerpt(shown, said), state)


def _names(field: Any, keys: set[str]) -> str:
    return ", ".join(sorted(str(row) for row in field.queryset.filter(pk__in=keys)))


def _merge_field(field: Any, label: str, base: Any, theirs: Any, mine: Any) -> tuple[str, Difference] | None:
    texts = [_plain(value) for value in (base, theirs, mine)]
    if texts[1] == texts[2] or (base is not None and texts[0] == texts[1]):
        return None  # The same now, or nobody else has touched it.
    shown, said = _display(field, theirs), _display(field, mine)
    changes = excerpt(shown, said)
    if base is None or (hasattr(field, "choices") and texts[0] != texts[2]):
        return texts[2], Difference(label, shown, said, changes, CLASHES)
    merged = merge_texts(texts[0], mine=texts[2], theirs=texts[1])
    state = CLASHES if merged.clashes else TAKEN if texts[0] == texts[2] else FITS
    return merged.text, Difference(label, shown, said, changes, state, merged.clashes)


def _without_row(row: Any, data: Any) -> Iterator[Gone]:
    """Take a row out of the form that is deleted; what was typed there is told, where anything was."""
    data[row.add_prefix("DELETE")] = "on"
    texts = [str(row[name].value()).strip() for name in ("text", "exact") if name in row.fields]
    if any(texts):
        yield Gone(str(row._meta.model._meta.verbose_name), [text for text in texts if text])


def _plain(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


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
    return _plain(value)
