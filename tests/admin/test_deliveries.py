"""Deliveries in the admin: how each ended, found by person, state, channel and age, and sent once more."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stories.models import AlertEvent, Delivery, User
from stories.models.words import Channel, DeliveryState
from tests.admin.forms import confirm
from tests.alerting.scenes import altered_alert
from tests.factories import DeliveryFactory, EndpointFactory, make_reporter

pytestmark = pytest.mark.django_db

LIST = reverse("admin:stories_delivery_changelist")


@pytest.fixture
def editing(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def listed(editing: Client, **query: Any) -> str:
    return editing.get(LIST, query).content.decode()


def send_once_more(editing: Client, *deliveries: Delivery) -> Any:
    chosen = {"action": "send_once_more", "_selected_action": [delivery.pk for delivery in deliveries]}
    return editing.post(LIST, chosen, follow=True)


def test_each_delivery_says_to_whom_by_what_and_how_it_ended(editing: Client, reporter: User) -> None:
    endpoint = EndpointFactory(person=reporter, name="Team hook")
    DeliveryFactory(
        alert__recipient=reporter,
        channel=Channel.WEBHOOK,
        endpoint=endpoint,
        state=DeliveryState.GIVEN_UP,
        error="Answered with status 404.",
    )

    html = listed(editing)

    assert reporter.name in html
    assert "Team hook" in html
    assert "given up" in html
    assert "Answered with status 404." in html


@pytest.mark.parametrize(
    "query", [{"state__exact": "given_up"}, {"channel__exact": "webhook"}, {"person": True}]
)
def test_it_is_found_by_state_channel_and_person(query: dict[str, Any], editing: Client) -> None:
    person = make_reporter(first_name="Wanted", last_name="Person")
    endpoint = EndpointFactory(person=person, name="Team hook")
    DeliveryFactory(
        alert__recipient=person,
        alert__source__title="Wanted source",
        channel=Channel.WEBHOOK,
        endpoint=endpoint,
        state=DeliveryState.GIVEN_UP,
    )
    DeliveryFactory(alert__source__title="Another source", state=DeliveryState.SENT)
    if query.pop("person", False):
        query = {"alert__recipient__id__exact": person.pk}

    html = listed(editing, **query)

    assert "Wanted source" in html
    assert "Another source" not in html


def test_it_is_found_by_age(editing: Client) -> None:
    assert "written_at_from" in listed(editing)


def test_an_editor_has_several_sent_once_more(editing: Client, editor: User, reporter: User) -> None:
    altered_alert(reporter)
    waiting = Delivery.objects.get()
    over = DeliveryFactory(alert=waiting.alert, state=DeliveryState.GIVEN_UP)

    shown = send_once_more(editing, over, waiting)
    assert "It is on its way already." in shown.content.decode()
    assert "It cannot be undone." in shown.content.decode()
    html = confirm(editing, shown).content.decode()

    over.refresh_from_db()
    assert over.state == DeliveryState.WAITING
    assert "done to 1 row. 1 was skipped." in html
    assert AlertEvent.objects.get(kind="resent").actor == editor


def test_the_list_counts_its_queries(editing: Client, django_assert_max_num_queries: Any) -> None:
    DeliveryFactory.create_batch(10, state=DeliveryState.SENT)
    few = _queries(editing, django_assert_max_num_queries)
    DeliveryFactory.create_batch(10, state=DeliveryState.SENT)

    assert _queries(editing, django_assert_max_num_queries) == few


def _queries(editing: Client, counting: Any) -> int:
    with counting(100) as captured:
        listed(editing)
    return len(captured)
