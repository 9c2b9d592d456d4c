"""In which language a message speaks: its reader's, or a program's."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.conf import settings
from django.utils import translation

from stories.alerting.preferences import preferences_of
from stories.models import Endpoint, User
from stories.models.words import Channel


def language_of(person: User) -> str:
    """What the person chose, or the house's."""
    return preferences_of(person).language or settings.HOUSE_LANGUAGE


def speaking_to(person: User, endpoint: Endpoint | None = None) -> AbstractContextManager[None]:
    """What is composed inside is in the person's language; for a webhook it is in English, as programs read it."""
    is_program = endpoint is not None and endpoint.channel == Channel.WEBHOOK
    return translation.override(settings.LANGUAGE_CODE if is_program else language_of(person))
