"""What nobody could have clicked, such as words where a number is meant: refused before the database is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, FieldDoesNotExist, ValidationError
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from stories.text.told import moment_of

_COMPARED = {"exact", "in", "gt", "gte", "lt", "lte"}
#: Years in which every hour has a date in every zone.
_YEARS = range(2, 9_999)
_PARTS_OF_DATES = {"year": _YEARS, "month": range(1, 13), "day": range(1, 32)}
#: What filters and hierarchies of dates ask by. Django takes any lookup from an address, patterns too (`__regex`).
_CLICKED = _COMPARED | _PARTS_OF_DATES.keys() | {"isnull"}


def refuse_forged(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a page of some noun be asked by what a person can click alone, and for rows by keys that rows can have."""
    model_admin = getattr(view, "__self__", None)
    if not isinstance(model_admin, ModelAdmin):
        return view

    @wraps(view)
    def page_or_word(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        back = _way_back(request, model_admin, kwargs)
        if back is None:
            return view(request, *args, **kwargs)
        messages.error(request, _("The address or the form named a row that cannot exist. Nothing was done."))
        return redirect(back)

    return page_or_word


def _way_back(request: HttpRequest, model_admin: ModelAdmin, named: dict[str, Any]) -> str | None:
    """Where to, if something is forged; None where nothing is."""
    opts = model_admin.opts
    key = named.get("object_id")
    if key is not None and not _is_value(unquote(str(key)), opts.pk):
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    if not all(_is_value(key, opts.pk) for key in request.POST.getlist("_selected_action")):
        return request.get_full_path()
    # What is typed into a form stays with whoever sent it: this is no page to come back to.
    if any(_names_a_forged_row(name, request.POST.getlist(name), model_admin) for name in request.POST):
        raise BadRequest("A form named a row that cannot be.")
    if "_saveasnew" in request.POST and not model_admin.save_as:
        raise BadRequest("These rows are not saved as new ones.")
    asked = request.GET.keys() - _names_of_filters(model_admin)
    return request.path if any(_is_forged(name, request.GET.getlist(name), opts) for name in asked) else None


def _names_a_forged_row(name: str, values: list[str], model_admin: ModelAdmin) -> bool:
    """Whether a field of the form, or of a row below it, chooses one; the widgets would ask for it unseen."""
    field = name.rpartition("-")[2]
    nouns = [model_admin.opts] if field == name else [each.model._meta for each in model_admin.inlines]
    chosen = [other for opts in nouns if (other := _relations(opts).get(field))]
    return not all(_is_value(value, other.pk) for other in chosen for value in values if value)


def _is_forged(name: str, values: list[str], opts: Any) -> bool:
    field, lookup = _target(name.split("__"), opts)
    if field is None or lookup == "isnull":
        return False
    if lookup not in _CLICKED or isinstance(field, models.BinaryField):
        return True
    if lookup in _PARTS_OF_DATES:
        return not all(value in map(str, _PARTS_OF_DATES[lookup]) for value in values)
    if not isinstance(field, models.IntegerField | models.DateField):
        return False
    return not all(_is_value(part, field) for value in values for part in value.split(",") if part)


def _target(path: list[str], opts: Any) -> tuple[Any, str]:
    """The column that a lookup compares, and how."""
    field: Any = None
    while path and opts is not None:
        try:
            field = opts.pk if path[0] == "pk" else opts.get_field(path[0])
        except FieldDoesNotExist:
            break
        path, opts = path[1:], _other_side(field)
    other = _other_side(field)
    return other.pk if other else field, "__".join(path) or "exact"


def _other_side(field: Any) -> Any:
    """Of which noun a relation names a row; None for what is no relation."""
    return (
        field.related_model._meta if field is not None and field.is_relation and field.related_model else None
    )


def _is_value(text: str, field: Any) -> bool:
    """Whether the column could hold it: of the right kind, and not too large."""
    try:
        value = field.to_python(text)
        field.run_validators(value)
    except ValidationError:
        return False
    if isinstance(value, datetime):
        return moment_of(value) is not None
    return not isinstance(value, date) or value.year in _YEARS


def _relations(opts: Any) -> dict[str, Any]:
    """Of which noun each field names a row."""
    return {
        field.name: other for field in (*opts.fields, *opts.many_to_many) if (other := _other_side(field))
    }


def _names_of_filters(model_admin: ModelAdmin) -> set[str]:
    """Those filters take words of their own, whatever they are called."""
    return {name for each in model_admin.list_filter if (name := getattr(each, "parameter_name", None))}
