"""Every row of a newsroom, so that a test can say that nothing has changed."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.models import Group

from stories.models import User

#: What changes by asking, whoever asks: who guessed at what, who did what.
_OF_WHOEVER_ASKS = {"auditentry", "guesses", "pulse", "presence"}


def whole_state(*, but_of: User | None) -> dict[str, list[Any]]:
    """Every row of the newsroom that is not the person's own who asks."""
    models = [*apps.get_app_config("stories").get_models(), Authenticator, Group]
    return {
        model._meta.model_name: _rows(model, but_of)
        for model in models
        if model._meta.model_name not in _OF_WHOEVER_ASKS
    }


def _rows(model: Any, but_of: User | None) -> list[Any]:
    names = {field.name for field in model._meta.concrete_fields} - {"last_login"}
    rows = model._default_manager.order_by("pk")
    if but_of and model is User:
        rows = rows.exclude(pk=but_of.pk)
    for name in {"person", "user"} & names:
        rows = rows.exclude(**{name: but_of}) if but_of else rows
    return list(rows.values_list(*sorted(names)))


def changed(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> set[str]:
    return {name for name in before if before[name] != after[name]}
