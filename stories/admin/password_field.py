"""Of somebody's password, whether there is one: how it is kept, and how that begins, is of use to nobody here."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import is_password_usable
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.forms import UnfoldReadOnlyPasswordHashWidget, UserChangeForm


class _WhetherThereIsOne(UnfoldReadOnlyPasswordHashWidget):
    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        is_there = value and is_password_usable(value)
        context["summary"] = [{"label": _("There is one.") if is_there else _("There is none.")}]
        return context


#: In the words of the newsroom: label, and what it does.
SAID = {
    "is_active": (
        gettext_lazy("Active"),
        gettext_lazy("If off, nobody can sign in with the account. What the person wrote stays."),
    ),
    "is_staff": (
        gettext_lazy("Works in the admin"),
        gettext_lazy("Editors and chiefs have it by their role."),
    ),
    "groups": (
        gettext_lazy("Roles"),
        gettext_lazy(
            "Reporters have the desk, editors edit and publish, chiefs also approve and manage accounts."
        ),
    ),
}


class PersonForm(UserChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in SAID.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, help_text
        if "password" in self.fields:
            self.fields["password"].widget = _WhetherThereIsOne()
