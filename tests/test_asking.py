"""What is asked of a worker after a commit, while the broker is away."""

import pytest
from celery import Task
from django.db import transaction
from django.test import Client
from kombu.exceptions import OperationalError

from stories import tasks
from stories.accounts.letters import password_link
from stories.models import Bulk, Intake, User
from tests.factories import DeliveryFactory, make_reporter
from tests.signing_in.people import with_password

NEW_PASSWORD = "three ports and a mayor"


@pytest.fixture
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_task: Task, *_args: object) -> None:
        raise OperationalError("nobody is listening")

    monkeypatch.setattr(Task, "delay", refuse)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "ask",
    [
        lambda: tasks.ask_for_link("noor@newsroom.example"),
        lambda: tasks.ask_for_invitation(User(pk=1)),
        lambda: tasks.ask_for_notice(User(pk=1), "The password was changed."),
        lambda: tasks.ask_to_carry_out(Bulk(pk=1)),
        lambda: tasks.ask_to_bring_in(Intake(pk=1)),
        lambda: tasks.ask_to_deliver(DeliveryFactory().pk),
        tasks.ask_to_renew_exports,
    ],
)
@pytest.mark.usefixtures("no_broker")
def test_what_was_written_does_not_fail_for_want_of_a_broker(ask, caplog):
    """Invariant 1."""
    with transaction.atomic():
        ask()

    assert "nobody is listening" in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_broker")
def test_a_password_is_chosen_without_a_broker_and_nobody_is_told_otherwise() -> None:
    noor = with_password(make_reporter(username="noor", email="noor@newsroom.example"))
    client = Client()
    form = client.get(password_link(noor), follow=True).redirect_chain[-1][0]

    answer = client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert answer.status_code == 302
    noor.refresh_from_db()
    assert noor.check_password(NEW_PASSWORD)
