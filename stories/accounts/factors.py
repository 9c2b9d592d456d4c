"""Second factors as an administrator sees them: to be removed from who lost them all, and never to be read."""

from __future__ import annotations

from django.apps import apps

from stories.models import User


def remove_factors(person: User) -> int:
    """All of them, recovery codes with them; how many there were."""
    factors = apps.get_model("mfa", "Authenticator").objects.filter(user=person)
    count: int = factors.count()
    factors.delete()
    return count
