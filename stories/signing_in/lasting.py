"""How long somebody stays signed in: some hours from the moment they came in, whatever they do meanwhile.

ASVS 4.0, 3.3.2: they are asked again after twelve hours also where they work all the time.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest


def end_in_time(request: HttpRequest) -> None:
    request.session.set_expiry(timedelta(seconds=settings.SESSION_COOKIE_AGE))
