"""However an account is closed: what let its person in is closed with it, and stays so when it is opened again."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.alerting.feed_tokens import make_token, person_of_token
from stories.models import User
from tests.factories import make_reporter

pytestmark = pytest.mark.django_db


def by_saving(person: User, is_active: bool) -> None:
    person.is_active = is_active
    person.save()


def by_saving_a_field(person: User, is_active: bool) -> None:
    person.is_active = is_active
    person.save(update_fields=["is_active"])


def by_update(person: User, is_active: bool) -> None:
    User.objects.filter(pk=person.pk, is_active=not is_active).update(is_active=is_active)


def by_bulk_update(person: User, is_active: bool) -> None:
    person.is_active = is_active
    User.objects.bulk_update([person], ["is_active"])


WAYS = [by_saving, by_saving_a_field, by_update, by_bulk_update]


@pytest.fixture
def kit() -> User:
    return make_reporter(username="kit")


@pytest.fixture
def there(kit) -> Client:
    """Kit's browser."""
    client = Client()
    client.force_login(kit)
    return client


def may_enter(client: Client) -> bool:
    return client.get(reverse("desk_inbox")).status_code == 200


@pytest.mark.parametrize("close", WAYS)
@pytest.mark.parametrize("reopen", WAYS)
def test_nobody_is_signed_in_any_more_when_it_is_opened_again(
    kit, there, close: Callable[[User, bool], None], reopen: Callable[[User, bool], None]
):
    other = Client()
    other.force_login(make_reporter(username="lee"))

    close(kit, False)
    assert not may_enter(there)
    reopen(kit, True)

    assert not may_enter(there)
    assert may_enter(other)
    assert Session.objects.count() == 1


@pytest.mark.parametrize("close", WAYS)
def test_the_address_of_its_feed_leads_nowhere_any_more(kit, close: Callable[[User, bool], None]):
    lee = make_reporter(username="lee")
    token, other = (make_token(person, now=timezone.now()) for person in (kit, lee))

    close(kit, False)
    close(kit, True)

    assert person_of_token(token) is None
    assert person_of_token(other) == lee


def test_one_that_was_closed_past_the_program_lets_nobody_in_once_it_is_opened_again(kit, there):
    super(type(User.objects.all()), User.objects.all()).update(is_active=False)

    by_saving(User.objects.get(pk=kit.pk), True)

    assert not may_enter(there)


def test_one_that_is_closed_and_opened_by_loaddata_lets_nobody_in_any_more(kit, there, tmp_path):
    token = make_token(kit, now=timezone.now())

    for is_active in (False, True):
        kit.is_active = is_active
        fixture = tmp_path / "people.json"
        fixture.write_text(serialize("json", [kit]))
        call_command("loaddata", str(fixture), verbosity=0)

    assert not may_enter(there)
    assert person_of_token(token) is None


def test_any_other_change_lets_people_be(kit, there):
    token = make_token(kit, now=timezone.now())

    kit.first_name = "Kit"
    kit.save()
    User.objects.update(last_name="Fisher", is_active=True)
    User.objects.bulk_update([kit], ["first_name", "is_active"])

    assert may_enter(there)
    assert person_of_token(token) == kit
