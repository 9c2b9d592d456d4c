"""A person's private feed, and the page on which they make, replace and revoke its address."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.http import ConditionalGetMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import decorator_from_middleware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stories.alerting.feed_tokens import make_token, person_of_token, revoke_token
from stories.alerting.language import speaking_to
from stories.desk.alert_feed import CONTENT_TYPE, alert_feed
from stories.desk.doors import person_of
from stories.models import FeedToken

_SHOWN_ONCE = "feed-shown-once"
_conditional: Any = decorator_from_middleware(ConditionalGetMiddleware)


@require_safe
@_conditional
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """For feed readers, which cannot sign in: the address is the key, so nobody keeps it, lists it or passes it on."""
    person = person_of_token(token)
    if person is None:
        raise Http404("No such feed.")
    with speaking_to(person):
        page = alert_feed(person, address=_address(token))
    response = HttpResponse(page, content_type=CONTENT_TYPE)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def feed_settings(request: HttpRequest) -> HttpResponse:
    """The address is shown on the page that follows its making, once."""
    person = person_of(request)
    if request.method == "POST":
        if "revoke" in request.POST:
            revoke_token(person)
            messages.success(request, _("The old address no longer works."))
        else:
            request.session[_SHOWN_ONCE] = make_token(person, now=timezone.now())
        return redirect("desk_feed_settings")
    token = request.session.pop(_SHOWN_ONCE, "") if request.method == "GET" else ""
    found = FeedToken.objects.filter(person=person).first()
    context = {"feed_token": found, "address": _address(token) if token and found else ""}
    return render(request, "desk/feed.html", context)


def _address(token: str) -> str:
    return settings.SITE_URL + reverse("desk_feed", args=[token])
