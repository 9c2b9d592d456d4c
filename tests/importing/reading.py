"""A page is read as a worker reads it, from the address that an editor gave."""

from __future__ import annotations

from django.utils import timezone

from stories.importing.intake import open_intake
from stories.importing.work import work_on
from stories.models import Intake, User
from stories.models.words import IntakeKind


def read_address(address: str, by: User) -> Intake:
    now, zone = timezone.now(), "America/New_York"
    intake = open_intake(IntakeKind.ADDRESS, name=address, address=address, zone=zone, by=by, now=now)
    work_on(intake, now=timezone.now)
    intake.refresh_from_db()
    return intake
