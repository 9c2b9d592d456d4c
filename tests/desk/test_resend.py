"""An editor has a delivery sent once more, from the page of its alert."""

import pytest
from django.test import Client
from django.urls import reverse

from stories.models import Delivery, User
from stories.models.words import DeliveryState
from tests.alerting.scenes import altered_alert
from tests.factories import EndpointFactory, make_reporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery(reporter: User) -> Delivery:
    altered_alert(reporter)
    Delivery.objects.update(state=DeliveryState.GIVEN_UP, error="550 no such mailbox")
    return Delivery.objects.get()


def resend(client: Client, delivery: Delivery) -> int:
    return client.post(reverse("desk_resend", args=[delivery.pk])).status_code


def page(client: Client, delivery: Delivery) -> str:
    return client.get(delivery.alert.get_absolute_url()).content.decode()


def test_an_editor_finds_it_on_the_page_of_the_alert(
    client: Client, editor: User, delivery: Delivery
) -> None:
    client.force_login(editor)

    html = client.post(reverse("desk_resend", args=[delivery.pk]), follow=True).content.decode()

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WAITING
    assert "It goes out once more, as the same message." in html
    assert "had it sent once more" in html


def test_what_is_on_its_way_is_not_offered_and_not_doubled(
    client: Client, editor: User, delivery: Delivery
) -> None:
    client.force_login(editor)
    resend(client, delivery)

    html = client.post(reverse("desk_resend", args=[delivery.pk]), follow=True).content.decode()

    assert "It is on its way already." in html
    assert "Send once more" not in html


def test_a_reporter_may_not(client: Client, reporter: User, delivery: Delivery) -> None:
    client.force_login(reporter)

    assert resend(client, delivery) == 403
    assert "Send once more" not in page(client, delivery)


def test_to_anybody_else_it_does_not_exist(client: Client, delivery: Delivery) -> None:
    client.force_login(make_reporter())

    assert resend(client, delivery) == 404


def test_nothing_is_sent_by_looking(client: Client, editor: User, delivery: Delivery) -> None:
    client.force_login(editor)

    assert client.get(reverse("desk_resend", args=[delivery.pk])).status_code == 405


def test_the_page_names_the_endpoint(client: Client, editor: User, reporter: User) -> None:
    EndpointFactory(person=reporter, name="Team hook")
    altered_alert(reporter)
    client.force_login(editor)

    assert "by Team hook" in page(client, Delivery.objects.first())
