"""When and where a person wants to hear: the hours, the days, and for each gravity and channel how soon."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models.endpoint import Endpoint
from stories.models.words import CHOSEN_TIMINGS, Gravity, Timing, Weekday


def check_zone(name: str) -> None:
    """Raise ValidationError for what is no IANA time zone."""
    if name not in available_timezones():
        raise ValidationError(gettext("That is no time zone: it is one like Europe/Berlin."))


class Preferences(models.Model):
    """One row a person; nobody needs one. All hours are those of the person's zone."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences"
    )
    time_zone = models.CharField(
        max_length=50, blank=True, validators=[check_zone], help_text=_("Empty: the newsroom’s.")
    )
    language = models.CharField(max_length=12, blank=True, help_text=_("Empty: the newsroom’s."))
    is_on_duty = models.BooleanField(
        _("on duty"), default=False, help_text=_("For editors: to hear of what is grave in any story.")
    )
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    grave_breaks_quiet = models.BooleanField(
        _("what is grave may break quiet hours"),
        default=True,
        help_text=_("A passage altered or missing, a source gone."),
    )
    paused_until = models.DateField(
        _("paused until"),
        null=True,
        blank=True,
        help_text=_("Nothing is sent before that day; then one digest."),
    )
    digest_at = models.TimeField(_("digests at"), default=time(8))
    digest_weekday = models.PositiveSmallIntegerField(
        _("weekly digests on"), choices=Weekday, default=Weekday.MONDAY
    )
    email_failure_count = models.PositiveSmallIntegerField(default=0, editable=False)
    email_paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    email_paused_because = models.TextField(blank=True, editable=False)
    email_pause_told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name_plural = _("preferences")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="preferences_quiet_hours_are_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(digest_weekday__in=Weekday.values), name="preferences_weekday_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"How {self.person} wants to hear"

    def clean(self) -> None:
        if (self.quiet_from is None) != (self.quiet_until is None):
            missing = "quiet_from" if self.quiet_from is None else "quiet_until"
            raise ValidationError({missing: gettext("Quiet hours have a beginning and an end.")})

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone) if self.time_zone else ZoneInfo(timezone.get_default_timezone_name())

    @property
    def is_email_paused(self) -> bool:
        return self.email_paused_at is not None


class HearingChoice(models.Model):
    """How soon a person hears of this gravity over this channel; no row stands for the default."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hearing_choices"
    )
    endpoint = models.ForeignKey(
        Endpoint,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="hearing_choices",
        help_text=_("Empty: e-mail."),
    )
    gravity = models.PositiveSmallIntegerField(choices=Gravity)
    timing = models.CharField(
        max_length=12, choices=[(timing.value, timing.label) for timing in CHOSEN_TIMINGS]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "gravity"],
                condition=models.Q(endpoint__isnull=True),
                name="hearing_choice_once_per_gravity_of_email",
            ),
            models.UniqueConstraint(
                fields=["endpoint", "gravity"],
                condition=models.Q(endpoint__isnull=False),
                name="hearing_choice_once_per_gravity_of_endpoint",
            ),
            models.CheckConstraint(
                condition=models.Q(gravity__in=Gravity.values), name="hearing_choice_gravity_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(timing__in=CHOSEN_TIMINGS), name="hearing_choice_timing_is_known"
            ),
        ]

    def __str__(self) -> str:
        where = self.endpoint or "E-mail"
        return f"{where}, {self.get_gravity_display()} gravity: {Timing(self.timing).label}"
