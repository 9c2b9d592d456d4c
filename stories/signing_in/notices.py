"""What people are told by mail of changes to their account that they may not have made."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from stories.accounts.letters import language_of
from stories.models import User
from stories.tasks import ask_for_notice

#: By the names that django-allauth has for its letters.
_WORDS = {
    "account/email/password_changed": _("The password of your account was changed."),
    "account/email/password_reset": _("The password of your account was reset with a link sent by e-mail."),
    "mfa/email/totp_activated": _("An authenticator app was added to your account."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed from your account."),
    "mfa/email/webauthn_added": _("A passkey or security key was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey or security key was removed from your account."),
    "mfa/email/recovery_codes_generated": _(
        "New recovery codes were made for your account. The old ones no longer work."
    ),
}


def tell_of_change(person: User, name: str) -> None:
    words = _WORDS.get(name)
    if words is None:
        return
    with override(language_of(person)):
        ask_for_notice(person, str(words))
