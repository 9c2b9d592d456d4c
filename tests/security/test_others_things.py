"""What is somebody's own is nobody else's, of the same role either: by its number, to look at and to change."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from stories.models import Alert, SavedFilter, User
from stories.models.words import AlertState
from tests.alerting.scenes import altered_alert
from tests.factories import make_chief, make_editor, make_reporter
from tests.signing_in.people import confirm, sign_in, with_password

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def both(client: Client, name: str, key: int, /, **fields: Any) -> list[int]:
    """How a look and a change are answered."""
    address = reverse(name, args=[key])
    return [client.get(address).status_code, client.post(address, fields).status_code]


@pytest.mark.parametrize("make", [make_editor, make_chief])
def test_a_saved_filter_is_opened_and_changed_by_its_owner_alone(make: Any) -> None:
    own = SavedFilter.objects.create(person=make_editor(), noun="article", name="Mine", query="q=x")
    other = signed_in(make())

    assert both(other, "admin:saved_filter", own.pk, delete="1") == [404, 404]
    assert other.get(reverse("admin:saved_filter_open", args=[own.pk])).status_code == 404
    assert SavedFilter.objects.get().name == "Mine"


def test_a_shared_filter_is_opened_by_all_and_changed_by_its_owner_alone() -> None:
    chief = make_chief()
    shared = SavedFilter.objects.create(person=chief, noun="article", name="Ours", query="", is_shared=True)
    other = signed_in(make_editor())

    assert other.get(reverse("admin:saved_filter_open", args=[shared.pk])).status_code == 302
    assert both(other, "admin:saved_filter", shared.pk, delete="1") == [404, 404]


def test_a_filter_of_what_somebody_may_not_see_does_not_open_it() -> None:
    shared = SavedFilter.objects.create(
        person=make_chief(), noun="auditentry", name="Log", query="", is_shared=True
    )

    answer = signed_in(make_editor()).get(reverse("admin:saved_filter_open", args=[shared.pk]))

    assert answer.status_code in {403, 404}


def test_a_passkey_of_somebody_else_is_not_renamed_or_removed() -> None:
    data = {"name": "Key 1", "credential": {}}
    key = Authenticator.objects.create(user=make_reporter(), type=Authenticator.Type.WEBAUTHN, data=data)
    with_password(make_reporter(username="other"))
    other = Client()
    sign_in(other, "other")
    confirm(other)

    assert both(other, "mfa_remove_webauthn", key.pk) == [404, 404]
    assert both(other, "mfa_edit_webauthn", key.pk, name="Mine") == [404, 404]
    assert Authenticator.objects.get().data == data


def test_alerts_of_somebody_elses_story_are_not_answered_among_many() -> None:
    """By a list of numbers, of which one's own would be answered."""
    own = make_reporter(username="own")
    alert = altered_alert(own)
    answer = {"alert": [f"{alert.pk}@{alert.developed_at.isoformat()}"], "answer": "still_holds"}

    signed_in(make_reporter(username="other")).post(reverse("desk_answers"), answer)
    untouched = Alert.objects.get(pk=alert.pk).state
    signed_in(own).post(reverse("desk_answers"), answer)

    assert (untouched, Alert.objects.get(pk=alert.pk).state) == (AlertState.OPEN, AlertState.STILL_HOLDS)
