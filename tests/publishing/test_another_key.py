"""A newsroom that was started with another signing key than its record was signed with, such as after a restore."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from stories.models import Leaf, Verification
from stories.operating.examination import examine
from stories.operating.finding import Level
from stories.publishing.checkpoints import (
    EXPORTED,
    SignedByAnotherKey,
    contradiction,
    sign_checkpoint,
    signing_key,
)
from stories.publishing.checks import check_record
from stories.publishing.in_step import in_step
from stories.publishing.record import verify_record
from stories.publishing.verifying import verify_if_due
from tests.reader.telling import publish, rewrite, tell_bridge_story

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 9, 14, 30, tzinfo=UTC)


@pytest.fixture
def bridge():
    story = tell_bridge_story()
    sign_checkpoint(now=NOW)
    return story


@pytest.fixture(params=["with the exports", "without the exports"])
def former(request, bridge, settings):
    """The verifier key of the former one; the record is signed to its last leaf."""
    former = str(signing_key().verifier)
    settings.RECORD_SIGNING_KEY = base64.b64encode(bytes(32)).decode()
    if request.param == "without the exports":
        (settings.RECORD_EXPORT_DIR / EXPORTED).unlink()
    return former


def trouble() -> str:
    return in_step(now=NOW, patience=timedelta(hours=1)).trouble


def test_it_is_told_at_the_start_and_to_probes_before_anything_is_published(former):
    assert "another key" in trouble()
    assert "another key" in check_record(databases=["default"])[0].msg


def test_the_doctor_says_what_to_do(former):
    found = {each.what: each for each in examine(now=NOW)}

    assert found["record"].level == Level.WRONG
    assert "RECORD_SIGNING_KEY" in found["record"].remedy
    assert "RECORD_FORMER_KEYS" in found["record"].remedy


def test_what_is_verified_by_hand_with_it_is_not_kept_against_the_record(former, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("verify_record")

    told = capsys.readouterr()
    assert end.value.code == 1
    assert "nobody whose key is known" in told.out
    assert "is not kept: " in told.err
    assert "RECORD_SIGNING_KEY" in told.err
    assert Verification.last() is None


def test_nor_what_is_verified_where_a_former_key_is_left_out(former, bridge, settings, capsys):
    settings.RECORD_FORMER_KEYS = [former]
    publish(rewrite(bridge, headline="The bridge stays open"), "It stays open.", at=NOW)
    sign_checkpoint(now=NOW)
    settings.RECORD_FORMER_KEYS = []

    with pytest.raises(SystemExit):
        call_command("verify_record")

    assert "is not kept: " in capsys.readouterr().err
    assert Verification.last() is None


def test_by_night_it_is_kept_and_the_doctor_asks_for_the_key_first(former, bridge, settings):
    settings.RECORD_FORMER_KEYS = [former]
    publish(rewrite(bridge, headline="The bridge stays open"), "It stays open.", at=NOW)
    sign_checkpoint(now=NOW)
    settings.RECORD_FORMER_KEYS = []

    verify_if_due(now=NOW)

    found = {each.what: each for each in examine(now=NOW) if each.level == Level.WRONG}
    assert "nobody whose key is known" in found["verification"].said
    assert "RECORD_FORMER_KEYS" in found["verification"].remedy
    assert not found["verification"].remedy.startswith("Somebody changed the database")


def test_without_a_key_that_was_given_up_what_is_found_is_kept(former):
    call_command("acknowledge_record", reason="The disk with the key burnt.")

    with pytest.raises(SystemExit):
        call_command("verify_record")

    assert Verification.last().flaw_count == 1


def test_readers_are_told_why_they_cannot_verify_it(former, client):
    assert "another key" in client.get(reverse("record")).content.decode()


def test_nothing_is_signed_with_it_until_the_former_one_is_named(former, bridge, settings):
    publish(rewrite(bridge, headline="The bridge stays open"), "It stays open.", at=NOW)
    with pytest.raises(SignedByAnotherKey) as refused:
        sign_checkpoint(now=NOW)
    assert "RECORD_FORMER_KEYS" in refused.value.remedy

    settings.RECORD_FORMER_KEYS = [former]

    assert trouble() == contradiction() == ""
    assert check_record(databases=["default"]) == []
    assert sign_checkpoint(now=NOW).size == Leaf.objects.count()
    assert verify_record() == []


def test_a_key_that_nobody_has_any_more_is_acknowledged_once(former):
    call_command("acknowledge_record", reason="The disk with the key burnt.")

    assert trouble() == contradiction() == ""
    assert Leaf.objects.filter(article=None).count() == 1
