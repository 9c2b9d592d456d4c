"""The daily export: all that is signed, in lines that anybody can verify."""

import errno
import gzip
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from stories.models import Takedown, Update
from stories.publishing.exports import exports, renew_exports, write_export, write_export_if_due
from stories.publishing.log_proof import log_entries
from stories.publishing.proof.files import verify_file
from stories.publishing.publish import publish_article
from stories.publishing.takedown import take_down
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bridge():
    article = ArticleFactory(slug="bridge")
    publish_article(article, by=None, now=NOW)
    publish_article(article, updates=[Update(article=article, note="More.")], by=None, now=NOW)
    return article


def lines_of(path):
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def test_nothing_published_is_not_exported():
    assert write_export(now=NOW) is None


def test_an_export_has_a_header_the_checkpoints_each_leaf_and_an_end(bridge):
    path = write_export(now=NOW)

    assert path.name == "record-20260302T143000Z.jsonl.gz"
    assert [line["type"] for line in lines_of(path)] == [
        "header",
        "checkpoint",
        "leaf",
        "leaf",
        "leaf",
        "end",
    ]
    found = verify_file(path)
    assert (found.flaws, found.versions, found.updates, found.stories) == ([], 2, 1, 1)


def test_one_is_written_a_day_and_the_newest_are_kept(bridge):
    for hours in range(0, 24 * 9, 12):
        write_export_if_due(now=NOW + timedelta(hours=hours))

    assert [path.name[7:15] for path in exports()] == [f"202603{day:02}" for day in range(10, 3, -1)]


def test_after_a_takedown_only_a_new_one_is_left(bridge):
    write_export(now=NOW)

    renew_exports(now=NOW + timedelta(hours=1))

    assert [path.name for path in exports()] == ["record-20260302T153000Z.jsonl.gz"]


def test_a_takedown_while_one_is_written_leaves_none_with_the_old_text(bridge, monkeypatch, editor):
    said = {"authority": "District Court", "in_the_name_of": "a person", "reason": "An order."}

    def read_and_be_too_late():
        for entry in list(log_entries()):
            yield entry
            if not Takedown.objects.exists():
                take_down([bridge.versions.last()], **said, by=editor, now=NOW)
                renew_exports(now=NOW + timedelta(hours=1))

    monkeypatch.setattr("stories.publishing.exports.log_entries", read_and_be_too_late)

    write_export(now=NOW)

    told = [line["content"] for path in exports() for line in lines_of(path) if line.get("index") == 0]
    assert len(told) == 2
    assert all("tombstone" in content for content in told)


def test_an_export_is_verified_without_django_or_a_database(bridge):
    path = write_export(now=NOW)
    script = (
        "import sys; sys.modules['django'] = None; import runpy; sys.argv = ['proof', sys.argv[1]]; "
        "runpy.run_module('stories.publishing.proof', run_name='__main__')"
    )

    ended = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        cwd=ROOT,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("The record is sound: 2 versions and 1 update of 1 story agree")


def test_one_that_finds_no_room_is_not_left_behind(bridge, monkeypatch, settings):
    def run_out_of_room():
        yield next(log_entries())
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("stories.publishing.exports.log_entries", run_out_of_room)

    with pytest.raises(OSError, match="No space left"):
        write_export(now=NOW)

    assert [path.name for path in settings.RECORD_EXPORT_DIR.iterdir()] == ["checkpoint"]


def test_a_folder_that_takes_nothing_is_told_in_a_sentence(bridge, settings):
    settings.RECORD_EXPORT_DIR = Path("/proc")

    with pytest.raises(CommandError, match="Nothing was written into /proc"):
        call_command("export_record")
