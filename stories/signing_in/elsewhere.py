"""Where somebody is signed in: each browser with when and from where, and a way to sign out there.

ASVS 4.0, 3.3.4: whoever does so shows once more that it is them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories.auditing.entries import write_entry
from stories.models import Act, User
from stories.models.ways_in import sessions_of
from stories.signing_in.browsers import browser_name
from stories.signing_in.lasting import CAME_IN


@dataclass(frozen=True, slots=True)
class SignIn:
    """`mark` tells it from the others, and opens nothing. Of one from before times were noted, `at` is None."""

    mark: str
    is_here: bool
    at: datetime | None
    until: datetime
    address: str
    browser: str


@login_required
def signed_in(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _sign_out(request)
    found = sorted(_sign_ins(request), key=lambda each: (not each.is_here, -each.until.timestamp()))
    return TemplateResponse(request, "account/signed_in.html", {"sign_ins": found})


def _can_confirm(request: HttpRequest) -> bool:
    """Whoever has no password and no second factor comes by single sign-on alone."""
    return bool(get_adapter().get_reauthentication_methods(request.user))


@reauthentication_required(enabled=_can_confirm)
def _sign_out(request: HttpRequest) -> HttpResponse:
    """In the browser that is named, or in each but this one."""
    person, which = cast(User, request.user), request.POST.get("mark", "")
    others = [row.pk for row in _worth_something(person) if row.pk != request.session.session_key]
    ended = [key for key in others if which in ("", _mark(key))]
    if not ended:
        messages.info(request, _("You were signed out there already."))
        return redirect("account_signed_in")
    with transaction.atomic():
        Session.objects.filter(pk__in=ended).delete()
        write_entry(Act.SIGNED_OUT, by=person, on=person, details={"elsewhere": len(ended)})
    told = ngettext(
        "You are signed out in %(count)s other browser.",
        "You are signed out in %(count)s other browsers.",
        len(ended),
    )
    messages.success(request, told % {"count": len(ended)})
    return redirect("account_signed_in")


def _sign_ins(request: HttpRequest) -> Iterator[SignIn]:
    for row in _worth_something(cast(User, request.user)):
        came_in = row.get_decoded().get(CAME_IN, {})
        yield SignIn(
            mark=_mark(row.pk),
            is_here=row.pk == request.session.session_key,
            at=datetime.fromisoformat(came_in["at"]) if came_in else None,
            until=row.expire_date,
            address=came_in.get("from", ""),
            browser=browser_name(came_in.get("with", "")),
        )


def _worth_something(person: User) -> Iterator[Session]:
    """One from before a new password is worth nothing."""
    worth = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    for row in sessions_of([person.pk]):
        said = row.get_decoded().get(HASH_SESSION_KEY, "")
        if any(constant_time_compare(said, each) for each in worth):
            yield row


def _mark(session_key: str) -> str:
    return sha256(session_key.encode()).hexdigest()[:16]
