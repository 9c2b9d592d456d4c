"""Stopping alert mail by the address that each letter carries: nobody signs in, and looking at it stops nothing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stories.alerting.unsubscribing import resume_mail, stop_mail, subscription_of

ONE_CLICK = ("List-Unsubscribe", "One-Click")


# The signature in the address stands for the log-in and for the form's own token (RFC 8058, section 3.1).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A page that asks; stopped by a POST alone, since scanners of mail follow every link (RFC 8058, section 1)."""
    subscription = subscription_of(token)
    if subscription is None:
        raise Http404("No such address.")
    name, value = ONE_CLICK
    if request.POST.get(name) == value:
        stop_mail(subscription)
    elif "resume" in request.POST:
        resume_mail(subscription)
    context = {"subscription": subscription, "hearing_address": reverse("desk_endpoints")}
    response = render(request, "desk/unsubscribe.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
