"""Signed checkpoints: what is signed can be opened by anybody, and a record that contradicts them is not signed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection

from stories.models import Checkpoint, Leaf, Update
from stories.models.words import LeafKind
from stories.publishing.checkpoints import (
    EXPORTED,
    ExportOutOfReach,
    ExportUnreadable,
    RecordBehind,
    RecordForked,
    acknowledge,
    contradiction,
    exported_note,
    is_signed,
    keep_exported,
    latest_checkpoint,
    leaf_count,
    sign_checkpoint,
    signing_key,
    verifier_keys,
)
from stories.publishing.checks import check_record
from stories.publishing.in_step import in_step
from stories.publishing.proof.signed_note import open_checkpoint
from stories.publishing.publish import publish_article
from stories.publishing.record import verify_record
from stories.tasks import sign_record
from tests.factories import ArticleFactory
from tests.triggers import triggers_lifted

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


@pytest.fixture
def bridge():
    article = ArticleFactory(slug="bridge")
    publish_article(article, by=None, now=NOW)
    return article


def publish(article, note="More."):
    return publish_article(article, updates=[Update(article=article, note=note)], by=None, now=NOW)


def cut_off(size):
    """As a database restored from a backup would be."""
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute('DELETE FROM stories_leaf WHERE "index" >= %s', [size])
        cursor.execute("DELETE FROM stories_checkpoint WHERE size > %s", [size])
        cursor.execute("UPDATE stories_update SET version_id = NULL")
        cursor.execute(
            "DELETE FROM stories_keptentry WHERE version_id IN (SELECT id FROM stories_version WHERE number > 1)"
        )
        cursor.execute("DELETE FROM stories_version WHERE number > 1")
        cursor.execute("DELETE FROM stories_update")


def test_an_empty_record_has_no_checkpoint():
    assert sign_checkpoint(now=NOW) is None
    assert latest_checkpoint() is None


def test_what_is_signed_opens_with_the_public_key_and_goes_beside_the_exports(bridge):
    checkpoint = sign_checkpoint(now=NOW)

    opened = open_checkpoint(checkpoint.note, [signing_key().verifier])
    assert (opened.origin, opened.size) == ("127.0.0.1:8000/record", 1)
    assert latest_checkpoint().note == checkpoint.note == exported_note()
    assert checkpoint.size == leaf_count()


def test_nothing_new_is_not_signed_again(bridge):
    first = sign_checkpoint(now=NOW)

    assert sign_checkpoint(now=NOW + timedelta(days=1)) == first
    assert Checkpoint.objects.count() == 1


def test_a_checkpoint_whose_export_is_gone_is_exported_again(bridge):
    checkpoint = sign_checkpoint(now=NOW)
    (settings.RECORD_EXPORT_DIR / EXPORTED).unlink()

    assert sign_checkpoint(now=NOW) == checkpoint
    assert exported_note() == checkpoint.note


def test_a_record_is_signed_once_its_last_leaf_is_under_an_exported_checkpoint(bridge):
    assert not is_signed()
    sign_checkpoint(now=NOW)
    assert is_signed()

    publish(bridge)
    assert not is_signed()
    sign_checkpoint(now=NOW)
    (settings.RECORD_EXPORT_DIR / EXPORTED).unlink()
    assert not is_signed()


def test_a_record_behind_its_export_is_not_signed_whatever_its_own_checkpoint_says(bridge):
    sign_checkpoint(now=NOW)
    publish(bridge)
    sign_checkpoint(now=NOW)

    cut_off(1)

    assert not is_signed()


def test_a_log_that_grew_is_signed_again(bridge):
    sign_checkpoint(now=NOW)
    publish(bridge)

    sign_checkpoint(now=NOW)

    assert [each.size for each in Checkpoint.objects.order_by("size")] == [1, 3]
    assert verify_record() == []


def test_a_restored_backup_refuses_to_sign_and_says_so(bridge):
    publish(bridge)
    sign_checkpoint(now=NOW)
    cut_off(1)

    with pytest.raises(RecordBehind, match="has 1 leaves, and 3 were signed"):
        sign_checkpoint(now=NOW)

    told = check_record(databases=["default"])[0]
    assert "restored backup" in told.msg
    assert "manage.py acknowledge_record" in told.hint
    assert {flaw.kind for flaw in verify_record()} == {"missing"}


def test_a_restored_backup_that_went_on_refuses_too(bridge):
    publish(bridge)
    sign_checkpoint(now=NOW)
    cut_off(1)
    bridge.refresh_from_db()
    publish(bridge, "Something else.")

    with pytest.raises(RecordForked):
        sign_checkpoint(now=NOW)

    assert [flaw.kind for flaw in verify_record()] == ["altered"]


def test_the_operator_can_say_why_it_goes_on_and_everybody_can_read_it(bridge):
    publish(bridge)
    sign_checkpoint(now=NOW)
    cut_off(1)

    leaf = acknowledge(reason="The disk failed; the backup of Monday was restored.", now=NOW)

    assert "backup of Monday" in leaf.data
    assert sign_checkpoint(now=NOW).size == 2
    assert verify_record() == []
    assert check_record(databases=["default"]) == []


def test_nothing_is_acknowledged_where_nothing_contradicts(bridge):
    sign_checkpoint(now=NOW)

    assert acknowledge(reason="No reason.", now=NOW) is None
    assert Leaf.objects.count() == 1


def test_a_log_written_anew_behind_the_triggers_refuses_to_sign(bridge):
    sign_checkpoint(now=NOW)
    publish(bridge)
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute('UPDATE stories_leaf SET hash = %s WHERE "index" = 0', ["ab" * 32])

    with pytest.raises(RecordForked):
        sign_checkpoint(now=NOW)


@pytest.mark.parametrize("damage", ["", "not a note", "news.example/record\n1\n"])
def test_an_exported_checkpoint_that_is_damaged_refuses_until_it_is_acknowledged(bridge, settings, damage):
    sign_checkpoint(now=NOW)
    publish(bridge)
    (settings.RECORD_EXPORT_DIR / EXPORTED).write_text(damage)

    with pytest.raises(ExportUnreadable) as refused:
        sign_checkpoint(now=NOW)
    assert "RECORD_FORMER_KEYS" in refused.value.remedy

    acknowledge(reason="The disk was full.", now=NOW)
    assert sign_checkpoint(now=NOW).size == 4
    assert len(list(settings.RECORD_EXPORT_DIR.glob("checkpoint.set-aside-*"))) == 1


def test_another_address_of_the_site_leaves_what_was_signed_before_sound(bridge, settings):
    sign_checkpoint(now=NOW)
    publish(bridge)
    settings.SITE_URL = "https://news.example"

    second = sign_checkpoint(now=NOW)

    assert second.note.startswith("news.example/record\n3\n")
    assert verify_record() == []
    assert len(verifier_keys(each.note for each in Checkpoint.objects.all())) == 2


def test_a_record_without_its_triggers_is_told_at_the_start(bridge):
    with triggers_lifted():
        said = check_record(databases=["default"]) if connection.vendor == "sqlite" else []

    assert connection.vendor != "sqlite" or "does not guard" in said[0].msg
    assert check_record(databases=["default"]) == []
    assert check_record() == []


def test_whoever_keeps_a_checkpoint_at_the_same_time_leaves_a_whole_one():
    """Several workers sign at once when the messages of a pause arrive together."""
    notes = [f"{number}\n" * 20_000 for number in range(4)]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(keep_exported, notes * 50))

    assert exported_note() in notes
    assert [path.name for path in settings.RECORD_EXPORT_DIR.iterdir()] == [EXPORTED]


def test_a_worker_says_once_and_not_at_every_tick_what_the_operator_can_do(bridge, caplog):
    cache.clear()
    publish(bridge)
    sign_checkpoint(now=NOW)
    cut_off(1)

    sign_record()
    sign_record()

    assert caplog.text.count("manage.py acknowledge_record") == 1


@pytest.fixture
def out_of_reach(bridge):
    """The exported checkpoint; root, too, reads no file where a folder stands."""
    sign_checkpoint(now=NOW)
    exported = settings.RECORD_EXPORT_DIR / EXPORTED
    exported.unlink()
    exported.mkdir()
    return exported


def test_an_exported_checkpoint_that_cannot_be_read_is_told_wherever_somebody_asks(out_of_reach, capsys):
    told = check_record(databases=["default"])[0]
    with pytest.raises(CommandError, match="cannot be read") as verifying:
        call_command("verify_record")

    assert "cannot be read" in in_step(now=NOW, patience=timedelta(hours=1)).trouble
    assert "cannot be read" in contradiction()
    assert str(out_of_reach) in told.hint
    assert (str(out_of_reach) in str(verifying.value), verifying.value.returncode) == (True, 3)


def test_nothing_is_signed_and_nothing_acknowledged_until_it_can_be_read(bridge, out_of_reach):
    publish(bridge)
    with pytest.raises(ExportOutOfReach):
        sign_checkpoint(now=NOW)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("acknowledge_record", reason="The disk is away.")

    assert Leaf.objects.filter(kind=LeafKind.ACKNOWLEDGEMENT).count() == 0
    out_of_reach.rmdir()
    assert sign_checkpoint(now=NOW).size == leaf_count()


def test_what_is_signed_and_was_not_exported_for_long_is_told(bridge):
    first = sign_checkpoint(now=NOW)
    publish(bridge)
    sign_checkpoint(now=NOW)
    (settings.RECORD_EXPORT_DIR / EXPORTED).write_text(first.note)

    def trouble(later):
        return in_step(now=NOW + later, patience=timedelta(minutes=15)).trouble

    assert trouble(timedelta(minutes=14)) == ""
    assert "The last 2 signed leaves are not exported" in trouble(timedelta(minutes=16))
