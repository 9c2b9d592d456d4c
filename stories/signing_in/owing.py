"""Who owes a second factor: their role asks for one, and they have none yet."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from stories.accounts.second_factors import must_have_second_factor
from stories.models import User


def is_owed(request: HttpRequest) -> bool:
    """True until whoever asks has a second factor, or came from a provider that has asked for one."""
    if not settings.SECOND_FACTOR_ROLES or not isinstance(request.user, User):
        return False
    if settings.OIDC_IS_SECOND_FACTOR and _came_from_provider(request, request.user):
        return False
    return must_have_second_factor(request.user) and not _has_one(request.user)


def _has_one(person: User) -> bool:
    factors = Authenticator.objects.filter(user=person)
    return factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def _came_from_provider(request: HttpRequest, person: User) -> bool:
    records = get_authentication_records(request, person)
    return any(record.get("method") == "socialaccount" for record in records)
