"""Who changed what, when and why: one way of keeping the private trail, for every model that has one.

django-simple-history writes the rows. Three things are added here: a save that changes nothing leaves no row;
the actor's name is kept as text, so that it outlives the account and can name a task; and the row and its
history row are written in one transaction, also where a reference goes with what it leads to.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.db import models, transaction
from django.db.models.deletion import Collector
from django.utils.translation import gettext_lazy as _
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

#: Rows of history that are written by one statement.
_AT_ONCE = 500

_acting: ContextVar[str] = ContextVar("acting", default="")


@contextmanager
def acting_as(label: str) -> Iterator[None]:
    """Name what acts where no person does, such as "import", in the history rows written inside."""
    token = _acting.set(label)
    try:
        yield
    finally:
        _acting.reset(token)


def acting_label() -> str:
    """What acts now where no person does; empty where that was not said."""
    return _acting.get()


class HistoryRow(models.Model):
    """What every row of history has beside the library's own fields."""

    history_actor = models.CharField(_("actor"), max_length=150, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.history_actor:
            user = getattr(self, "history_user", None)
            self.history_actor = user.get_username() if user else _acting.get()
        super().save(*args, **kwargs)


class TrailManager(HistoryManager):
    """The library's own, of which it makes a new class whenever `history` is read: once is enough."""

    @classmethod
    @cache
    def from_queryset(
        cls, queryset_class: type[models.QuerySet], class_name: str | None = None
    ) -> type[models.Manager]:
        return super().from_queryset(queryset_class, class_name)


class HistoryTrail(HistoricalRecords):
    """History that stays silent about a save that changed nothing."""

    def __init__(self, *, untracked: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(
            bases=[HistoryRow], excluded_fields=list(untracked), history_manager=TrailManager, **kwargs
        )

    def post_save(
        self, instance: models.Model, created: bool, using: str | None = None, **kwargs: Any
    ) -> None:
        if created or not self._is_as_last_recorded(instance):
            super().post_save(instance, created, using=using, **kwargs)

    def _is_as_last_recorded(self, instance: models.Model) -> bool:
        names = [field.attname for field in self.fields_included(instance)]
        manager = getattr(type(instance), self.manager_name)
        last = (
            manager.filter(**{instance._meta.pk.attname: instance.pk}).order_by("-history_id").values(*names)
        )
        return last.first() == {name: getattr(instance, name) for name in names}


class Tracked(models.Model):
    """A model with history: the row and its trail are written together or not at all."""

    #: Read by django-simple-history at the next save: why it is made, and by whom where no request tells.
    _change_reason: str | None
    _history_user: models.Model | None

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic(using=kwargs.get("using")):
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Held before what hangs on it, as whoever saves it holds it: else each would wait for the other."""
        with transaction.atomic(using=kwargs.get("using")):
            hold_rows(type(self)._base_manager.filter(pk=self.pk))
            return super().delete(*args, **kwargs)


def hold_rows(rows: models.QuerySet[Any]) -> None:
    """Until the transaction ends; in the order of their keys, and nothing of what they are listed by."""
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def write_changes(rows: Sequence[Tracked], *, reason: str, by: Any = None) -> None:
    """A row of history for each of these, all of one model, that a statement has changed.

    `by` is the person who did; None where whoever asks did, or no person at all.
    """
    if not rows:
        return
    trail: HistoryManager = type(rows[0]).history  # type: ignore[attr-defined]
    by = by or trail.model.get_default_history_user(rows[0])
    trail.bulk_history_create(
        rows,
        batch_size=_AT_ONCE,
        update=True,
        default_user=by,
        default_change_reason=reason,
        custom_historical_attrs={"history_actor": by.get_username() if by else _acting.get()},
    )


def empty_in_history(
    collector: Collector, field: models.ForeignKey, rows: models.QuerySet, using: str
) -> None:
    """`on_delete` of a reference that history keeps: SET_NULL, and a row of history for each that it empties."""
    emptied: _Emptied = _Emptied(model=rows.model, query=rows.query, using=using)
    emptied.collector, emptied.reason = collector, f"{field.related_model._meta.model_name} deleted"
    collector.add_field_update(field, None, emptied)


# As of SET_NULL: what is handed over is a queryset, which Django updates once it is sure that all of it goes.
empty_in_history.lazy_sub_objs = True  # type: ignore[attr-defined]


class _Emptied(models.QuerySet[Any]):
    collector: Collector
    reason: str

    def _clone(self) -> "_Emptied":
        clone: _Emptied = super()._clone()  # type: ignore[misc]
        clone.collector, clone.reason = self.collector, self.reason
        return clone

    def update(self, **emptied: None) -> int:
        going = set(self.collector.data.get(self.model, ()))
        left = [row for row in self.select_for_update(no_key=True).order_by("pk") if row not in going]
        count = super().update(**emptied)
        for row in left:
            for name in emptied:
                setattr(row, name, None)
        write_changes(left, reason=self.reason, by=getattr(self.collector.origin, "_history_user", None))
        return count
