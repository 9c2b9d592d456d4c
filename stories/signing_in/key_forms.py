"""The forms that take what a security key has signed, as a browser's script sends it: in JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal.auth import parse_authentication_response
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class SignedByKeyField(forms.JSONField):
    """JSON that is nested deeper than can be read is no answer of a key, and no fault of ours either."""

    def __init__(self) -> None:
        super().__init__(required=True, widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class SignedForUs(forms.Form):
    """A browser lets each host below ours ask for our keys, and says which it was (WebAuthn Level 2, 7.2, step 13).

    Whoever has such a host could otherwise have a key sign there what opens an account here.
    """

    def clean_credential(self) -> Any:
        response = parse_authentication_response(self.cleaned_data["credential"]).response
        if _host_of(response.client_data.origin) != _host_of(f"//{context.request.get_host()}"):
            raise ValidationError(_("This key was asked for by another site."))
        return super().clean_credential()  # type: ignore[misc]


class AddKeyForm(AddWebAuthnForm):
    credential = SignedByKeyField()


class KeyAsSecondStepForm(SignedForUs, AuthenticateWebAuthnForm):
    credential = SignedByKeyField()


class PasskeyForm(SignedForUs, LoginWebAuthnForm):
    credential = SignedByKeyField()


class ConfirmByKeyForm(SignedForUs, ReauthenticateWebAuthnForm):
    credential = SignedByKeyField()


def _host_of(origin: str) -> str | None:
    """Without the port, which a proxy may leave out; nothing where there is none."""
    try:
        return urlsplit(origin).hostname
    except ValueError:
        return None
