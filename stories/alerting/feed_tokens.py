"""The key to a person's private feed: shown once, kept as a digest, void as soon as it is replaced or revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from stories.models import FeedToken, User

TOKEN_BYTES = 32


def make_token(person: User, *, now: datetime) -> str:
    """A new one, in place of any that there was."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    FeedToken.objects.update_or_create(
        person=person, defaults={"digest": _digest_of(token), "created_at": now}
    )
    return token


def revoke_token(person: User) -> None:
    FeedToken.objects.filter(person=person).delete()


def person_of_token(token: str) -> User | None:
    """Whose feed it opens; None for a wrong, a replaced or a revoked one, and for who left or has no role now.

    Nothing is compared letter by letter: a digest is looked up, and how long that takes tells nothing of the token.
    """
    found = FeedToken.objects.filter(digest=_digest_of(token)).select_related("person").first()
    return found.person if found and found.person.can_use_desk else None


def _digest_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
