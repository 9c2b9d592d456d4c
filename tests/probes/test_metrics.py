"""Metrics as Prometheus reads them, told to the operator alone."""

import re
import subprocess
import sys
from datetime import timedelta
from ipaddress import ip_network
from time import monotonic

import pytest
from django.db import connection
from django.utils import timezone
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families

from stories.models import Pulse, Tally
from stories.models.pulse import TIDYING
from stories.models.words import AlertState, DeliveryState, Gravity
from stories.publishing.proof.flaw import Flaw
from stories.publishing.publish import publish_article
from stories.publishing.verifying import keep_verification
from tests.factories import AlertFactory, ArticleFactory, DeliveryFactory, WatchFactory
from tests.locks import locked
from tests.running import ROOT

#: On PostgreSQL each question has a transaction with a time-out of its own.
FENCES = 3 * 11 * (connection.vendor == "postgresql")
TOKEN = "a-token-of-twenty-characters"


@pytest.fixture(autouse=True)
def token(settings):
    settings.PROBE_TOKEN = TOKEN


def scrape(client, **headers: str):
    return client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}", **headers})


def families(client):
    return list(text_string_to_metric_families(scrape(client).content.decode()))


def figures(client) -> dict[tuple[str, ...], float]:
    """Each sample by its name and the words of its labels."""
    return {
        (sample.name.removeprefix("newsroom_"), *sample.labels.values()): sample.value
        for family in families(client)
        for sample in family.samples
    }


def test_prometheus_reads_it(client, ticking):
    answer = scrape(client)

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=")
    assert "no-store" in answer["Cache-Control"]
    assert figures(client)["part_well", "schedule"] == 1


def test_openmetrics_are_for_whoever_asks_for_them(client, ticking):
    answer = scrape(client, Accept="application/openmetrics-text; version=1.0.0")

    assert answer["Content-Type"].startswith("application/openmetrics-text")
    assert list(read_openmetrics(answer.content.decode()))


def test_names_units_and_words_are_as_prometheus_advises(client, ticking):
    """As `promtool check metrics` asks: https://prometheus.io/docs/practices/naming/."""
    text = scrape(client).content.decode()

    found = families(client)
    assert len({family.name for family in found}) == len(found)
    for family in found:
        assert re.fullmatch(r"newsroom_[a-z]+(_[a-z]+)*", family.name)
        assert family.documentation.endswith(".")
        assert family.type in ("gauge", "counter")
        names = {sample.name for sample in family.samples}
        assert names == {f"{family.name}_total" if family.type == "counter" else family.name}
        assert not re.search(r"_(total|count|sum|bucket)$", family.name)
        # Times are in seconds, and the unit comes last.
        assert not re.search(r"seconds_|minutes|hours|_ms|milli", family.name)
        labels = {label for sample in family.samples for label in sample.labels}
        assert labels <= {"part", "queue", "outcome", "gravity", "state"}
    assert text.count("# HELP ") == text.count("# TYPE ") == len(found)


def test_a_newsroom_with_nothing_to_do_tells_noughts(client, ticking):
    told = figures(client)

    assert told["checks_total", "changed"] == 0
    assert told["alerts_open", "high"] == 0
    assert told["deliveries", "waiting"] == told["deliveries", "given_up"] == told["digests", "waiting"] == 0
    assert told["oldest_undelivered_alert_seconds",] == told["oldest_overdue_check_seconds",] == 0


def test_it_counts_what_is_there(client, ticking, editor):
    now = timezone.now()
    for hours in (0, 2, 3):
        WatchFactory(due_at=now - timedelta(hours=hours, seconds=1))
    WatchFactory(due_at=now + timedelta(hours=1))
    alert = AlertFactory(gravity=Gravity.HIGH)
    AlertFactory(gravity=Gravity.HIGH, state=AlertState.IGNORED)
    DeliveryFactory(alert=alert, next_try_at=now - timedelta(hours=1))
    DeliveryFactory(alert=alert, state=DeliveryState.SENT, next_try_at=now)
    DeliveryFactory(alert=alert, state=DeliveryState.GIVEN_UP, next_try_at=now)
    publish_article(ArticleFactory(), by=editor, now=now)
    Tally.add({"unchanged": 4, "changed": 1})
    Tally.add({"unchanged": 2})

    told = figures(client)

    assert (told["checks_due",], told["checks_overdue",]) == (3, 2)
    assert told["oldest_overdue_check_seconds",] >= 3 * 3600
    assert (told["alerts_open", "high"], told["alerts_open", "low"]) == (1, 0)
    assert (told["deliveries", "waiting"], told["deliveries", "given_up"]) == (1, 1)
    assert ("deliveries", "sent") not in told
    assert told["oldest_undelivered_alert_seconds",] >= 3600
    assert told["versions_published",] == told["record_unsigned_leaves",] == 1
    assert (told["checks_total", "unchanged"], told["checks_total", "changed"]) == (6, 1)


def test_a_broker_that_is_away_is_told_and_the_rest_goes_on(client, ticking, broker_away):
    told = figures(client)

    assert told["part_well", "broker"] == 0
    assert told["checks_due",] == 0
    assert not any(name == "queue_messages" for name, *_ in told)


def test_it_asks_few_questions_however_much_there_is(client, ticking, django_assert_max_num_queries):
    DeliveryFactory.create_batch(3)

    with django_assert_max_num_queries(24 + FENCES):
        scrape(client)


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer other"])
def test_for_everybody_else_there_is_no_such_page(client, ticking, given):
    assert client.get("/metrics", headers={"Authorization": given}).status_code == 404


def test_a_network_opens_it_unless_a_proxy_stands_between(client, ticking, settings):
    settings.PROBE_NETWORKS = [ip_network("127.0.0.0/8")]

    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404


def test_a_worker_does_not_load_the_library():
    loads = "import django, sys; django.setup(); import stories.tasks; sys.exit('prometheus_client' in sys.modules)"

    ended = subprocess.run([sys.executable, "-c", loads], cwd=ROOT, check=False)

    assert ended.returncode == 0


def test_it_tells_how_long_ago_old_rows_were_let_go(client, ticking):
    assert ("last_tidying_age_seconds",) not in figures(client)

    Pulse.beat(TIDYING, now=timezone.now() - timedelta(hours=5))

    assert 5 * 3600 <= figures(client)["last_tidying_age_seconds",] < 6 * 3600


def test_it_tells_when_the_record_was_verified_and_what_was_found(client, ticking):
    assert ("record_flaws",) not in figures(client)

    keep_verification([Flaw("bridge", 2, "it is gone", "missing")], now=timezone.now() - timedelta(hours=5))

    told = figures(client)
    assert 5 * 3600 <= told["record_verified_age_seconds",] < 6 * 3600
    assert (told["record_flaws",], told["part_well", "verification"]) == (1, 0)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite whoever reads waits for nobody")
@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_locked_is_not_waited_for(client, ticking, monkeypatch):
    monkeypatch.setattr("stories.operating.impatience.LONGEST_AT_A_LOCK_SECONDS", 1)
    with locked("stories_watch"):
        told = figures(client)

    assert told["part_well", "checks"] == 0
    assert ("checks_due",) not in told
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
        assert cursor.fetchone() == ("0", "0")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite whoever reads waits for nobody")
@pytest.mark.django_db(transaction=True)
def test_all_tables_that_are_locked_together_take_less_than_prometheus_waits(client, ticking):
    tables = (
        "alert",
        "delivery",
        "digest",
        "publication",
        "pulse",
        "tally",
        "verification",
        "version",
        "watch",
    )

    began = monotonic()
    with locked(", ".join(f"stories_{table}" for table in tables)):
        told = figures(client)

    assert monotonic() - began < 10
    assert ("versions_published",) not in told
    assert told["part_well", "database"] == 1
