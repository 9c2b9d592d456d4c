"""Tables whose rows are written once: application code can neither change nor delete them."""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(Exception):
    """Something tried to change or delete a row that is written once."""


class AppendOnlyQuerySet(models.QuerySet):
    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model._meta.verbose_name_plural} are written once")

    update = delete = bulk_update = _refuse

    def bulk_create(
        self, objs: Iterable[Any], *args: Any, update_conflicts: bool = False, **kwargs: Any
    ) -> list[Any]:
        if update_conflicts:
            self._refuse()
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"this {self._meta.verbose_name} is written once")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"this {self._meta.verbose_name} is written once")
