"""Sending a delivery once more, from the page of its alert."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stories.alerting.resend import ResendRefusedError, resend_delivery
from stories.desk.doors import person_of
from stories.models import Alert, Delivery
from stories.tasks import ask_to_deliver


@login_required
@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """For editors; to anybody else a delivery that is not of their own alerts does not exist."""
    person = person_of(request)
    seen = Delivery.objects.filter(alert__in=Alert.objects.visible_to(person)).select_related("alert")
    delivery = get_object_or_404(seen, pk=pk)
    if not person.can_publish:
        raise PermissionDenied
    try:
        resend_delivery(delivery, by=person, now=timezone.now())
    except ResendRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(delivery.alert)
    ask_to_deliver(delivery.pk)
    messages.success(request, _("It goes out once more, as the same message."))
    return redirect(delivery.alert)
