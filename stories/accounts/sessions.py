"""Who is signed in as somebody, in which browser whatever, is so no longer."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from stories.models import User


def end_sessions(person: User) -> None:
    """Also those that would be good again as soon as a closed account is opened again."""
    lasting = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
    # What is in a session is known to whoever decodes it alone, so no query finds them.
    theirs = [row.pk for row in lasting if row.get_decoded().get(SESSION_KEY) == str(person.pk)]
    Session.objects.filter(pk__in=theirs).delete()
