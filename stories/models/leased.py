"""Work that is done in the background: its row is the truth about how far it is."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Q


class LeasedQuerySet(models.QuerySet[Any]):
    #: In which a worker has something to do.
    states_at_work: ClassVar[tuple[str, ...]]

    def free(self, *, now: datetime) -> Self:
        """Those that a worker has something to do for and none is at."""
        return self.filter(state__in=self.states_at_work).filter(
            Q(lease__isnull=True) | Q(leased_until__lte=now)
        )


class Leased(models.Model):
    """A worker that dies leaves the rest to the next: its lease runs out."""

    lease = models.UUIDField(null=True, blank=True, editable=False)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects: Any

    class Meta:
        abstract = True

    def take_lease(self, *, now: datetime, until: datetime) -> bool:
        """Whether this worker has it now, and nobody else."""
        lease = uuid.uuid4()
        with transaction.atomic():
            free = type(self).objects.free(now=now)
            mine = free.filter(pk=self.pk).update(lease=lease, leased_until=until)
        self.refresh_from_db()
        return bool(mine) and self.lease == lease

    def move_on(self, **fields: Any) -> None:
        """Write these fields down."""
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))
