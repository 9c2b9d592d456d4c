"""How long somebody stays signed in, some hours from the moment they came in, and what tells them where they are.

ASVS 4.0, 3.3.2: they are asked again after twelve hours also where they work all the time.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from stories.auditing.whereabouts import client_address

#: In the session itself, so that it is forgotten with it.
CAME_IN = "came_in"
_LONGEST_NAME = 300


def note_sign_in(request: HttpRequest) -> None:
    request.session[CAME_IN] = {
        "at": timezone.now().isoformat(),
        "from": client_address(request),
        "with": request.headers.get("User-Agent", "")[:_LONGEST_NAME],
    }
    end_in_time(request)


def end_in_time(request: HttpRequest) -> None:
    request.session.set_expiry(timedelta(seconds=settings.SESSION_COOKIE_AGE))
