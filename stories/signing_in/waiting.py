"""How a page says that a guess has to wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories.accounts.devices import device_of
from stories.accounts.patience import TooSoon, Turn, give_back, take_turn
from stories.auditing.entries import write_entry
from stories.auditing.whereabouts import client_address
from stories.models import Act, AuditEntry, User


@dataclass
class Guess:
    """Whoever looks at it says whether it was right."""

    turn: Turn
    is_right: bool = False


@contextmanager
def guess_at(name: str, request: HttpRequest, *, device_name: str = "") -> Iterator[Guess]:
    """Count a guess at `name` before it is looked at. Raises ValidationError, with words, where it has to wait.

    Somebody is counted once, whether guessed at by name or by address of mail.
    """
    now = timezone.now()
    name = username_of(name) or name
    device = device_of(request, device_name or name)
    try:
        guess = Guess(take_turn(name, address=client_address(request), device=device, now=now))
    except TooSoon as soon:
        _write_delay(name_to_tell(device_name or name), request, until=soon.until, now=now)
        raise ValidationError(_wait_words(soon.until, now=now), code="too_soon") from soon
    yield guess
    if guess.is_right:
        give_back(guess.turn, now=timezone.now())


def _write_delay(actor: str, request: HttpRequest, *, until: datetime, now: datetime) -> None:
    """Once a minute for a name and an address: what costs no guess would fill the log without end."""
    lately = AuditEntry.objects.filter(at__gt=now - timedelta(minutes=1), act=Act.SIGN_IN_DELAYED)
    if not lately.filter(actor=actor, address=client_address(request)).exists():
        write_entry(Act.SIGN_IN_DELAYED, actor=actor, details={"until": until}, now=now)


def name_to_tell(typed: str) -> str:
    """Whose account it is; of no account nothing is told, because people type passwords into the wrong field."""
    return username_of(typed) or "an unknown name"


def username_of(typed: str) -> str:
    """Of whoever signs in by this name or address of mail; empty where nobody does."""
    theirs = Q(username__iexact=typed) | Q(email__iexact=typed)
    found = User.objects.filter(theirs).exclude(username="").order_by("pk").first() if typed else None
    return found.get_username() if found else ""


def _wait_words(until: datetime, *, now: datetime) -> str:
    seconds = max(ceil((until - now).total_seconds()), 1)
    if seconds < 60:
        wait = ngettext("Try again in %(count)s second", "Try again in %(count)s seconds", seconds)
        return _("There were too many wrong guesses. %(wait)s, or ask for a link by e-mail.") % {
            "wait": wait % {"count": seconds}
        }
    minutes = ceil(seconds / 60)
    wait = ngettext("Try again in %(count)s minute", "Try again in %(count)s minutes", minutes)
    return _("There were too many wrong guesses. %(wait)s, or ask for a link by e-mail.") % {
        "wait": wait % {"count": minutes}
    }
