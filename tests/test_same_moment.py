"""A form that is sent twice at once breaks no page: whoever comes second is told what is in the way."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse

from stories.models import SavedFilter
from tests.factories import make_editor


@pytest.mark.django_db(transaction=True)
def test_whoever_comes_second_is_told_what_is_in_the_way(client: Client) -> None:
    person = make_editor()
    client.force_login(person)
    mine = SavedFilter.objects.create(person=person, noun="claim", name="Old")
    quicker = SavedFilter(pk=mine.pk + 1, person=person, noun="claim", name="New")

    def save_after_the_look_and_before_the_other(**_: Any) -> None:
        if not SavedFilter.objects.filter(pk=quicker.pk).exists():
            SavedFilter.objects.bulk_create([quicker])

    pre_save.connect(save_after_the_look_and_before_the_other, sender=SavedFilter)
    try:
        answer = client.post(reverse("admin:saved_filter", args=[mine.pk]), {"name": "New"}, follow=True)
    finally:
        pre_save.disconnect(save_after_the_look_and_before_the_other, sender=SavedFilter)

    assert "Give it a name that no other of yours has." in answer.content.decode()
