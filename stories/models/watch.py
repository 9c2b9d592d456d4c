"""The machine's side of a source: when to look next, who is looking, and the copy before the next.

Apart from Source, because it changes with every check and must leave no history there.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models.check import Check
from stories.models.snapshot import Snapshot
from stories.models.source import Source
from stories.models.words import Outcome, Pace

#: Looks that could not read the page, at least a day apart, until it counts as lost.
ENOUGH_STRIKES = 3


class WatchQuerySet(models.QuerySet["Watch"]):
    def due(self, now: datetime) -> WatchQuerySet:
        """Watches whose time has come and that nobody holds a lease on, longest overdue first."""
        return self.filter(
            models.Q(leased_until__isnull=True) | models.Q(leased_until__lte=now), due_at__lte=now
        ).order_by("due_at")

    def take_leases(self, *, now: datetime, until: datetime) -> uuid.UUID:
        """Lease those that are due, in one conditional update, and return the key that they are now held under.

        Each row is decided by itself: what another worker holds, takes at this moment or has just looked at is
        passed over.
        """
        lease = uuid.uuid4()
        with transaction.atomic():
            free = self.due(now).order_by("pk").select_for_update(skip_locked=True)
            Watch.objects.filter(pk__in=free.values("pk")).update(lease=lease, leased_until=until)
        return lease


class Watch(models.Model):
    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="watch")
    due_at = models.DateTimeField(null=True, blank=True, help_text=_("Empty: not watched."))
    pace = models.CharField(
        max_length=12, choices=Pace, blank=True, help_text=_("Why the next check is due then.")
    )
    leased_until = models.DateTimeField(null=True, blank=True)
    lease = models.UUIDField(null=True, blank=True)
    snapshot = models.ForeignKey(
        Snapshot,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The last copy believed and confirmed."),
    )
    previous = models.ForeignKey(
        Snapshot,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The copy believed before it, where the page had said something else."),
    )
    return_count = models.PositiveSmallIntegerField(
        default=0, help_text=_("How often in a row the page changed back to the copy before.")
    )
    is_alternating = models.BooleanField(
        default=False, help_text=_("The page shows now the one of the two copies and now the other.")
    )
    sent_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("When the server last sent the page, and not only that it is unchanged."),
    )
    read_with = models.CharField(
        max_length=40, blank=True, help_text=_("The extractor with which the verdicts on record agree.")
    )
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True, help_text=_("Of the last check."))
    reason = models.CharField(max_length=60, blank=True)
    counted_in = models.ForeignKey(
        Check,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The last check, where it is one in which a look that finds the same is counted."),
    )
    is_suspected = models.BooleanField(
        default=False, help_text=_("The last check found a change; a second must agree.")
    )
    failure_count = models.PositiveIntegerField(
        default=0, help_text=_("Checks in a row without a believed copy.")
    )
    moved_to = models.URLField(
        max_length=2000,
        blank=True,
        help_text=_("Where the page has moved for good, until an editor confirms the new address."),
    )
    strike_count = models.PositiveSmallIntegerField(
        default=0, help_text=_("Times the page was found gone, at least a day apart; the third is believed.")
    )
    struck_at = models.DateTimeField(null=True, blank=True, help_text=_("When the last strike was counted."))
    checked_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True, help_text=_("When a believed copy was last read."))
    changed_at = models.DateTimeField(null=True, blank=True, help_text=_("When a change was last confirmed."))

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("watches")
        indexes = [
            models.Index(fields=["due_at"], name="watch_due", condition=models.Q(due_at__isnull=False)),
            # Pages that could not be read are few, and looked for by people.
            models.Index(
                fields=["outcome"],
                name="watch_unread",
                condition=models.Q(
                    outcome__in=[Outcome.GONE.value, Outcome.BLOCKED.value, Outcome.FAILED.value]
                ),
            ),
            # The order of their list.
            models.Index(
                fields=["-read_at", "-source"],
                name="watch_unread_by_reading",
                condition=models.Q(
                    outcome__in=[Outcome.GONE.value, Outcome.BLOCKED.value, Outcome.FAILED.value]
                ),
            ),
            models.Index(fields=["-id"], name="watch_suspected", condition=models.Q(is_suspected=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lease__isnull=True, leased_until__isnull=True)
                | models.Q(lease__isnull=False, leased_until__isnull=False),
                name="watch_lease_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["", *Outcome.values]), name="watch_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(pace__in=["", *Pace.values]), name="watch_pace_is_known"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Watch on %(source)s") % {"source": self.source}

    @property
    def is_lost(self) -> bool:
        """True where the page could not be read for so long that people were told."""
        return self.strike_count >= ENOUGH_STRIKES


def without_rings(watches: Iterable[Watch]) -> list[Watch]:
    """The watches, read together with their sources, so that whoever lets go of them frees their memory at once.

    A source read so holds its watch in turn: the two, and the copies that they hold, would otherwise stay until a
    search for garbage comes by, which in a worker is seldom.
    """
    found = list(watches)
    back = Watch._meta.get_field("source").remote_field
    for source in (watch.source for watch in found):
        if back.is_cached(source):
            back.delete_cached_value(source)
    return found
