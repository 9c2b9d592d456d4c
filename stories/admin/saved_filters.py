"""Above every list: what it can be narrowed to with one click, of the house's and of people's own making."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import (
    FieldDoesNotExist,
    PermissionDenied,
    SuspiciousOperation,
    ValidationError,
)
from django.db import DatabaseError, transaction
from django.db.models import ForeignKey, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from stories.models import SavedFilter, User
from stories.text.told import is_key, line_of
from stories.text.unseen import line_as_seen

#: In a quick filter it stands for whoever looks.
ME = "me"
#: Of a list's address, what says nothing of what it shows.
_PASSING = {"p", "e", "all", "_changelist_filters", "_popup"}
_LONGEST_QUERY = 2_000
#: A label, and what the address of the list says.
Quick = tuple[Promise | str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Chip:
    label: Promise | str
    address: str
    is_current: bool
    #: The key of what a person saved, where it is theirs to change.
    own: int | None = None
    #: Whose it is, where somebody else shares it.
    sharer: str = ""


class SavedFilters:
    """For the admin of a noun: `quick_filters` come first, then what was saved."""

    quick_filters: Sequence[Quick] = ()
    list_before_template = "admin/stories/_filters.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        model_admin: Any = self
        noun, person = model_admin.opts.model_name, cast(User, request.user)
        here = _said(request.GET.urlencode())
        shown = {
            "filter_chips": [*_quick(self.quick_filters, request), *_saved(noun, request, here)],
            "filter_noun": noun,
            "filter_query": here,
            "may_share": person.has_perm("stories.share_savedfilter"),
            "filter_list": request.path,
        }
        parent: Any = super()
        return parent.changelist_view(request, {**shown, **(extra_context or {})})


def save_filter(request: HttpRequest, noun: str, *, site: admin.AdminSite) -> HttpResponse:
    """Keep what the list shows now under a name; the same name of the same person is written over."""
    model_admin = _admin_of(site, noun)
    if request.method != "POST":
        raise Http404
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    name = _name(request)
    query = _said(request.POST.get("query", "")[:_LONGEST_QUERY])
    if not name:
        messages.error(request, _("Give it a name, so that you can find it again."))
    else:
        person = cast(User, request.user)
        values = {"query": query, "is_shared": _is_shared(request)}
        SavedFilter.objects.update_or_create(person=person, noun=noun, name=name, defaults=values)
        messages.success(request, _("“%(name)s” is saved.") % {"name": name})
    return redirect(f"{_list_of(noun)}?{query}")


def open_filter(request: HttpRequest, pk: int, *, site: admin.AdminSite) -> HttpResponse:
    """The list as it was saved; where that is not possible any more, the whole list and a word why."""
    saved = get_object_or_404(_visible(cast(User, request.user)), pk=pk)
    model_admin = _admin_of(site, saved.noun)
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    if not _still_applies(model_admin, request, saved.query):
        told = _("“%(name)s” no longer applies: what it was narrowed to is gone. This is the whole list.")
        messages.warning(request, told % {"name": saved.name})
        return redirect(_list_of(saved.noun))
    return redirect(f"{_list_of(saved.noun)}?{saved.query}")


def filter_page(request: HttpRequest, pk: int, *, site: admin.AdminSite) -> HttpResponse:
    """Rename it, share it, or delete it."""
    saved = get_object_or_404(SavedFilter, pk=pk, person=request.user.pk)
    if request.method == "POST":
        return _change(request, saved)
    context = {
        **site.each_context(request),
        "title": saved.name,
        "saved": saved,
        "may_share": cast(User, request.user).has_perm("stories.share_savedfilter"),
        "back": _list_of(saved.noun),
    }
    return TemplateResponse(request, "admin/stories/saved_filter.html", context)


def _change(request: HttpRequest, saved: SavedFilter) -> HttpResponse:
    name = _name(request)
    if "delete" in request.POST:
        saved.delete()
        messages.success(request, _("“%(name)s” is deleted.") % {"name": saved.name})
        return redirect(_list_of(saved.noun))
    same = SavedFilter.objects.filter(person=saved.person, noun=saved.noun, name=name).exclude(pk=saved.pk)
    if not name or same.exists():
        messages.error(request, _("Give it a name that no other of yours has."))
        return redirect("admin:saved_filter", saved.pk)
    saved.name, saved.is_shared = name, _is_shared(request)
    saved.save()
    messages.success(request, _("“%(name)s” is saved.") % {"name": name})
    return redirect("admin:saved_filter_open", saved.pk)


def _name(request: HttpRequest) -> str:
    return line_as_seen(line_of(request.POST.get("name", ""))[:80])


def _is_shared(request: HttpRequest) -> bool:
    return "shared" in request.POST and cast(User, request.user).has_perm("stories.share_savedfilter")


def _visible(person: User) -> QuerySet[SavedFilter]:
    return SavedFilter.objects.filter(Q(person=person) | Q(is_shared=True)).select_related("person")


def _quick(filters: Iterable[Quick], request: HttpRequest) -> list[Chip]:
    here = _said(request.GET.urlencode())
    chips = []
    for label, said in filters:
        mine = {name: str(request.user.pk) if value == ME else value for name, value in said.items()}
        query = _said(urlencode(mine))
        chips.append(Chip(label, f"{request.path}?{query}", query == here))
    return chips


def _saved(noun: str, request: HttpRequest, here: str) -> list[Chip]:
    person = cast(User, request.user)
    return [
        Chip(
            label=saved.name,
            address=reverse("admin:saved_filter_open", args=[saved.pk]),
            is_current=saved.query == here,
            own=saved.pk if saved.person_id == person.pk else None,
            sharer="" if saved.person_id == person.pk else saved.person.name,
        )
        for saved in _visible(person).filter(noun=noun)
    ]


def _said(query: str) -> str:
    """The same for all spellings of what a list shows."""
    asked = QueryDict(query)
    pairs = [
        (name, value) for name in asked for value in asked.getlist(name) if value and name not in _PASSING
    ]
    return urlencode(sorted(pairs))


def _still_applies(model_admin: Any, request: HttpRequest, query: str) -> bool:
    probe = copy(request)
    probe.GET = QueryDict(query)
    try:
        with transaction.atomic():
            model_admin.get_changelist_instance(probe)
    except (IncorrectLookupParameters, SuspiciousOperation, ValidationError, ValueError, DatabaseError):
        return False
    return not any(_is_of_nothing(model_admin.model, name, str(value)) for name, value in probe.GET.items())


def _is_of_nothing(model: Any, name: str, value: str) -> bool:
    """Whether a list is narrowed to a row that is gone."""
    field: Any = None
    for part in name.split("__"):
        try:
            found = model._meta.get_field(part) if model else None
        except FieldDoesNotExist:
            return False
        if isinstance(found, ForeignKey) or getattr(found, "many_to_many", False):
            field, model = found, getattr(found, "related_model", None)
        elif found is not None and found.primary_key:
            break
        else:
            return False
    return field is not None and is_key(value) and not model._base_manager.filter(pk=int(value)).exists()


def _admin_of(site: admin.AdminSite, noun: str) -> Any:
    for model, model_admin in site._registry.items():
        if model._meta.model_name == noun and isinstance(model_admin, SavedFilters):
            return model_admin
    raise Http404


def _list_of(noun: str) -> str:
    return reverse(f"admin:stories_{noun}_changelist")
