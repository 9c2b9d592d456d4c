"""Dates in a person's own zone, and words in their own language, wherever they work."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from stories.auditing.entries import write_entry
from stories.models import Act, Preferences
from tests.factories import make_chief, make_reporter

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_the_admin_tells_times_in_the_zone_of_who_asks(client: Client) -> None:
    chief = make_chief()
    Preferences.objects.create(person=chief, time_zone="Asia/Tokyo")
    write_entry(Act.EXPORTED, by=chief, now=NOON)
    client.force_login(chief)

    html = client.get(reverse("admin:stories_auditentry_changelist")).content.decode()

    assert "2 March 2026, 21:00:00 JST" in html


def test_readers_pages_keep_the_newsrooms_zone(client: Client) -> None:
    chief = make_chief()
    Preferences.objects.create(person=chief, time_zone="Asia/Tokyo")
    client.force_login(chief)

    assert "JST" not in client.get(reverse("front_page")).content.decode()


@pytest.mark.parametrize(
    ("chosen", "title"), [("es", "Su cuenta"), ("", "Your account"), ("xx", "Your account")]
)
def test_the_language_that_was_chosen_goes_before_the_browsers(
    chosen: str, title: str, client: Client
) -> None:
    reporter = make_reporter()
    Preferences.objects.create(person=reporter, language=chosen)
    client.force_login(reporter)

    html = client.get(reverse("mfa_index"), headers={"accept-language": "en"}).content.decode()

    assert f"<h1>{title}</h1>" in html
