"""Writing an entry: with the act, in its transaction, by whoever acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import override

from stories.auditing.whereabouts import client_address, shortened
from stories.models import Act, AuditEntry, User
from stories.models.history import acting_label

#: What is longer is no detail.
_LONGEST_DETAIL = 300


@dataclass(frozen=True, slots=True)
class _Asking:
    """Whose request is being answered, and where it came from."""

    request: Any

    @property
    def person(self) -> User | None:
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None


_asking: ContextVar[_Asking | None] = ContextVar("asking", default=None)


@contextmanager
def asked_by(request: Any) -> Iterator[None]:
    """Entries written inside say who sent this request, and from where."""
    token = _asking.set(_Asking(request))
    try:
        yield
    finally:
        _asking.reset(token)


def write_entry(
    act: Act,
    *,
    by: User | AnonymousUser | None = None,
    on: models.Model | None = None,
    words: str = "",
    actor: str = "",
    details: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> AuditEntry:
    """Write down that it was done. `details` tell before and after: never a secret, never a draft's words.

    Who is not named is whoever sent the request; where nobody did, what acts is named: a command, a task.
    """
    asking = _asking.get()
    person = by if isinstance(by, User) else None if actor else (asking.person if asking else None)
    address = client_address(asking.request) if asking else ""
    at = now or timezone.now()
    return AuditEntry.objects.create(
        at=at,
        act=act,
        person=person,
        actor=(actor or (person.get_username() if person else "") or _nobody(asking))[:150],
        address=address,
        network=shortened(address),
        object_kind=on._meta.model_name or "" if on else "",
        object_key=str(on.pk or "") if on else "",
        object_words=(words or (called(on) if on else ""))[:300],
        details={name: _brief(value) for name, value in (details or {}).items()},
        kept_until=_kept_until(at),
    )


def called(on: models.Model) -> str:
    """What it is called, without words that nobody has published: of a story its address, of a person the account."""
    story = getattr(on, "article", None)
    with override(None):
        if story is not None:
            return f"{story.slug}, {on._meta.verbose_name} {getattr(on, 'number', on.pk)}"
        return on.get_username() if isinstance(on, User) else str(getattr(on, "slug", "") or on)


def called_many(model: type[models.Model]) -> str:
    with override(None):
        return str(model._meta.verbose_name_plural)


def changed(before: Any, after: Any) -> str:
    """How a detail tells a change."""
    return f"{_word(before)} → {_word(after)}"


def forget(*, now: datetime) -> None:
    """Full addresses go after AUDIT_ADDRESS_DAYS, entries after AUDIT_KEPT_DAYS where that is set."""
    AuditEntry.objects.forget_addresses(before=now - timedelta(days=settings.AUDIT_ADDRESS_DAYS))
    AuditEntry.objects.drop_expired(now=now)


def _nobody(asking: _Asking | None) -> str:
    return acting_label() or ("somebody" if asking else "command")


def _kept_until(at: datetime) -> datetime | None:
    days = settings.AUDIT_KEPT_DAYS
    return at + timedelta(days=days) if days else None


def _brief(value: Any) -> Any:
    if isinstance(value, bool | int) or value is None:
        return value
    text = str(value)
    return text if len(text) <= _LONGEST_DETAIL else f"{text[: _LONGEST_DETAIL - 1]}…"


def _word(value: Any) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(sorted(map(str, value))) or "–"
    return "–" if value in (None, "") else str(value)
