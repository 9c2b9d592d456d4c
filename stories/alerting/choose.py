"""A person chooses how they want to hear; what waits for them moves to when it comes now."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from stories.alerting.preferences import DEFAULTS_OF_EMAIL, DEFAULTS_OF_ENDPOINT, retime
from stories.models import HearingChoice, Preferences
from stories.models.words import Gravity, Timing


@transaction.atomic
def choose_hearing(preferences: Preferences, *, choices: Mapping[tuple[int | None, Gravity], Timing]) -> None:
    """Keep both, by endpoint (None: e-mail) and gravity. What is as by default has no row."""
    preferences.save()
    person = preferences.person
    for (endpoint, gravity), timing in choices.items():
        defaults = DEFAULTS_OF_EMAIL if endpoint is None else DEFAULTS_OF_ENDPOINT
        chosen = HearingChoice.objects.filter(person=person, endpoint=endpoint, gravity=gravity)
        if timing == defaults[gravity]:
            chosen.delete()
        elif not chosen.update(timing=timing):
            HearingChoice.objects.create(person=person, endpoint_id=endpoint, gravity=gravity, timing=timing)
    retime(person)
