"""Webhooks and chat services: a person sets up, tries, pauses and removes their own, and nobody else's."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.alerting.endpoints import change_endpoint
from stories.models import Endpoint, User
from stories.models.words import Channel
from tests.alerting.receiver import Receiver, receiver
from tests.factories import EndpointFactory, PreferencesFactory, make_reporter

pytestmark = pytest.mark.django_db

SLACK = "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"


@pytest.fixture
def hook(settings: Any) -> Iterator[Receiver]:
    with receiver(settings) as server:
        yield server


@pytest.fixture
def endpoint(reporter: User, hook: Receiver) -> Endpoint:
    return EndpointFactory(person=reporter, name="Team hook", address=hook.url("/secret-path-9876"))


def add(desk: Client, service: str, **fields: str) -> Any:
    return desk.post(reverse("desk_endpoint_add", args=[service]), {"name": "Mine", **fields}, follow=True)


def do(desk: Client, view: str, endpoint: Endpoint, **fields: str) -> str:
    return desk.post(reverse(view, args=[endpoint.pk]), fields, follow=True).content.decode()


def page(desk: Client, endpoint: Endpoint) -> str:
    return desk.get(reverse("desk_endpoint", args=[endpoint.pk])).content.decode()


def test_who_has_none_is_offered_each_with_what_it_is_for(desk: Client) -> None:
    html = desk.get(reverse("desk_endpoints")).content.decode()

    assert "Webhook, for a program of yours" in html
    for service in ("slack", "teams", "discord", "telegram", "matrix", "ntfy", "webhook"):
        assert reverse("desk_endpoint_add", args=[service]) in html


def test_a_webhook_is_added_and_its_secret_shown_once(desk: Client, hook: Receiver, reporter: User) -> None:
    response = add(desk, "webhook", url=hook.url())

    endpoint = Endpoint.objects.get()
    assert (endpoint.person, endpoint.channel, endpoint.address) == (reporter, Channel.WEBHOOK, hook.url())
    assert endpoint.secret.startswith("whsec_")
    assert endpoint.secret in response.content.decode()
    assert endpoint.secret not in page(desk, endpoint)


def test_a_chat_service_is_added_by_its_own_form(desk: Client) -> None:
    form = desk.get(reverse("desk_endpoint_add", args=["slack"])).content.decode()

    add(desk, "slack", url=SLACK)

    assert "In Slack: Apps" in form
    assert Endpoint.objects.get().channel == Channel.CHAT


@pytest.mark.parametrize(
    ("service", "fields", "complaint"),
    [
        ("webhook", {"url": "http://93.184.215.14/"}, "https addresses only"),
        ("webhook", {"url": "https://10.0.0.1/"}, "not on the public internet"),
        ("webhook", {"url": "nonsense"}, "not the complete address"),
        ("webhook", {}, "This field is required"),
        (
            "slack",
            {"url": "https://hooks.slack.com.evil.example/services/T1/B1/xxxxxxxx"},
            "The address is like",
        ),
        ("telegram", {"token": "123456789:abcdefg_hijklmnop", "chat": "my group"}, "A chat is a number"),
        ("ntfy", {"server": "https://192.168.1.2", "topic": "x"}, "not on the public internet"),
        (
            "matrix",
            {"server": "https://[::1]", "room": "!a:b", "token": "abcdefgh"},
            "not on the public internet",
        ),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field_and_nothing_typed_is_lost(
    service: str, fields: dict[str, str], complaint: str, desk: Client
) -> None:
    html = add(desk, service, **fields).content.decode()

    assert complaint in html
    assert 'value="Mine"' in html
    assert not Endpoint.objects.exists()


def test_two_of_one_name_cannot_be_told_apart(desk: Client, endpoint: Endpoint, hook: Receiver) -> None:
    for name in ("Team hook", "Team\x07 hook\u202e"):
        html = add(desk, "webhook", name=name, url=hook.url()).content.decode()

        assert "You have one of this name already." in html


def test_nobody_has_more_than_twenty(desk: Client, reporter: User, hook: Receiver) -> None:
    EndpointFactory.create_batch(20, person=reporter)

    assert "You have 20 already." in add(desk, "webhook", url=hook.url()).content.decode()


def test_an_unknown_service_does_not_exist(desk: Client) -> None:
    assert desk.get(reverse("desk_endpoint_add", args=["pigeon"])).status_code == 404


def test_a_test_says_what_the_other_side_really_answered(
    desk: Client, endpoint: Endpoint, hook: Receiver
) -> None:
    hook.answer = b"thank you"

    html = do(desk, "desk_endpoint_test", endpoint)

    assert "The test has arrived. Answered with status 200: thank you" in html
    assert hook.received[0].json["type"] == "test"
    assert hook.received[0].headers["webhook-signature"].startswith("v1,")


def test_a_test_that_fails_says_why(desk: Client, endpoint: Endpoint, hook: Receiver) -> None:
    hook.status, hook.answer = 401, b"<b>who</b> are you"

    html = do(desk, "desk_endpoint_test", endpoint)

    assert "The test did not arrive. Answered with status 401: &lt;b&gt;who&lt;/b&gt; are you" in html


def test_tests_do_not_flood_somebody_elses_server(desk: Client, endpoint: Endpoint, hook: Receiver) -> None:
    do(desk, "desk_endpoint_test", endpoint)

    assert "Wait a few seconds." in do(desk, "desk_endpoint_test", endpoint)
    assert len(hook.received) == 1


def test_an_address_is_never_shown_whole(desk: Client, endpoint: Endpoint) -> None:
    html = page(desk, endpoint) + desk.get(reverse("desk_endpoints")).content.decode()

    assert "/…9876" in html
    assert "secret-path" not in html


def test_it_is_paused_and_resumed(desk: Client, endpoint: Endpoint) -> None:
    paused = do(desk, "desk_endpoint_pause", endpoint)
    was_paused = Endpoint.objects.get().is_paused
    resumed = do(desk, "desk_endpoint_resume", endpoint)

    assert "Paused</strong> by you" in paused
    assert "In use" in resumed
    assert (was_paused, Endpoint.objects.get().is_paused) == (True, False)


def test_one_that_was_paused_because_it_failed_says_why(desk: Client, endpoint: Endpoint) -> None:
    Endpoint.objects.update(paused_at=timezone.now(), paused_because="It wants nothing more.")

    assert "It wants nothing more." in page(desk, endpoint)


def test_a_new_secret_voids_the_old_one_and_is_shown_once(desk: Client, endpoint: Endpoint) -> None:
    html = do(desk, "desk_endpoint_secret", endpoint)

    new = Endpoint.objects.get().secret
    assert new != endpoint.secret
    assert new in html
    assert new not in page(desk, endpoint)


def test_another_address_is_another_chance(desk: Client, endpoint: Endpoint, hook: Receiver) -> None:
    Endpoint.objects.update(paused_at=timezone.now(), paused_because="404", failure_count=3)

    do(desk, "desk_endpoint_change", endpoint, name="Team hook", url=hook.url("/other"))

    changed = Endpoint.objects.get()
    assert (changed.address, changed.is_paused, changed.failure_count) == (hook.url("/other"), False, 0)
    assert changed.secret == endpoint.secret


def test_its_name_is_kept_as_it_is_seen(endpoint: Endpoint) -> None:
    change_endpoint(endpoint, name="Night\x07 desk ", address=endpoint.address)

    assert Endpoint.objects.get().name == "Night desk"


def test_what_is_secret_is_not_filled_in_for_a_change(desk: Client, reporter: User) -> None:
    add(desk, "telegram", token="123456789:abcdefg_hijklmnop", chat="-100777")
    address = reverse("desk_endpoint_change", args=[Endpoint.objects.get().pk])

    html = desk.get(address).content.decode()

    assert 'value="-100777"' in html
    assert "abcdefg_hijklmnop" not in html


def test_it_is_removed(desk: Client, endpoint: Endpoint) -> None:
    do(desk, "desk_endpoint_remove", endpoint)

    assert not Endpoint.objects.exists()


def test_mail_that_was_paused_is_used_again(desk: Client, reporter: User) -> None:
    PreferencesFactory(
        person=reporter, email_paused_at=timezone.now(), email_paused_because="550 no such mailbox"
    )
    before = desk.get(reverse("desk_endpoints")).content.decode()

    after = desk.post(reverse("desk_resume_email"), follow=True).content.decode()

    assert "550 no such mailbox" in before
    assert "550 no such mailbox" not in after


def test_the_inbox_says_what_is_paused_because_it_failed(desk: Client, endpoint: Endpoint) -> None:
    Endpoint.objects.update(paused_at=timezone.now(), paused_because="Answered with status 404.")

    html = desk.get(reverse("desk_inbox")).content.decode()

    assert "Team hook is paused:" in html
    assert "Answered with status 404." in html


def test_the_inbox_says_nothing_of_what_its_person_paused(desk: Client, endpoint: Endpoint) -> None:
    do(desk, "desk_endpoint_pause", endpoint)

    assert "is paused:" not in desk.get(reverse("desk_inbox")).content.decode()


OF_ONE = ["", "_change", "_test", "_pause", "_resume", "_secret", "_remove"]


@pytest.mark.parametrize("name", [f"desk_endpoint{ending}" for ending in OF_ONE])
def test_an_endpoint_of_somebody_else_does_not_exist(
    name: str, client: Client, endpoint: Endpoint, hook: Receiver, editor: User
) -> None:
    address = reverse(name, args=[endpoint.pk])
    for other in (make_reporter(), editor):
        client.force_login(other)
        statuses = {client.get(address).status_code, client.post(address).status_code}
        assert statuses <= {404, 405}
        assert 404 in statuses

    assert hook.received == []
    assert Endpoint.objects.get().secret == endpoint.secret


@pytest.mark.parametrize("name", ["desk_endpoint_test", "desk_endpoint_remove", "desk_endpoint_secret"])
def test_nothing_is_done_by_looking(name: str, desk: Client, endpoint: Endpoint, hook: Receiver) -> None:
    assert desk.get(reverse(name, args=[endpoint.pk])).status_code == 405
    assert hook.received == []


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(reverse("desk_endpoints")).status_code == 302


def test_the_list_counts_its_queries(desk: Client, reporter: User, django_assert_num_queries: Any) -> None:
    EndpointFactory.create_batch(9, person=reporter)

    # Session, person, permissions (2), endpoints, preferences.
    with django_assert_num_queries(6):
        desk.get(reverse("desk_endpoints"))


@pytest.fixture(autouse=True)
def _no_test_went_out_before() -> None:
    cache.clear()
