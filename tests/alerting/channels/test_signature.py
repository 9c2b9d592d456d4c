"""Signing as Standard Webhooks has it, held against the example of its specification."""

from datetime import UTC, datetime

import pytest

from stories.alerting.channels.signature import new_secret, signed_headers

AT = datetime.fromtimestamp(1614265330, UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_the_example_of_the_specification_comes_out() -> None:
    headers = signed_headers(SECRET, key="msg_p5jXN8AQM9LWM0D4loKWxJek", at=AT, body=b'{"test": 2432232314}')

    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@pytest.mark.parametrize("other", [{"key": "b"}, {"body": b"{ }"}, {"at": datetime(2026, 1, 1, tzinfo=UTC)}])
def test_the_signature_covers_the_id_the_time_and_the_body(other: dict) -> None:
    signed = {"key": "a", "at": AT, "body": b"{}"}

    one, two = signed_headers(SECRET, **signed), signed_headers(SECRET, **signed | other)

    assert one["webhook-signature"] != two["webhook-signature"]


def test_each_secret_is_a_new_one_that_signs() -> None:
    secret = new_secret()

    assert secret.startswith("whsec_")
    assert secret != new_secret()
    assert signed_headers(secret, key="a", at=AT, body=b"")["webhook-signature"].startswith("v1,")


def test_what_is_no_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="whsec_"):
        signed_headers("whsec_no base64!", key="a", at=AT, body=b"")
