"""Second factors from outside: removed from who lost them all, encrypted, and never read."""

from __future__ import annotations

import base64
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings

from stories.models import User


def remove_factors(person: User) -> int:
    """All of them, recovery codes with them; how many there were."""
    factors = apps.get_model("mfa", "Authenticator").objects.filter(user=person)
    count: int = factors.count()
    factors.delete()
    return count


def cipher() -> MultiFernet:
    """Encrypts under SECRET_KEY, and reads what was encrypted under one of SECRET_KEY_FALLBACKS too."""
    return MultiFernet([_cipher_of(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def people_locked_out() -> list[str]:
    """The names of those whose second factor was encrypted under a key that is not at hand."""
    factors = apps.get_model("mfa", "Authenticator").objects.select_related("user").order_by("user__username")
    reader = cipher()
    return list(dict.fromkeys(each.user.username for each in factors if not _can_read(reader, each.data)))


def _can_read(reader: MultiFernet, data: dict[str, object]) -> bool:
    """An app has a secret and recovery codes have a seed; a key of hardware has neither."""
    secrets = [str(data[name]) for name in ("secret", "seed") if name in data]
    try:
        return all(reader.decrypt(secret) for secret in secrets)
    except InvalidToken:
        return False


def _cipher_of(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(f"second factor:{key}".encode()).digest()))
