"""Which role a group of the house's provider gives, and giving it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from stories.auditing.entries import changed, write_entry
from stories.models import Act, User
from stories.models.user import CHIEFS, EDITORS

#: Who works in the admin.
_STAFF = {EDITORS, CHIEFS}


def roles_of_claim(claims: Mapping[str, Any]) -> set[str]:
    """The roles that OIDC_ROLES gives for what OIDC_ROLE_CLAIM holds, which may be a path: `realm_access.roles`."""
    found = reduce(_step, settings.OIDC_ROLE_CLAIM.split("."), claims)
    groups: list[Any] = found if isinstance(found, list) else [found]
    named = {str(group) for group in groups if isinstance(group, str | int)}
    return {settings.OIDC_ROLES[group] for group in named if group in settings.OIDC_ROLES}


@transaction.atomic
def give_roles(person: User, roles: Iterable[str]) -> None:
    """The provider says which of the roles that it gives somebody has; the others are the newsroom's to give."""
    before = set(person.groups.values_list("name", flat=True))
    after = (before - set(settings.OIDC_ROLES.values())) | set(roles)
    if after == before:
        return
    person.groups.set(Group.objects.filter(name__in=after))
    details = {"roles": changed(before, after)}
    is_staff = bool(after & _STAFF)
    if not person.is_superuser and person.is_staff != is_staff:
        details["is_staff"] = changed(person.is_staff, is_staff)
        person.is_staff = is_staff
        person.save(update_fields=["is_staff"])
    write_entry(Act.ROLES_CHANGED, on=person, actor=settings.OIDC_NAME, details=details)


def _step(found: Any, name: str) -> Any:
    return found.get(name) if isinstance(found, Mapping) else None
