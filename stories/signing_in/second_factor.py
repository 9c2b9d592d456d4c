"""A second step after the password: an app's code, a key, a recovery code. Its secrets are kept encrypted."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.accounts.factors import cipher
from stories.accounts.patience import spend
from stories.accounts.second_factors import must_have_second_factor
from stories.models import User
from stories.signing_in.waiting import guess_at


class NewsroomFactors(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is wrong, or was used already."),
        "cannot_delete_authenticator": _(
            "Your role requires a second step. Add another first, then remove this one."
        ),
    }

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 - as it is called
        count = Authenticator.objects.filter(user=user.pk, type=type).count()
        return gettext("Key %(number)s") % {"number": count + 1}

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ValidationError where it was encrypted under a SECRET_KEY that is not among SECRET_KEY_FALLBACKS."""
        try:
            return cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise ValidationError(
                _("The newsroom’s key has changed since this was set up. Ask a chief to remove it.")
            ) from error

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user_id).exclude(pk=authenticator.pk)
        is_last = not others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return not (is_last and must_have_second_factor(authenticator.user))


class _CountedGuesses:
    """Codes are guessed at no faster than passwords."""

    user: User

    def clean_code(self) -> str:
        name = f"code of {self.user.pk}"
        with guess_at(name, context.request, device_name=self.user.get_username()) as guess:
            code: str = super().clean_code()  # type: ignore[misc]
            # The library remembers in the cache, which may be this process's own.
            if not spend(f"{self.user.pk} {normalize_user_code(code)}", now=timezone.now()):
                self._emit_authentication_failed(self.authenticator)  # type: ignore[attr-defined]
                raise NewsroomFactors().validation_error("incorrect_code")
            guess.is_right = True
            return code


class CodeForm(_CountedGuesses, AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self)


class ConfirmCodeForm(_CountedGuesses, ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self)


def _dress(form: Any) -> None:
    form.label_suffix = ""
    field = form.fields["code"]
    field.label = _("Code")
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"inputmode": "numeric", "autofocus": True}
