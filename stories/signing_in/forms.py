"""The forms of the door: short labels, and nothing that tells whether an account is there."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from stories.auditing.entries import write_entry
from stories.models import Act
from stories.signing_in.lasting import end_in_time
from stories.signing_in.waiting import guess_at, name_to_tell
from stories.tasks import ask_for_link

#: Of an address of mail (RFC 5321, 4.5.3.1.3).
_LONGEST_LOGIN = 254


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("Name or e-mail address")
        # Whatever is sent is looked for in the database, and compared by its capitals.
        login.validators.append(MaxLengthValidator(_LONGEST_LOGIN))
        login.widget = forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "maxlength": _LONGEST_LOGIN,
            }
        )
        password.help_text = ""
        password.widget.attrs.pop("placeholder", None)

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """The library lets a session go on from each page that writes to it."""
        answer: HttpResponse = super().login(request, redirect_url)
        end_in_time(request)
        return answer


class AskForLinkForm(ResetPasswordForm):
    """Whether there is an account at the address is found out by a worker: here, nothing looks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **_kwargs: Any) -> str:
        email = str(self.cleaned_data["email"])
        write_entry(Act.LINK_ASKED, actor=name_to_tell(email))
        ask_for_link(email)
        return email


class ChangeOwnPasswordForm(ChangePasswordForm):
    """Whoever sits at another's open session guesses at the old password no faster than at the door."""

    def clean_oldpassword(self) -> str:
        with guess_at(self.user.get_username(), context.request) as guess:
            try:
                old: str = super().clean_oldpassword()
            except ValidationError:
                write_entry(Act.SIGN_IN_FAILED, by=self.user, details={"with": "password"})
                raise
            guess.is_right = True
            return old


class ChoosePasswordForm(ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("Once more")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
