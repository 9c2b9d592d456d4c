"""Invariant 4, by hand: the command tells people whether the record is sound, its exit status a machine."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from stories.models import Update, Verification
from stories.publishing.checkpoints import sign_checkpoint
from stories.publishing.proof.flaw import Flaw
from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory
from tests.triggers import empty_the_record, triggers_lifted

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


@pytest.fixture
def bridge():
    article = ArticleFactory(slug="bridge")
    publish_article(article, by=None, now=NOW)
    publish_article(article, updates=[Update(article=article, note="More.")], by=None, now=NOW)
    return article


def write(sql):
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def _no_foreign_keys():
    """Rows may vanish that others point to: what is left is cleared away before Django's own final check."""
    yield
    empty_the_record()


def run(*slugs):
    with pytest.raises(SystemExit) as end:
        call_command("verify_record", story=list(slugs))
    return end.value.code


def test_a_sound_record_is_told_with_its_counts(bridge, capsys):
    call_command("verify_record")

    told = capsys.readouterr().out
    assert told.startswith("The record is sound: 2 versions and 1 update of 1 story agree")


def test_an_empty_record_is_sound(db, capsys):
    call_command("verify_record")

    assert "0 versions and 0 updates of 0 stories" in capsys.readouterr().out


def test_an_altered_byte_is_named_with_story_version_and_field_and_ends_with_1(bridge, capsys):
    write("UPDATE stories_version SET is_minor = NOT is_minor WHERE number = 2")

    status = run()

    assert status == 1
    assert capsys.readouterr().out == "ALTERED bridge, version 2: is_minor and the content disagree.\n"


@pytest.mark.usefixtures("_no_foreign_keys")
def test_a_row_that_is_gone_ends_with_2(bridge, capsys):
    write("DELETE FROM stories_update")

    status = run()

    assert status == 2
    assert capsys.readouterr().out.startswith("MISSING bridge, version 2: update ")


@pytest.mark.usefixtures("_no_foreign_keys")
def test_altered_outweighs_missing(bridge):
    write("DELETE FROM stories_update")
    write("UPDATE stories_version SET is_minor = NOT is_minor WHERE number = 1")

    assert run() == 1


def test_one_story_can_be_verified_alone(bridge, capsys):
    other = ArticleFactory(slug="tunnel")
    publish_article(other, by=None, now=NOW)
    write(f"UPDATE stories_version SET is_minor = NOT is_minor WHERE article_id = {bridge.pk}")

    call_command("verify_record", story=["tunnel"])

    assert "1 version and 0 updates of 1 story" in capsys.readouterr().out


def test_of_one_story_no_flaw_of_another_is_told_and_each_of_the_log_is(bridge, capsys):
    publish_article(ArticleFactory(slug="tunnel"), by=None, now=NOW)
    sign_checkpoint(now=NOW)
    write(f"UPDATE stories_leaf SET kind = 'update' WHERE article_id = {bridge.pk}")
    write("UPDATE stories_checkpoint SET size = size + 1")

    assert run("tunnel") == 1

    told = "".join(capsys.readouterr())
    assert "checkpoint" in told
    assert "bridge" not in told


def test_a_story_that_nobody_knows_is_neither_sound_nor_altered(bridge):
    with pytest.raises(CommandError, match="no story atlantis") as refusal:
        call_command("verify_record", story=["bridge", "atlantis"])

    assert refusal.value.returncode == 3


def test_a_database_that_cannot_be_read_cannot_be_told(bridge):
    with connection.cursor() as cursor, pytest.raises(CommandError, match="cannot be read") as refusal:
        cursor.execute("ALTER TABLE stories_version RENAME TO elsewhere")
        call_command("verify_record")

    assert refusal.value.returncode == 3


def test_an_export_is_verified_instead_of_the_database_with_the_same_ends(bridge, tmp_path, capsys):
    call_command("export_record")
    path = capsys.readouterr().out.strip()

    for file, status in ((path, 0), (tmp_path / "nothing", 3)):
        with pytest.raises(SystemExit) as end:
            call_command("verify_record", export=str(file))
        assert end.value.code == status


def test_a_checkpoint_that_was_kept_must_agree(bridge, tmp_path):
    kept = tmp_path / "checkpoint"
    kept.write_text("bridge\n7\n\n")

    with pytest.raises(SystemExit) as end:
        call_command("verify_record", checkpoint=[str(kept)])

    assert end.value.code == 1


def test_what_the_whole_record_was_found_to_be_is_kept_for_who_looks_after_it(bridge):
    write("UPDATE stories_version SET is_minor = NOT is_minor WHERE number = 2")
    run()
    assert Verification.last().flaw_count == 1

    write("UPDATE stories_version SET is_minor = NOT is_minor WHERE number = 2")
    call_command("verify_record")

    assert Verification.last().unsound_since is None


def test_of_one_story_or_held_against_a_checkpoint_nothing_is_kept(bridge, tmp_path):
    (tmp_path / "kept").write_text("none")

    call_command("verify_record", story=["bridge"])
    with pytest.raises(SystemExit):
        call_command("verify_record", checkpoint=[str(tmp_path / "kept")])

    assert Verification.last() is None


def test_what_a_database_that_takes_nothing_was_found_to_hold_is_told_all_the_same(bridge, capsys):
    write("ALTER TABLE stories_verification RENAME TO verification_elsewhere")
    write("UPDATE stories_version SET is_minor = NOT is_minor WHERE number = 1")

    assert run() == 1

    told = capsys.readouterr()
    assert "ALTERED bridge, version 1: is_minor" in told.out
    assert "is not kept" in told.err


def test_what_does_not_agree_once_alone_is_neither_told_nor_kept(bridge, monkeypatch, capsys):
    """What is taken down between two reads looks like a flaw."""
    reads = [[Flaw("bridge", 1, "it is gone", "missing")], []]
    monkeypatch.setattr(
        "stories.management.commands.verify_record.verify_record", lambda *_read, **_how: reads.pop(0)
    )

    call_command("verify_record")

    assert "is sound" in capsys.readouterr().out
    assert Verification.last().flaw_count == 0
