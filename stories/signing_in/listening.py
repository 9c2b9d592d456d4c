"""Second factors that come and go are in the audit log, with whatever made them come or go, in its transaction."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from stories.auditing.entries import write_entry
from stories.models import Act, User

_CODES = Authenticator.Type.RECOVERY_CODES


@receiver(post_save, sender=Authenticator)
def _added(instance: Authenticator, created: bool, **_signal: Any) -> None:
    if created:
        act = Act.CODES_MADE if instance.type == _CODES else Act.FACTOR_ADDED
        write_entry(act, on=instance.user, details={"factor": instance.type})


@receiver(post_delete, sender=Authenticator)
def _removed(instance: Authenticator, **_signal: Any) -> None:
    """Codes go with the last factor, or give way to new ones."""
    if instance.type != _CODES:
        write_entry(Act.FACTOR_REMOVED, on=instance.user, details={"factor": instance.type})


@receiver(authentication_failed)
def _failed(user: User, **_signal: Any) -> None:
    write_entry(Act.SIGN_IN_FAILED, actor=user.get_username(), on=user, details={"with": "second factor"})
