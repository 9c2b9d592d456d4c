"""Probes tell everybody whether all is well, and the operator alone what is not."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.utils import timezone

from stories.models import Pulse
from stories.models.pulse import TICK
from stories.probes import telling

TOKEN = "a-token-of-twenty-characters"


def test_a_process_that_answers_is_alive_without_its_database(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"alive": True})


def test_a_newsroom_that_works_is_ready(client, ticking):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"ready": True})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_one_that_does_not_says_so_to_everybody_and_why_to_nobody(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"ready": False})


@pytest.mark.django_db
def test_what_is_wrong_is_logged_when_it_begins_and_when_it_ends(client, caplog, monkeypatch):
    monkeypatch.setattr(telling, "_told", {})
    for _ in range(3):
        client.get("/readyz")
    Pulse.beat(TICK, now=timezone.now())
    client.get("/readyz")

    began, ended = ((record.levelname, record.getMessage()) for record in caplog.records)
    assert began[0] == "ERROR"
    assert began[1].startswith("schedule: No worker has done a tick yet")
    assert ended == ("WARNING", "schedule: well again.")


@pytest.mark.django_db
def test_what_is_wrong_otherwise_than_before_is_logged_and_other_figures_are_not(client, caplog, monkeypatch):
    monkeypatch.setattr(telling, "_told", {})
    client.get("/readyz")
    for hours in (1, 2):
        Pulse.beat(TICK, now=timezone.now() - timedelta(hours=hours))
        client.get("/readyz")

    first, second = (record.getMessage() for record in caplog.records)
    assert first.startswith("schedule: No worker has done a tick yet")
    assert second.startswith("schedule: The last tick is 3600 s ago")


def test_the_token_opens_the_parts(client, ticking, settings):
    settings.PROBE_TOKEN = TOKEN

    parts = client.get("/readyz", headers={"Authorization": f"Bearer {TOKEN}"}).json()["parts"]

    assert parts["checks"] == {"well": True, "overdue_seconds": 0}


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer other", f"Bearer {TOKEN}x", "Bearer ü"])
def test_no_other_word_does(client, ticking, settings, given):
    settings.PROBE_TOKEN = TOKEN

    assert "parts" not in client.get("/readyz", headers={"Authorization": given}).json()


def test_without_a_token_set_an_empty_one_opens_nothing(client, ticking):
    assert "parts" not in client.get("/readyz", headers={"Authorization": "Bearer "}).json()


def test_a_network_opens_them_unless_a_proxy_stands_between(client, ticking, settings):
    settings.PROBE_NETWORKS = [ip_network("127.0.0.0/8")]

    assert "parts" in client.get("/readyz").json()
    assert "parts" not in client.get("/readyz", headers={"X-Forwarded-For": "127.0.0.1"}).json()
    assert "parts" not in client.get("/readyz", REMOTE_ADDR="192.0.2.7").json()
    assert "parts" not in client.get("/readyz", REMOTE_ADDR="").json()


def test_plain_http_inside_the_network_is_not_sent_on(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 301
