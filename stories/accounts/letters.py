"""Letters about an account: the link to choose a password, and what was changed. Written by a worker.

Whoever asks for a link learns nothing from how long the answer takes: known or not, the asking is the same.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.http import int_to_base36

from stories.models import User

logger = logging.getLogger(__name__)

#: Each has email/account_<kind>.txt, whose first line is its subject.
INVITATION, LINK, NOTICE = "invitation", "link", "notice"


def password_link(person: User) -> str:
    """Works once, and PASSWORD_LINK_HOURS long: it is void once the password or the address of mail is another."""
    words = {"uidb36": int_to_base36(person.pk), "key": default_token_generator.make_token(person)}
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=words)


def people_at(email: str) -> list[User]:
    """Who may have a link sent to this address: people with an account in use."""
    return list(User.objects.filter(email__iexact=email.strip(), is_active=True).exclude(email=""))


def write_link(person: User, kind: str) -> EmailMultiAlternatives:
    return _write(
        person, kind, {"link": password_link(person), "hours": settings.PASSWORD_RESET_TIMEOUT // 3600}
    )


def write_notice(person: User, what: str) -> EmailMultiAlternatives:
    """Tells somebody what was changed in their account, in a sentence."""
    return _write(person, NOTICE, {"what": what, "account": f"{settings.SITE_URL}{reverse('mfa_index')}"})


def _write(person: User, kind: str, facts: dict[str, object]) -> EmailMultiAlternatives:
    with translation.override(language_of(person)):
        words = {"person": person, "newsroom": settings.NEWSROOM_NAME, **facts}
        subject, _, body = render_to_string(f"email/account_{kind}.txt", words).strip().partition("\n")
    return EmailMultiAlternatives(subject.strip(), body.strip() + "\n", to=[person.email])


def language_of(person: User) -> str:
    preferences = getattr(person, "preferences", None)
    return getattr(preferences, "language", "") or settings.HOUSE_LANGUAGE
