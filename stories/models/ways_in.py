"""What lets a person in, or hands out what is theirs, without asking for a password."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from stories.models.feed_token import FeedToken


def close_ways_in(people: Collection[int]) -> None:
    """Whoever is signed in as one of them, in whichever browser, is so no longer; no address opens their feed."""
    lasting = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
    # What is in a session is known to whoever decodes it alone, so no query finds them.
    keys = {str(person) for person in people}
    theirs = [row.pk for row in lasting if row.get_decoded().get(SESSION_KEY) in keys]
    Session.objects.filter(pk__in=theirs).delete()
    FeedToken.objects.filter(person__in=people).delete()
