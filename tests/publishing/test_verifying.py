"""The record is verified every night, and what was found is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from stories.models import Leaf, Verification
from stories.publishing import verifying
from stories.publishing.proof.flaw import Flaw
from stories.publishing.publish import publish_article
from stories.publishing.verifying import LONGEST, keep_verification, lasting_flaws, verify_if_due
from tests.factories import ArticleFactory
from tests.triggers import triggers_lifted

pytestmark = pytest.mark.django_db

BY_DAY = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
AT_NIGHT = datetime(2026, 3, 3, 1, 10, tzinfo=UTC)
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def _bridge():
    publish_article(ArticleFactory(slug="bridge"), by=None, now=BY_DAY)


def tamper(sql="UPDATE stories_version SET is_minor = NOT is_minor"):
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_record_that_is_sound_is_kept_as_sound():
    found = verify_if_due(now=AT_NIGHT)

    assert (found.verified_at, found.sound_at, found.unsound_since) == (AT_NIGHT, AT_NIGHT, None)
    assert (found.leaf_count, found.flaw_count, found.flaws) == (1, 0, "")


def test_one_that_was_altered_is_kept_with_what_was_found_and_since_when():
    verify_if_due(now=AT_NIGHT)
    tamper()

    verify_if_due(now=AT_NIGHT + A_DAY)
    found = verify_if_due(now=AT_NIGHT + 2 * A_DAY)

    assert (found.sound_at, found.unsound_since) == (AT_NIGHT, AT_NIGHT + A_DAY)
    assert found.flaws == "ALTERED bridge, version 1: is_minor and the content disagree."


def test_once_it_is_mended_nothing_is_said_against_it():
    tamper()
    verify_if_due(now=AT_NIGHT)
    tamper()

    found = verify_if_due(now=AT_NIGHT + A_DAY)

    assert (found.flaw_count, found.unsound_since, found.sound_at) == (0, None, AT_NIGHT + A_DAY)


def test_it_is_verified_once_a_night_and_by_day_only_where_there_was_no_night():
    def is_verified(now):
        return verify_if_due(now=now) is not None

    assert is_verified(BY_DAY)  # for the first time
    assert not is_verified(BY_DAY + AN_HOUR)
    assert not is_verified(AT_NIGHT)  # ten hours after
    assert is_verified(AT_NIGHT + 2 * AN_HOUR)
    assert not is_verified(AT_NIGHT + 3 * AN_HOUR)
    assert not is_verified(AT_NIGHT + 22 * AN_HOUR)
    assert is_verified(AT_NIGHT + A_DAY)
    assert is_verified(BY_DAY + 3 * A_DAY)  # no night for 37 hours


def test_of_two_workers_one_verifies_and_the_other_leaves_it_until_that_one_must_be_dead():
    assert Verification.claim(now=AT_NIGHT, lasts=LONGEST)

    assert verify_if_due(now=AT_NIGHT + LONGEST - timedelta(seconds=1)) is None
    assert verify_if_due(now=AT_NIGHT + LONGEST)


@pytest.mark.parametrize("back", [AN_HOUR, A_DAY])
def test_a_clock_that_was_set_back_costs_no_night(back):
    verify_if_due(now=AT_NIGHT + back)
    Verification.claim(now=AT_NIGHT + back, lasts=LONGEST)

    assert verify_if_due(now=AT_NIGHT)


def test_what_does_not_agree_once_alone_is_no_flaw(monkeypatch):
    """What is taken down between two reads looks like one."""
    lasting, passing = (Flaw("bridge", 1, what, "altered") for what in ("note is another", "it is gone"))
    reads = [[lasting, passing], [lasting]]
    monkeypatch.setattr(verifying, "verify_record", lambda: reads.pop(0))

    assert verify_if_due(now=AT_NIGHT).flaws == str(lasting)


def test_a_log_that_was_cut_off_is_so_although_it_grows_while_it_is_read():
    cut = [
        Flaw("the log", None, f"it has {leaves} leaves, and 9 were signed", "missing") for leaves in (3, 4)
    ]
    reads = [[flaw] for flaw in cut]

    assert lasting_flaws(lambda: reads.pop(0)) == cut[:1]


def test_of_many_flaws_the_first_are_kept_and_their_number():
    flaws = [Flaw("bridge", number, "it is gone", "missing") for number in range(1, 1001)]

    keep_verification(flaws, now=AT_NIGHT)

    found = Verification.last()
    assert (found.flaw_count, len(found.flaws.splitlines())) == (1000, 20)


def test_what_no_database_takes_is_kept_without_it():
    keep_verification([Flaw("bridge", 1, "kind “\ud800\0” is none of a leaf", "altered")], now=AT_NIGHT)

    assert "is none of a leaf" in Verification.last().flaws


def test_there_is_one_row_however_often_it_is_verified():
    for night in range(3):
        verify_if_due(now=AT_NIGHT + night * A_DAY)

    assert Verification.objects.count() == Leaf.objects.count() == 1
