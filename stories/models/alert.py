"""What one person should hear about one source's change, with the state of their answer."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models.as_seen import LinesField
from stories.models.check import Check
from stories.models.citation import Citation
from stories.models.source import Source
from stories.models.user import User
from stories.models.verdict import Verdict
from stories.models.words import AlertState, Gravity


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(self, user: User) -> AlertQuerySet:
        """The one door: an editor sees every alert, anybody else their own and what was given to them.

        Except about a confidential source that no story of theirs rests on any more.
        """
        return self.all() if user.can_publish else self.concerning(user).nameable_to(user)

    def nameable_to(self, user: User) -> AlertQuerySet:
        """Without those about a confidential source that no story of theirs rests on."""
        if user.can_publish:
            return self.all()
        own = Citation.objects.filter(source=models.OuterRef("source"), article__reporters=user)
        return self.filter(models.Q(source__is_confidential=False) | models.Exists(own))

    def concerning(self, user: User) -> AlertQuerySet:
        """Those that were written for a person, or that they take care of."""
        return self.filter(models.Q(recipient=user) | models.Q(assignee=user))

    def newest_of(self, user: User, most: int) -> list[tuple[datetime, int]]:
        """When the newest of a person's developed last, and their keys, newest first.

        Each way to be theirs is read in the order of an index: of both at once, as `concerning` asks, a database reads
        all and sorts them.
        """
        found: set[tuple[datetime, int]] = set()
        for way in (models.Q(recipient=user), models.Q(assignee=user)):
            rows = self.filter(way).order_by("-developed_at", "-pk")
            found.update(rows.values_list("developed_at", "pk")[:most])
        return sorted(found, reverse=True)[:most]

    def open(self) -> AlertQuerySet:
        return self.filter(state=AlertState.OPEN)


class Alert(models.Model):
    """One person, one source, one developing change: what follows is added to it, not told apart."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="alerts")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alerts")
    gravity = models.PositiveSmallIntegerField(choices=Gravity)
    state = models.CharField(max_length=12, choices=AlertState, default=AlertState.OPEN)
    verdicts = models.ManyToManyField(
        Verdict, related_name="alerts", help_text=_("What became of each passage.")
    )
    checks = models.ManyToManyField(Check, related_name="alerts", help_text=_("The checks that it tells of."))
    opened_at = models.DateTimeField()
    developed_at = models.DateTimeField(help_text=_("When something was last added."))
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer_note = LinesField(_("why"), blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assigned_alerts",
        help_text=_("Who takes care of it."),
    )

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-developed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "source"],
                condition=models.Q(state=AlertState.OPEN),
                name="alert_open_once_per_person_and_source",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=AlertState.values), name="alert_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(gravity__in=Gravity.values), name="alert_gravity_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "state", "-developed_at"], name="alert_inbox"),
            # One for each order of the inbox: a page of it costs the same however many alerts there are.
            models.Index(
                fields=["-gravity", "-developed_at", "-id"],
                condition=models.Q(state=AlertState.OPEN),
                name="alert_open_by_gravity",
            ),
            models.Index(fields=["-developed_at", "-id"], name="alert_by_development"),
            models.Index(fields=["recipient", "-developed_at", "-id"], name="alert_of_recipient"),
            models.Index(
                fields=["assignee", "-developed_at", "-id"],
                condition=models.Q(assignee__isnull=False),
                name="alert_of_assignee",
            ),
            models.Index(
                fields=["-answered_at", "-id"],
                condition=models.Q(state=AlertState.NEEDS_UPDATE),
                name="alert_needing_an_update",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(source)s changed (%(person)s)") % {"source": self.source, "person": self.recipient}

    def get_absolute_url(self) -> str:
        return reverse("desk_alert", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == AlertState.OPEN
