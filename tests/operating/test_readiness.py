"""What readiness says of each part, and when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from stories.alerting.channels.errors import MailServerAway
from stories.alerting.mail_server import note_away
from stories.models import Publication, Pulse
from stories.models.pulse import TICK
from stories.models.words import DeliveryState, PublicationKind, PublicationState
from stories.operating.readiness import read_readiness
from stories.publishing.checkpoints import EXPORTED, sign_checkpoint
from stories.publishing.proof import signed_note
from stories.publishing.proof.flaw import Flaw
from stories.publishing.proof.signed_note import SigningKey
from stories.publishing.publish import publish_article
from stories.publishing.verifying import keep_verification
from tests.factories import ArticleFactory, DeliveryFactory, WatchFactory

#: On PostgreSQL each question has a transaction with a time-out of its own.
FENCES = 3 * 8 * (connection.vendor == "postgresql")

pytestmark = pytest.mark.django_db


def troubles(now=None) -> dict[str, str]:
    return {part.name: part.trouble for part in read_readiness(now=now or timezone.now()) if part.trouble}


def test_a_newsroom_that_ticks_and_has_nothing_to_do_is_well(ticking):
    parts = read_readiness(now=timezone.now())

    assert {part.name for part in parts if part.is_well} == {
        *(
            "database",
            "broker",
            "schedule",
            "checks",
            "alerts",
            "mail",
            "publications",
            "record",
            "verification",
        )
    }


def test_it_costs_few_queries(ticking, django_assert_max_num_queries):
    with django_assert_max_num_queries(13 + FENCES):
        read_readiness(now=timezone.now())


def test_a_newsroom_without_a_tick_has_no_schedule():
    assert "not running" in troubles()["schedule"]


def test_a_tick_long_ago_is_a_schedule_that_stands_still(ticking):
    assert "schedule" in troubles(timezone.now() + timedelta(minutes=10))


def test_a_second_beat_takes_the_place_of_the_first(ticking):
    later = timezone.now() + timedelta(minutes=10)

    Pulse.beat(TICK, now=later)

    assert Pulse.objects.get().beat_at == later
    assert troubles(later) == {}


def test_a_broker_that_is_away_is_named_without_its_address(ticking, broker_away):
    (trouble,) = troubles().values()

    assert trouble.startswith("It takes nothing from us")
    assert "password" not in trouble


@pytest.mark.parametrize(("late", "is_told"), [(timedelta(minutes=10), False), (timedelta(hours=1), True)])
def test_a_check_may_be_a_little_late(ticking, late, is_told):
    WatchFactory(due_at=timezone.now() - late)

    assert ("checks" in troubles()) is is_told


@pytest.mark.parametrize(("late", "is_told"), [(timedelta(minutes=10), False), (timedelta(hours=1), True)])
def test_a_mail_server_may_be_away_a_little_while(ticking, late, is_told):
    note_away(now=timezone.now() - late)
    DeliveryFactory(error=str(MailServerAway("421 come back later")))

    assert ("mail" in troubles()) is is_told


def test_a_mail_server_that_nothing_waits_for_is_away_for_nobody(ticking):
    note_away(now=timezone.now() - timedelta(days=1))
    DeliveryFactory(error=str(MailServerAway("421 come back later")), state=DeliveryState.NOT_NEEDED)

    assert "mail" not in troubles()


@pytest.mark.parametrize(("late", "is_told"), [(timedelta(minutes=10), False), (timedelta(hours=1), True)])
def test_an_alert_may_be_a_little_late(ticking, late, is_told):
    DeliveryFactory(next_try_at=timezone.now() - late)

    assert ("alerts" in troubles()) is is_told


def test_a_publication_that_nobody_publishes_is_told(ticking):
    an_hour_ago = timezone.now() - timedelta(hours=1)
    Publication.objects.create(
        article=ArticleFactory(),
        state=PublicationState.SCHEDULED,
        kind=PublicationKind.MINOR,
        publish_at=an_hour_ago,
        asked_at=an_hour_ago,
    )

    assert "publications" in troubles()


def test_what_was_just_published_may_wait_for_its_signature_and_not_for_long(ticking, editor):
    now = timezone.now()
    publish_article(ArticleFactory(), by=editor, now=now)

    assert "record" not in troubles(now)
    assert "signature" in troubles(now + timedelta(hours=1))["record"]
    sign_checkpoint(now=now)
    assert "record" not in troubles(now + timedelta(hours=1))


def test_a_record_behind_its_exported_checkpoint_is_a_restored_backup(ticking, editor, settings):
    now = timezone.now()
    publish_article(ArticleFactory(), by=editor, now=now)
    sign_checkpoint(now=now)
    newer = (settings.RECORD_EXPORT_DIR / EXPORTED).read_text().replace("\n1\n", "\n7\n", 1)
    (settings.RECORD_EXPORT_DIR / EXPORTED).write_text(newer)

    assert "older backup was restored" in troubles()["record"]


def test_a_restored_record_that_has_grown_since_is_noticed_too(ticking, editor, settings):
    now = timezone.now()
    publish_article(ArticleFactory(), by=editor, now=now)
    other = SigningKey("elsewhere/record", bytes(32)).sign(
        str(signed_note.Checkpoint("elsewhere/record", 1, bytes(32)))
    )
    settings.RECORD_EXPORT_DIR.mkdir()
    (settings.RECORD_EXPORT_DIR / EXPORTED).write_text(other)

    assert "none of this database" in troubles(now)["record"]


def test_a_record_that_does_not_verify_is_told_with_since_when(ticking):
    night = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    keep_verification([], now=night)
    assert "verification" not in troubles()
    flaw = Flaw("bridge", 2, "digest is not the one of the content", "altered")

    keep_verification([flaw], now=night + timedelta(days=1))
    keep_verification([flaw, flaw], now=night + timedelta(days=2))

    assert troubles()["verification"] == (
        "The record does not verify since 2026-03-03 01:30 UTC (last found sound at 2026-03-02 01:30 UTC). "
        f"Flaws: 2, of which the first: {flaw}"
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such setting")
def test_a_database_that_takes_no_writes_is_not_ready():
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")

    (database, *_) = read_readiness(now=timezone.now())

    assert database.trouble == "It takes no writes."


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite waits for nobody")
def test_a_database_that_has_come_to_a_stop_is_not_waited_for(monkeypatch):
    monkeypatch.setattr("stories.operating.readiness._TAKES_WRITES", {"postgresql": "SELECT pg_sleep(3)"})
    monkeypatch.setattr("stories.operating.impatience.LONGEST_SECONDS", 0.2)

    (database, *_) = read_readiness(now=timezone.now())

    assert database.trouble == "It does not answer (OperationalError)."
