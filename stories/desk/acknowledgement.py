"""What a person is told right after an answer, with the button that takes it back."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from stories.models import Alert, User
from stories.models.words import AlertState


def acknowledge(request: HttpRequest, alerts: Sequence[Alert], *, person: User, view: str = "") -> None:
    """Say what was noted of these alerts, which have one and the same answer; `view` is where undoing leads back."""
    if not alerts:
        return
    context = {"alerts": alerts, "view": view, "said": _said(alerts, person)}
    messages.success(request, render_to_string("desk/_noted.html", context, request))


def say_what_was_kept(request: HttpRequest, *, is_whole: bool) -> None:
    """After an answer was taken back: say so where not all that it had changed is as it was before."""
    if not is_whole:
        messages.warning(
            request,
            _("What the answer had changed was changed by somebody since, and stays as they left it."),
        )


def _said(alerts: Sequence[Alert], person: User) -> str:
    answer = alerts[0].get_state_display()
    if len(alerts) > 1:
        return _("Noted of %(count)s alerts: %(answer)s.") % {"count": len(alerts), "answer": answer}
    if alerts[0].state == AlertState.NEEDS_UPDATE and not person.can_publish:
        return _("Noted: needs an update. The editors see it too.")
    return _("Noted: %(answer)s.") % {"answer": answer}
