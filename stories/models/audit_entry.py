"""Who did what of weight, when, from where and to what: written with the act, and written once."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stories.models.acts import Act
from stories.models.append_only import AppendOnly, AppendOnlyQuerySet


class AuditQuerySet(AppendOnlyQuerySet):
    """What may go is what the database lets go: full addresses after a while, and entries that have had their time."""

    def forget_addresses(self, *, before: datetime) -> int:
        stale = self.filter(at__lt=before).exclude(address="")
        return models.QuerySet.update(stale, address="")

    def drop_expired(self, *, now: datetime) -> int:
        return models.QuerySet.delete(self.filter(kept_until__lt=now))[0]


class AuditEntry(AppendOnly):
    """`person` goes with the account; `actor` and `object_words` stay as they were called then."""

    at = models.DateTimeField(_("when"), db_index=True)
    act = models.CharField(_("what"), max_length=20, choices=Act, db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("account"),
    )
    actor = models.CharField(
        _("who"), max_length=150, help_text=_("Their name then, or what acted for nobody.")
    )
    address = models.CharField(_("from"), max_length=45, blank=True, help_text=_("Kept for a while only."))
    network = models.CharField(
        _("from near"), max_length=45, blank=True, db_index=True, help_text=_("The address, shortened.")
    )
    object_kind = models.CharField(_("on what kind"), max_length=40, blank=True)
    object_key = models.CharField(max_length=40, blank=True)
    object_words = models.CharField(_("on what"), max_length=300, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    kept_until = models.DateTimeField(null=True, blank=True, db_index=True, help_text=_("Empty: kept."))

    objects: ClassVar[Any] = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["object_kind", "object_key"], name="audit_by_object")]
        constraints = [models.CheckConstraint(condition=~Q(actor=""), name="audit_says_who")]

    def __str__(self) -> str:
        return f"{self.actor} {self.get_act_display()} {self.object_words}".strip()
