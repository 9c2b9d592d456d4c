"""Making an account: nobody chooses a password for somebody else. And what the audit log hears of a change to one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import BaseUserCreationForm
from django.forms import ModelForm

from stories.admin.password_field import SAID
from stories.auditing.entries import changed, write_entry
from stories.models import Act, User
from stories.models.user import CHIEFS, EDITORS

_TOLD = ("username", "first_name", "last_name", "email", "is_staff", "is_superuser")


class InvitationForm(ModelForm):
    """The person chooses the password, by the link that they are sent."""

    class Meta:
        model = User
        fields = ("username", "email", "first_name", "last_name", "groups")
        field_classes = BaseUserCreationForm.Meta.field_classes
        labels = {"groups": SAID["groups"][0]}
        help_texts = {"groups": SAID["groups"][1]}

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        person: User = super().save(commit)
        return person


def give_the_admin_to_editors(person: User) -> bool:
    """Whose role works in the admin is let in; tell who was not before."""
    is_new = not person.is_staff and person.groups.filter(name__in=[EDITORS, CHIEFS]).exists()
    if is_new:
        person.is_staff = True
        person.save(update_fields=["is_staff"])
    return is_new


def facts_in_form(form: Any) -> dict[str, str]:
    """What a form changes in the account's own row."""
    return {
        name: changed(form.initial.get(name, ""), form.cleaned_data[name])
        for name in form.changed_data
        if name in _TOLD
    } | ({"is_active": str(form.cleaned_data["is_active"])} if "is_active" in form.changed_data else {})


def facts_before(person: User) -> set[str]:
    """The roles, which are saved after the row."""
    return set(person.groups.values_list("name", flat=True))


def write_changes(person: User, *, before: set[str] | None, told: dict[str, str]) -> None:
    """Write down what a form changed, and let in whom a new role lets in."""
    if before is None:
        write_entry(Act.PERSON_MADE, on=person)
        before = set()
    active = told.pop("is_active", None)
    if active is not None:
        write_entry(Act.PERSON_REACTIVATED if active == "True" else Act.PERSON_DEACTIVATED, on=person)
    if told:
        write_entry(Act.PERSON_CHANGED, on=person, details=told)
    if (after := facts_before(person)) != before:
        details = {"roles": changed(before, after)}
        if give_the_admin_to_editors(person):
            details["is_staff"] = changed(False, True)
        write_entry(Act.ROLES_CHANGED, on=person, details=details)
