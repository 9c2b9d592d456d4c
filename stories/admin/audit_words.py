"""The details of the audit log as people read them: it keeps the words of the machine, which no version renames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from stories.changing.deeds import DEEDS
from stories.models import AuditEntry
from stories.models.told_times import to_the_second
from stories.models.user import role_name
from stories.models.words import IntakeMode, PublicationKind

_NAMES: dict[str, Promise] = {
    "act": pgettext_lazy("in the audit log", "what"),
    "another address": gettext_lazy("another address"),
    "another secret": gettext_lazy("another secret"),
    "asked": gettext_lazy("asked for"),
    "authority": gettext_lazy("authority"),
    "chosen": gettext_lazy("rows chosen"),
    "elsewhere": gettext_lazy("in other browsers"),
    "email": gettext_lazy("e-mail address"),
    "factor": gettext_lazy("second factor"),
    "first_name": gettext_lazy("first name"),
    "from": pgettext_lazy("in the audit log", "out of source"),
    "given": gettext_lazy("may from now on"),
    "into": pgettext_lazy("in the audit log", "into source"),
    "is_staff": gettext_lazy("may come into the admin"),
    "is_superuser": gettext_lazy("may do everything"),
    "keys": gettext_lazy("rows"),
    "kind": gettext_lazy("kind"),
    "last_name": gettext_lazy("last name"),
    "minor": gettext_lazy("minor, without a note"),
    "mode": gettext_lazy("taken in as"),
    "name": gettext_lazy("name"),
    "of": pgettext_lazy("in the audit log", "source"),
    "person": pgettext_lazy("in the audit log", "account"),
    "publish_at": gettext_lazy("to be published"),
    "roles": gettext_lazy("roles"),
    "stories": gettext_lazy("stories"),
    "taken": gettext_lazy("may no longer"),
    "until": pgettext_lazy("in the audit log", "had to wait until"),
    "username": gettext_lazy("user name"),
    "what": pgettext_lazy("in the audit log", "what was taken along"),
    "with": pgettext_lazy("in the audit log", "by"),
}
_FACTORS: dict[str, Promise] = {
    "evidence": gettext_lazy("evidence"),
    "mfa": gettext_lazy("second factor"),
    "password": gettext_lazy("password"),
    "password_reset": gettext_lazy("link by mail"),
    "recovery_codes": gettext_lazy("recovery codes"),
    "second factor": gettext_lazy("second factor"),
    "socialaccount": gettext_lazy("single sign-on"),
    "totp": gettext_lazy("authenticator app"),
    "webauthn": gettext_lazy("passkey or security key"),
}
_VERBS: dict[str, Promise] = {
    "add": gettext_lazy("add %(what)s"),
    "change": gettext_lazy("change %(what)s"),
    "delete": gettext_lazy("delete %(what)s"),
    "view": gettext_lazy("see %(what)s"),
}
#: Permissions that are none of Django's four.
_OF_OURS: dict[str, Promise] = {
    "approve_publication": gettext_lazy("approve as a second person"),
    "publish_article": gettext_lazy("publish stories"),
    "share_savedfilter": gettext_lazy("share filters with all"),
    "takedown_version": gettext_lazy("take down versions"),
    "use_desk": gettext_lazy("use the desk"),
}


def in_words(entry: AuditEntry) -> list[tuple[str, str]]:
    """Each detail by its name, in the language of whoever reads. What has no words here stays as it was told."""
    return [(str(_NAMES.get(name, name)), _value(name, value)) for name, value in entry.details.items()]


def _value(name: str, value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _yes_or_no(value)
    words = _IN_WORDS.get(name)
    return words(str(value)) if words else str(value)


def _yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _deed(told: str) -> str:
    name = told.removeprefix("undo ")
    label = str(DEEDS[name].label).removesuffix("…") if name in DEEDS else name
    return _("undone: %(deed)s") % {"deed": label} if name != told else label


def _moment(told: str) -> str:
    with suppress(ValueError):
        moment = datetime.fromisoformat(told)
        if moment.tzinfo:
            return to_the_second(moment)
    return told


def _one_of(labels: Mapping[str, Any], told: str) -> str:
    return ", ".join(str(labels.get(each, each)) for each in told.split(", "))


def _change(told: str, *, says: Any) -> str:
    return " → ".join(says(each) for each in told.split(" → "))


def _flag(told: str) -> str:
    return {"True": _yes_or_no(True), "False": _yes_or_no(False)}.get(told, told)


def _roles(told: str) -> str:
    return ", ".join(map(role_name, told.split(", ")))


def _may(told: str) -> str:
    """Of what was given or taken, the side that says something."""
    sides = [side for side in told.split(" → ") if side != "–"]
    return "; ".join(_permission(each) for side in sides for each in side.split(", "))


def _permission(codename: str) -> str:
    if codename in _OF_OURS:
        return str(_OF_OURS[codename])
    verb, _sign, noun = codename.partition("_")
    what = dict(_nouns()).get(noun)
    return str(_VERBS[verb]) % {"what": what} if what and verb in _VERBS else codename


def _nouns() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        yield str(model._meta.model_name), str(model._meta.verbose_name_plural)


_IN_WORDS: dict[str, Any] = {
    "act": _deed,
    "factor": partial(_one_of, _FACTORS),
    "given": _may,
    "is_staff": partial(_change, says=_flag),
    "is_superuser": partial(_change, says=_flag),
    "kind": partial(_one_of, dict(PublicationKind.choices)),
    "mode": partial(_one_of, dict(IntakeMode.choices)),
    "publish_at": _moment,
    "taken": _may,
    "until": _moment,
    "roles": partial(_change, says=_roles),
    "what": partial(_one_of, _FACTORS),
    "with": partial(_one_of, _FACTORS),
}
