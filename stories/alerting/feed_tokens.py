"""The key to a person's private feed: shown once, kept as a digest, void as soon as it is replaced or revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from stories.auditing.entries import write_entry
from stories.models import FeedToken, User
from stories.models.acts import Act

TOKEN_BYTES = 32


@transaction.atomic
def make_token(person: User, *, now: datetime) -> str:
    """A new one, in place of any that there was."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    FeedToken.objects.update_or_create(
        person=person, defaults={"digest": _digest_of(token), "created_at": now}
    )
    write_entry(Act.TOKEN_MADE, by=person, words="private feed", now=now)
    return token


@transaction.atomic
def revoke_token(person: User) -> None:
    if FeedToken.objects.filter(person=person).delete()[0]:
        write_entry(Act.TOKEN_REVOKED, by=person, words="private feed")


def person_of_token(token: str) -> User | None:
    """Whose feed it opens; None for a wrong, a replaced or a revoked one, and for who left or has no role now.

    Nothing is compared letter by letter: a digest is looked up, and how long that takes tells nothing of the token.
    """
    found = FeedToken.objects.filter(digest=_digest_of(token)).select_related("person").first()
    return found.person if found and found.person.can_use_desk else None


def _digest_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
