"""A session that ended while somebody typed: they sign in, are where they were, and find their words again."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stories.accounts.devices import is_known
from stories.alerting.care import LONGEST_NOTE

_KEPT = "note of a session that ended"
WHOSE = "person"
_LONGEST_KEY = 19
_SIGNED_OUT = _("You had been signed out, so nothing was saved.")
_FOUND_AGAIN = _("Sign in: what you wrote is there again.")
_DO_AGAIN = _("Sign in, and do it again.")


def with_typed_words_kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What is sent without a session is not done: whoever sent it signs in, and goes on from the page before."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or request.user.is_authenticated:
            return view(request, *args, **kwargs)
        note = request.POST.get("note", "").strip()[: LONGEST_NOTE + 1]
        if note:
            keep(request, _KEPT, {"to": _route(request), "note": note})
        messages.warning(request, f"{_SIGNED_OUT} {_FOUND_AGAIN if note else _DO_AGAIN}")
        return redirect_to_login(_page_before(request))

    return keeping


def keep(request: HttpRequest, what: str, words: dict[str, str]) -> None:
    """For whoever the form was shown to. Who never signed in here has it as long as anything: anybody may send it."""
    request.session[what] = {**words, WHOSE: request.POST.get(WHOSE, "")[:_LONGEST_KEY]}
    if is_known(request):
        request.session.set_expiry(settings.SESSION_COOKIE_AGE)


def take_kept(request: HttpRequest, to: str) -> str:
    """What the same person wrote in a form that is sent to this route, once; a colleague's is shown to nobody."""
    kept = request.session.get(_KEPT, {})
    if kept.get("to") != to:
        return ""
    del request.session[_KEPT]
    return str(kept["note"]) if kept[WHOSE] == str(request.user.pk) else ""


def _route(request: HttpRequest) -> str:
    return request.resolver_match.url_name or "" if request.resolver_match else ""


def _page_before(request: HttpRequest) -> str:
    """Never an address that only takes what is sent to it: it would show nothing."""
    match = request.resolver_match
    if match and "/alerts/" in match.route:
        return reverse("desk_alert", kwargs=match.kwargs)
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.get_host():
        return reverse("desk_inbox")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
