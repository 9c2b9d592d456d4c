"""What became of an alert, step by step: written once, with what taking a step back needs."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.models.alert import Alert
from stories.models.append_only import AppendOnly
from stories.models.as_seen import LinesField
from stories.models.check import Check
from stories.models.words import AlertEventKind, AlertState


class AlertEvent(AppendOnly):
    """By its source, where there is no actor; `actor_name` is kept when the account goes."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=12, choices=AlertEventKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_name = models.CharField(max_length=150, blank=True)
    note = LinesField(blank=True)
    state_before = models.CharField(max_length=12, choices=AlertState, blank=True)
    state_after = models.CharField(max_length=12, choices=AlertState, blank=True)
    change = models.ForeignKey(
        Check,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="alert_events",
        help_text=_("The check that brought it about."),
    )
    payload = models.JSONField(default=dict, blank=True, help_text=_("What taking it back needs."))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=AlertEventKind.values), name="alert_event_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state_before__in=["", *AlertState.values])
                & models.Q(state_after__in=["", *AlertState.values]),
                name="alert_event_states_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.alert}"
