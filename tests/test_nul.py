"""The one character that PostgreSQL cannot keep breaks no page, and costs nobody their words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stories.admin.site import site
from stories.models import Alert, AlertEvent
from tests.test_roles import address_of, client_of, keys, routes

pytestmark = pytest.mark.django_db

__all__ = ["keys"]

#: Of every address, what somebody may look for or narrow to.
ASKED = "&".join(f"{name}=a%00b" for name in ("q", "s", "term", "story", "kind", "page"))


@pytest.mark.parametrize("role", ["own", "superuser"])
def test_no_page_breaks_where_it_is_asked_for(role: str, keys: dict[str, Any]) -> None:
    client, broken = client_of(role), {}
    for name, pattern in routes():
        if name == "desk_inbox" or name.endswith(("_add", "_changelist", "_cite", "_following", "_sources")):
            address = address_of(name, pattern, keys)
            broken[address] = client.get(f"{address}?{ASKED}").status_code

    assert len(broken) > 30
    assert {address: status for address, status in broken.items() if status >= 500} == {}


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "django_language"])
def test_no_page_breaks_where_a_cookie_has_it(name: str) -> None:
    client = Client(headers={"cookie": f'{name}="abcdefgh\\000ijklmnop"'})

    assert client.get(reverse("front_page")).status_code == 200
    assert client.get(reverse("desk_inbox")).status_code == 302


@pytest.mark.parametrize("key", ["abc", "1%00"])
def test_a_key_that_is_none_is_of_nothing_in_the_admin(key: str) -> None:
    client, broken = client_of("superuser"), {}
    for model in site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        broken[address] = client.get(f"{address}{key}/change/").status_code

    assert {address: status for address, status in broken.items() if status >= 500} == {}


def test_what_is_written_around_it_is_kept(keys: dict[str, Any]) -> None:
    client, alert = client_of("own"), Alert.objects.get(pk=keys["alert"])

    noted = client.post(reverse("desk_note", args=[alert.pk]), {"note": "Asked\0 the port."})
    answered = client.post(
        reverse("desk_answers"),
        {
            "alert": f"{alert.pk}@{alert.developed_at.isoformat()}",
            "answer": "still_holds",
            "note": "It\0 holds.",
        },
    )

    assert (noted.status_code, answered.status_code) == (302, 302)
    assert set(AlertEvent.objects.values_list("note", flat=True)) >= {"Asked the port.", "It holds."}
