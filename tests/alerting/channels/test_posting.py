"""Posting to an address of a person's choosing: through the guard, once, and what each answer means."""

from datetime import timedelta
from typing import Any

import pytest

from stories.alerting.channels.errors import DeliveryFailedError
from stories.alerting.channels.posting import check_address, send
from stories.web.errors import AddressRefused
from tests.alerting.receiver import Receiver
from tests.ports import find_free_port


def failure(hook: Receiver) -> DeliveryFailedError:
    with pytest.raises(DeliveryFailedError) as failed:
        send(hook.url(), body=b"{}")
    return failed.value


def test_what_is_sent_arrives_as_it_is(hook: Receiver) -> None:
    answer = send(hook.url("/in?key=1"), body=b'{"a": 1}', headers={"webhook-id": "x"})

    [received] = hook.received
    assert (received.method, received.path, received.body) == ("POST", "/in?key=1", b'{"a": 1}')
    assert (received.headers["webhook-id"], received.headers["content-type"]) == ("x", "application/json")
    assert answer == "Answered with status 200: ok"


def test_the_method_that_is_taken_twice_for_once_can_be_asked_for(hook: Receiver) -> None:
    send(hook.url(), body=b"{}", method="PUT")

    assert [received.method for received in hook.received] == ["PUT"]


@pytest.mark.parametrize(
    ("status", "permanent", "ends_channel"),
    [
        (400, True, False),
        (401, True, False),
        (404, True, False),
        (408, False, False),
        (410, True, True),
        (425, False, False),
        (429, False, False),
        (500, False, False),
        (503, False, False),
    ],
)
def test_each_status_says_whether_to_try_again(
    status: int, permanent: bool, ends_channel: bool, hook: Receiver
) -> None:
    hook.status, hook.answer = status, b"no such  hook"

    failed = failure(hook)

    assert (failed.permanent, failed.ends_channel) == (permanent, ends_channel)
    assert str(failed) == f"Answered with status {status}: no such hook"


def test_what_no_database_keeps_is_left_out_of_an_answer(hook: Receiver) -> None:
    """Nor what turns the direction of the words behind it."""
    hook.status, hook.answer = 400, "no\0 such\x1b[2J \u202ehook".encode()

    assert str(failure(hook)) == "Answered with status 400: no such[2J hook"


def test_a_redirect_is_not_followed(hook: Receiver) -> None:
    hook.status, hook.headers = 307, {"Location": "/elsewhere"}

    failed = failure(hook)

    assert failed.permanent
    assert "where we do not follow" in str(failed)
    assert len(hook.received) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_says_how_long_to_wait(status: int, hook: Receiver) -> None:
    hook.status, hook.headers = status, {"Retry-After": "120"}

    assert failure(hook).retry_after == timedelta(minutes=2)


def test_a_server_that_says_yes_and_then_talks_on_has_said_yes(hook: Receiver) -> None:
    hook.answer = b"x" * 200_000

    assert send(hook.url(), body=b"{}").startswith("Answered with status 200")


def test_a_server_that_refuses_and_talks_on_has_refused(hook: Receiver) -> None:
    hook.status, hook.answer = 500, b"x" * 200_000

    assert failure(hook)


def test_a_long_answer_is_shown_shortened(hook: Receiver) -> None:
    hook.status, hook.answer = 400, b"x" * 1_000

    assert len(str(failure(hook))) < 300


def test_a_server_that_is_away_may_come_back(settings: Any) -> None:
    port = find_free_port()
    settings.WATCH_ALLOWED_PRIVATE = [f"127.0.0.1:{port}"]

    with pytest.raises(DeliveryFailedError) as failed:
        send(f"http://127.0.0.1:{port}/", body=b"{}")

    assert not failed.value.permanent


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.7/hook",
        "https://169.254.169.254/latest/meta-data/",
        "https://192.168.1.1/",
        "https://localhost/",
        "https://router.local/",
        "https://user@example.org/",
        "https://2130706433/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://93.184.215.14:22/",
    ],
)
def test_an_address_that_the_guard_refuses_is_never_written_to(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_address(url)
    with pytest.raises(DeliveryFailedError) as failed:
        send(url, body=b"{}")

    assert failed.value.permanent


def test_alerts_go_over_https_only() -> None:
    with pytest.raises(AddressRefused, match="https addresses only"):
        check_address("http://93.184.215.14/hook")


def test_what_is_allowed_when_entered_is_looked_at_again_when_used(hook: Receiver, settings: Any) -> None:
    check_address(hook.url())
    settings.WATCH_ALLOWED_PRIVATE = []

    with pytest.raises(DeliveryFailedError):
        send(hook.url(), body=b"{}")

    assert hook.received == []


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("Cannot POST /hooks/a1B2?key=it%27s+s3cr3t-enough", "Cannot POST …"),
        ("The URL /hooks/a1B2 was not found", "The URL … was not found"),
        ("<p>/hooks/a1B2?key=it&#x27;s s3cr3t-enough", "<p>…"),
        ("no such hook: it's s3cr3t-enough", "no such hook: …"),
        ("no such hook: it%27s+s3cr3t-enough", "no such hook: …"),
        ('{"path": "\\/hooks\\/a1B2", "code": 404}', '{"path": "…", "code": 404}'),
    ],
)
def test_a_server_that_repeats_its_address_tells_nobody_of_it(answer: str, told: str, hook: Receiver) -> None:
    hook.status, hook.answer = 404, answer.encode()

    with pytest.raises(DeliveryFailedError) as failed:
        send(hook.url("/hooks/a1B2?key=it%27s+s3cr3t-enough"), body=b"{}")

    assert str(failed.value) == f"Answered with status 404: {told}"
