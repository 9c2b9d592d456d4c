"""Deleting rows so that they can be brought back: with what goes along, under the same keys, and into their places."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from stories.auditing.entries import write_entry
from stories.changing.deed import Change, Deed, RowRefused, Values, hold
from stories.models import Act, Article, Citation, Claim, Presence, Source, Update, User, Watch
from stories.models.append_only import AppendOnlyError

#: What is written back as it was; with anything else hanging on it a row is not deleted in bulk.
_BROUGHT_BACK = (Article, Claim, Citation, Source, Update)
#: What comes again by itself.
_FORGOTTEN = (Presence, Watch)


@dataclass(frozen=True, kw_only=True)
class Delete(Deed):
    model: type[models.Model]

    def foresee(self, row: Any, *, by: User, person: User | None) -> Change:
        reason = _why_it_stays(row)
        if reason:
            raise RowRefused(reason)
        along = [str(each) for each in _collected(row) if each != row]
        return Change({_("there"): "; ".join([str(row), *along])[:500]}, {_("there"): _("deleted")})

    def do(self, row: Any, change: Change, *, by: User, person: User | None, now: datetime) -> Change:
        held = hold(self.model, row.pk)
        if reason := _why_it_stays(held):
            raise RowRefused(reason)
        kept = _written([held, *(r for r in _collected(held) if r != held)])
        links = (
            [[each.pk, held.pk] for each in Citation.objects.filter(claim=held)]
            if isinstance(held, Claim)
            else []
        )
        vars(held).update(_history_user=by, _change_reason="Deleted.")
        try:
            write_entry(Act.DELETED, by=by, on=held)
            held.delete()
        except (ProtectedError, RestrictedError, AppendOnlyError) as error:
            raise RowRefused(_("It has been put to use meanwhile.")) from error
        return Change({"rows": kept, "links": links}, {})

    def undo(self, key: int, change: Change, *, by: User, now: datetime) -> None:
        try:
            with transaction.atomic():
                for each in serializers.deserialize("python", change.before["rows"]):
                    _bring_back(each, by)
                for citation, claim in change.before["links"]:
                    _link(citation, claim, by)
        except IntegrityError as error:
            raise RowRefused(_("Something else has taken its place.")) from error


def _why_it_stays(row: Any) -> str:
    if isinstance(row, Update) and row.version_id:
        return _("It is published, and what readers were told stays.")
    if isinstance(row, Article) and row.versions.exists():
        return _("Readers have seen it, and every version that they saw stays.")
    try:
        others = _foreign(row)
    except (ProtectedError, RestrictedError):
        return _("Other rows rest on it: detach them first.")
    if others:
        names = ", ".join(sorted(str(model._meta.verbose_name_plural) for model in others))
        return _("What hangs on it could not be brought back: %(names)s.") % {"names": names}
    return ""


def _collect(row: Any) -> tuple[Collector, dict[type[models.Model], list[Any]]]:
    collector = Collector(using="default", origin=row)
    collector.collect([row])
    rows: dict[type[models.Model], list[Any]] = {
        model: list(found) for model, found in collector.data.items()
    }
    for found in collector.fast_deletes:
        rows.setdefault(found.model, []).extend(found)
    return collector, rows


def _collected(row: Any) -> Iterable[Any]:
    """With what goes along, parents before children."""
    _, rows = _collect(row)
    return [each for model in _BROUGHT_BACK for each in rows.get(model, ())]


def _foreign(row: Any) -> set[type[models.Model]]:
    _, rows = _collect(row)
    own = {*_BROUGHT_BACK, *_FORGOTTEN, Article.reporters.through}
    return {model for model, found in rows.items() if found and model not in own}


def _written(rows: Iterable[Any]) -> list[Values]:
    """As a JSON field takes them; times to the microsecond, which Django's own JSON cuts off."""
    said = serializers.serialize("python", rows)
    return json.loads(json.dumps(said, default=lambda value: getattr(value, "isoformat", value.__str__)()))


def _bring_back(each: Any, by: User) -> None:
    row = each.object
    begun = [field.name for field in row._meta.concrete_fields if getattr(field, "auto_now_add", False)]
    created = {name: getattr(row, name) for name in begun}
    vars(row).update(_history_user=by, _change_reason="Undone: Deleted.")
    row.save(force_insert=True)
    for name, values in (each.m2m_data or {}).items():
        getattr(row, name).set(values)
    if created:
        # A row begins anew for the database, and not for people. None of this is in its history.
        type(row)._base_manager.filter(pk=row.pk).update(**created)


def _link(citation_id: int, claim_id: int, by: User) -> None:
    free = Citation.objects.filter(pk=citation_id, claim=None)
    citation = free.select_for_update(of=("self",)).first()
    if citation:
        vars(citation).update(claim_id=claim_id, _history_user=by, _change_reason="Undone: claim deleted")
        citation.save()


def model_named(noun: str) -> type[models.Model]:
    return apps.get_model("stories", noun)
