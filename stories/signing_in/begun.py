"""Who signs in by two steps ends as who they began: with the same password, and with an account that is open.

The first step is worth what it was worth when the second ends: a password that was changed in between opens nothing.
"""

from __future__ import annotations

from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from stories.auditing.entries import write_entry
from stories.models import Act

_BEGUN_AS = "signing_in_begun_as"


def begin(request: HttpRequest, person: AbstractBaseUser) -> None:
    request.session[_BEGUN_AS] = person.get_session_auth_hash()


def refuse_what_began_otherwise(request: HttpRequest, person: AbstractBaseUser) -> None:
    """Raises ImmediateHttpResponse, which leads back to the beginning."""
    begun_as = str(request.session.pop(_BEGUN_AS, ""))
    if person.is_active and constant_time_compare(begun_as, person.get_session_auth_hash()):
        return
    clear_login(request)
    write_entry(Act.SIGN_IN_FAILED, actor=person.get_username(), on=person, details={"with": "second factor"})
    messages.error(request, _("Your account was changed while you were signing in. Start again."))
    raise ImmediateHttpResponse(redirect("account_login"))
