"""The forms that take what a security key has signed, as a browser's script sends it: in JSON."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError


class SignedByKeyField(forms.JSONField):
    """JSON that is nested deeper than can be read is no answer of a key, and no fault of ours either."""

    def __init__(self) -> None:
        super().__init__(required=True, widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class AddKeyForm(AddWebAuthnForm):
    credential = SignedByKeyField()


class KeyAsSecondStepForm(AuthenticateWebAuthnForm):
    credential = SignedByKeyField()


class PasskeyForm(LoginWebAuthnForm):
    credential = SignedByKeyField()


class ConfirmByKeyForm(ReauthenticateWebAuthnForm):
    credential = SignedByKeyField()
