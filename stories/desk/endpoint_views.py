"""A person's webhooks and chat services: fetch, call, render. Nobody sees another's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stories.alerting.channels.chat_services import SERVICES
from stories.alerting.channels.errors import DeliveryFailedError
from stories.alerting.endpoints import (
    add_chat,
    add_webhook,
    change_endpoint,
    kind_of,
    remove_endpoint,
    replace_secret,
    send_test,
    service_of,
    shown_address,
)
from stories.alerting.pausing import pause_endpoint, resume_endpoint, resume_mailbox
from stories.alerting.preferences import preferences_of
from stories.desk.doors import person_of
from stories.desk.endpoint_form import ChatForm, EndpointForm, WebhookForm
from stories.models import Endpoint, User
from stories.models.words import Channel

WEBHOOK = "webhook"
#: A test goes to somebody else's server: not more often than this.
SECONDS_BETWEEN_TESTS = 3
_SHOWN_ONCE = "secret-shown-once"


@login_required
@require_safe
def endpoints(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    rows = [_row(endpoint) for endpoint in Endpoint.objects.filter(person=person)]
    context = {"rows": rows, "preferences": preferences_of(person), "services": SERVICES.values()}
    return render(request, "desk/endpoints.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, service: str) -> HttpResponse:
    """A form for the service, whose secret, where it has one, is shown on the page that follows, once."""
    person = person_of(request)
    form = _form(request, person=person, service=service)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if service == WEBHOOK:
            endpoint = add_webhook(person, name=name, address=form.address)
            _show_once(request, endpoint, endpoint.secret)
        else:
            endpoint = add_chat(person, name=name, service=SERVICES[service], values=form.cleaned_data)
        messages.success(
            request,
            _("“%(endpoint)s” is added. Send a test to see whether it arrives.")
            % {"endpoint": endpoint.name},
        )
        return redirect("desk_endpoint", pk=endpoint.pk)
    context = {"form": form, "service": SERVICES.get(service), "is_new": True}
    return render(request, "desk/endpoint_form.html", context)


@login_required
@require_safe
def endpoint(request: HttpRequest, pk: int) -> HttpResponse:
    found = _endpoint_for(person_of(request), pk)
    return render(request, "desk/endpoint.html", {**_row(found), "secret": _shown_once(request, found)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    found = _endpoint_for(person, pk)
    service = service_of(found)
    form = _form(request, person=person, service=service.key if service else WEBHOOK, endpoint=found)
    if request.method == "POST" and form.is_valid():
        change_endpoint(found, name=form.cleaned_data["name"], address=form.address)
        messages.success(request, _("Changed. Send a test to see whether it arrives."))
        return redirect("desk_endpoint", pk=found.pk)
    context = {"form": form, "service": service, "is_new": False, "endpoint": found}
    return render(request, "desk/endpoint_form.html", context)


@login_required
@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Send something now, and say what the other side really answered."""
    found = _endpoint_for(person_of(request), pk)
    if not cache.add(f"endpoint-test-{found.pk}", True, timeout=SECONDS_BETWEEN_TESTS):
        messages.error(request, _("The last test has only just gone out. Wait a few seconds."))
        return redirect("desk_endpoint", pk=found.pk)
    try:
        answer = send_test(found, now=timezone.now())
    except DeliveryFailedError as failure:
        messages.error(request, _("The test did not arrive. %(failure)s") % {"failure": failure})
    else:
        messages.success(request, _("The test has arrived. %(answer)s") % {"answer": answer})
    return redirect("desk_endpoint", pk=found.pk)


@login_required
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    found = _endpoint_for(person_of(request), pk)
    pause_endpoint(found, now=timezone.now())
    messages.success(
        request,
        _("“%(found)s” is paused: nothing is sent there until you resume it.") % {"found": found.name},
    )
    return redirect("desk_endpoint", pk=found.pk)


@login_required
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    found = _endpoint_for(person_of(request), pk)
    resume_endpoint(found)
    messages.success(
        request,
        _("“%(found)s” is in use again. What came up meanwhile is at the desk.") % {"found": found.name},
    )
    return redirect("desk_endpoint", pk=found.pk)


@login_required
@require_POST
def new_secret(request: HttpRequest, pk: int) -> HttpResponse:
    found = _endpoint_for(person_of(request), pk)
    if found.channel != Channel.WEBHOOK:
        raise Http404("A chat service has no secret of ours.")
    _show_once(request, found, replace_secret(found))
    messages.success(request, _("The old secret no longer works. This is the new one."))
    return redirect("desk_endpoint", pk=found.pk)


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = _endpoint_for(person_of(request), pk)
    remove_endpoint(found)
    messages.success(request, _("“%(found)s” is removed.") % {"found": found.name})
    return redirect("desk_endpoints")


@login_required
@require_POST
def resume_email(request: HttpRequest) -> HttpResponse:
    resume_mailbox(person_of(request))
    messages.success(request, _("E-mail is in use again. What came up meanwhile is at the desk."))
    return redirect("desk_endpoints")


def _endpoint_for(person: User, pk: int) -> Endpoint:
    return get_object_or_404(Endpoint.objects.select_related("person"), person=person, pk=pk)


def _form(
    request: HttpRequest, *, person: User, service: str, endpoint: Endpoint | None = None
) -> EndpointForm:
    said = request.POST if request.method == "POST" else None
    if service == WEBHOOK:
        return WebhookForm(said, person=person, endpoint=endpoint)
    if service not in SERVICES:
        raise Http404("No such service.")
    return ChatForm(said, person=person, endpoint=endpoint, service=SERVICES[service])


def _row(endpoint: Endpoint) -> dict[str, Any]:
    return {"endpoint": endpoint, "kind": kind_of(endpoint), "address": shown_address(endpoint)}


def _show_once(request: HttpRequest, endpoint: Endpoint, secret: str) -> None:
    request.session[_SHOWN_ONCE] = [endpoint.pk, secret]


def _shown_once(request: HttpRequest, endpoint: Endpoint) -> str:
    """The secret that the page before has left for this one."""
    pk, secret = request.session.get(_SHOWN_ONCE) or (None, "")
    if pk != endpoint.pk or request.method != "GET":
        return ""
    del request.session[_SHOWN_ONCE]
    return str(secret)
