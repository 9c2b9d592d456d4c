"""What lets a person in, or hands out what is theirs, without asking for a password."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from stories.models.feed_token import FeedToken


def close_ways_in(people: Collection[int]) -> None:
    """Whoever is signed in as one of them, in whichever browser, is so no longer; no address opens their feed."""
    Session.objects.filter(pk__in=[row.pk for row in sessions_of(people)]).delete()
    FeedToken.objects.filter(person__in=people).delete()


def sessions_of(people: Collection[int]) -> Iterator[Session]:
    """Those that last, of each browser. What is in one is known to whoever decodes it alone: no query finds them."""
    keys = {str(person) for person in people}
    for row in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if row.get_decoded().get(SESSION_KEY) in keys:
            yield row
