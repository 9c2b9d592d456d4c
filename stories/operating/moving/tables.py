"""Which rows move, in which order, and what is written anew in the other database instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

#: Made by migrations on either side; those of the newsroom that moves are the ones that its rows name.
MADE_BY_MIGRATIONS = ("auth_group_permissions", "auth_group", "auth_permission", "django_content_type")
#: An index of what stands in other tables: it is built anew, in the other database's own way.
BUILT_ANEW = {"stories_searchable"}
ROWS_AT_ONCE = 500


def moving_models() -> list[type[models.Model]]:
    """Every table with rows of ours, many-to-many tables and history among them."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return [model for table, model in found.items() if table not in BUILT_ANEW]


def columns_of(model: type[models.Model]) -> list[models.Field]:
    """The fields that are stored: what the database computes by itself is left to it."""
    return [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


def rows_of(model: type[models.Model], *, using: str) -> Iterator[tuple[Any, ...]]:
    names = [field.attname for field in columns_of(model)]
    rows: models.QuerySet[Any, Any] = models.QuerySet(model, using=using).order_by("pk").values_list(*names)
    yield from rows.iterator(chunk_size=ROWS_AT_ONCE)


def count_of(model: type[models.Model], *, using: str) -> int:
    return models.QuerySet(model, using=using).count()
