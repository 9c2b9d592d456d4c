"""What our door does otherwise than django-allauth's: nobody signs up, guesses wait, letters go out by a worker."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from stories.accounts.devices import remember
from stories.auditing.entries import write_entry
from stories.auditing.whereabouts import client_address
from stories.models import Act, User
from stories.signing_in.begun import begin, refuse_what_began_otherwise
from stories.signing_in.lasting import note_sign_in
from stories.signing_in.notices import tell_of_change
from stories.signing_in.waiting import guess_at, name_to_tell

_WRONG = _("This name and password do not match.")


class NewsroomAccounts(DefaultAccountAdapter):
    # One sentence whatever was typed: whether there is such an account is not told.
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "incorrect_password": _("That is not your password."),
        "incorrect_code": _("That code is wrong, or was used already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "0.0.0.0"  # noqa: S104 - nobody listens there

    def is_safe_url(self, url: str | None) -> bool:
        """Only of this host: of those that the server answers to, others may be somebody else's."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Raises ValidationError, before the password is looked at, where the guess has to wait."""
        name = str(credentials.get("username") or credentials.get("email") or "")
        with guess_at(name, request) as guess:
            person: AbstractBaseUser | None = super().authenticate(request, **credentials)
            guess.is_right = person is not None
            return person

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Ours are counted elsewhere, where every process sees them."""

    def _rollback_login_failed_rl_usage(self) -> None:
        """See above."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        name = str(credentials.get("username") or credentials.get("email") or "")
        write_entry(Act.SIGN_IN_FAILED, actor=name_to_tell(name), details={"with": "password"})

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse | None:
        refused: HttpResponse | None = super().pre_login(request, user, **more)
        if not refused:
            begin(request, user)
        return refused

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        refuse_what_began_otherwise(request, user)
        self._let_in(request, user)

    @transaction.atomic
    def _let_in(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        note_sign_in(request)
        if isinstance(user, User):
            write_entry(Act.SIGNED_IN, by=user, on=user, details={"with": _methods(request)})

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **more)
        if isinstance(user, User):
            remember(request, response, user)
        return response

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            write_entry(Act.SIGNED_OUT, by=request.user, on=request.user)
        super().logout(request)

    @transaction.atomic
    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        super().set_password(user, password)
        if isinstance(user, User):
            write_entry(Act.PASSWORD_CHANGED, by=user, on=user)

    def send_notification_mail(self, template_prefix: str, user: Any, *_args: Any, **_more: Any) -> None:
        """By a worker, and in our words."""
        tell_of_change(user, template_prefix)


def _methods(request: HttpRequest) -> str:
    from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY

    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return ", ".join(str(record.get("type") or record.get("method")) for record in records)
