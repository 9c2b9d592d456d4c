"""The proof for everybody: a page that explains it, a story's record, and what machines ask for."""

import gzip
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import feedparser
import pytest

from stories.models import Checkpoint
from stories.publishing.checkpoints import EXPORTED, acknowledge, sign_checkpoint, signing_key
from stories.publishing.exports import write_export
from stories.publishing.proof.merkle import is_consistent, is_included
from stories.publishing.proof.signed_note import open_checkpoint
from stories.publishing.takedown import take_down
from stories.reader import proof
from tests.factories import ArticleFactory, UserFactory
from tests.reader.telling import publish, rewrite

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def signed(bridge):
    return sign_checkpoint(now=NOW)


def get_json(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.json()


def test_the_page_says_what_is_proven_what_is_not_and_by_which_key(read, signed):
    page = read("/record/")

    assert "What this proves" in page
    assert "What this does not prove" in page
    assert "6 entries" in page
    assert str(signing_key().verifier).replace("+", "+") in page.replace("&#x2B;", "+")


def test_the_page_says_so_where_the_record_is_not_signed(read, signed, settings):
    (settings.RECORD_EXPORT_DIR / EXPORTED).write_text("damaged")

    page = read("/record/")
    assert "The record is not being signed." in page
    assert str(settings.RECORD_EXPORT_DIR) not in page
    assert "RECORD_FORMER_KEYS" not in page


def test_the_page_is_there_while_the_exports_are_out_of_reach(read, signed, settings, tmp_path):
    """As those of a machine that is away; root, too, finds no folder in a file."""
    settings.RECORD_EXPORT_DIR = tmp_path / "none"
    settings.RECORD_EXPORT_DIR.write_text("")

    page = read("/record/")

    assert "The last exported checkpoint cannot be read." in page
    assert str(settings.RECORD_EXPORT_DIR) not in page


def test_what_was_taken_down_or_carried_on_is_listed_by_the_page_newest_first(
    read, signed, bridge, settings, monkeypatch
):
    monkeypatch.setattr(proof, "LISTED_AT_ONCE", 2)
    said = {"authority": "Court 7", "in_the_name_of": "R.", "reason": "It names them."}
    take_down(list(bridge.versions.filter(number__lte=3)), **said, by=UserFactory(), now=NOW)
    for number in range(3):
        (settings.RECORD_EXPORT_DIR / EXPORTED).write_text("damaged")
        acknowledge(reason=f"Disk {number} was full.", now=NOW + timedelta(hours=number))

    first = read("/record/")
    older = read("/record/?taken_down=2&carried_on=2")

    assert [f"Version {number} of bridge" in first for number in (1, 2, 3)] == [False, True, True]
    assert [f"Disk {number} was full." in first for number in range(3)] == [False, True, True]
    assert 'href="?taken_down=2#taken-down"' in first
    assert 'href="?carried_on=2#carried-on"' in first
    assert [f"Version {number} of bridge" in older for number in (1, 2, 3)] == [True, False, False]
    assert [f"Disk {number} was full." in older for number in range(3)] == [True, False, False]
    assert read("/record/?taken_down=x&carried_on=99").count("Disk") == 1


def test_the_checkpoint_is_a_signed_note_in_plain_text(client, signed):
    answer = client.get("/record/checkpoint")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    opened = open_checkpoint(answer.content.decode(), [signing_key().verifier])
    assert opened.size == 6


def test_before_anything_is_signed_there_is_no_checkpoint(client, bridge):
    assert client.get("/record/checkpoint").status_code == 404


def test_a_changelog_says_how_to_verify_it(read, bridge):
    page = read("/stories/bridge/changes/")

    assert "/stories/bridge/record.json" in page
    assert "python verify.pyz bridge-record.json" in page
    assert "It does not prove" in page


def test_a_reader_verifies_a_story_with_what_the_page_offers_and_nothing_else(client, signed, tmp_path):
    record, program = tmp_path / "bridge-record.json", tmp_path / "verify.pyz"
    record.write_bytes(client.get("/stories/bridge/record.json").content)
    program.write_bytes(client.get("/record/verify.pyz").content)

    ended = _run(program, record, "--key", str(signing_key().verifier))

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("The record is sound: 4 versions and 2 updates of 1 story agree")


def test_a_record_that_somebody_touched_is_not_believed(client, signed, tmp_path):
    record, program = tmp_path / "bridge-record.json", tmp_path / "verify.pyz"
    text = client.get("/stories/bridge/record.json").content.decode()
    record.write_text(text.replace("Nobody can cross.", "Anybody can cross."))
    program.write_bytes(client.get("/record/verify.pyz").content)

    ended = _run(program, record)

    assert ended.returncode == 1
    assert "ALTERED bridge, version 1: content" in ended.stdout


def test_a_record_with_leaves_that_are_not_signed_yet_cannot_tell(client, signed, bridge, tmp_path):
    publish(rewrite(bridge, dek="Everybody can."), "Once more.", at=NOW)
    record, program = tmp_path / "record.json", tmp_path / "verify.pyz"
    record.write_bytes(client.get("/stories/bridge/record.json").content)
    program.write_bytes(client.get("/record/verify.pyz").content)

    ended = _run(program, record)

    assert ended.returncode == 3
    assert "again in a minute" in ended.stdout


def test_the_record_of_a_story_that_nobody_published_is_not_there(client, bridge):
    ArticleFactory(slug="draft")

    assert client.get("/stories/draft/record.json").status_code == 404


def test_machines_get_leaves_and_the_proofs_that_hold_them_together(client, signed, bridge):
    leaves = get_json(client, "/record/leaves?start=0&end=6")["leaves"]
    publish(rewrite(bridge, dek="Everybody can."), "Once more.", at=NOW)
    later = sign_checkpoint(now=NOW)
    roots = [open_checkpoint(each.note, [signing_key().verifier]).root for each in (signed, later)]

    included = get_json(client, "/record/inclusion?index=2")
    consistent = get_json(client, "/record/consistency?first=6")

    proof = [bytes.fromhex(node) for node in included["proof"]]
    leaf = bytes.fromhex(leaves[2]["hash"])
    assert is_included(leaf=leaf, index=2, size=8, proof=proof, root=roots[1])
    proof = [bytes.fromhex(node) for node in consistent["proof"]]
    assert is_consistent(first=6, second=8, first_root=roots[0], second_root=roots[1], proof=proof)


@pytest.mark.parametrize(
    "address",
    [
        "/record/leaves?start=7",
        "/record/leaves?start=-1",
        "/record/leaves?start=x",
        "/record/leaves?start=3&end=2",
        "/record/inclusion",
        "/record/inclusion?index=6",
        "/record/inclusion?index=0&size=0",
        "/record/consistency?first=0",
        "/record/consistency?first=7",
        "/record/consistency?first=²",
    ],
)
def test_a_question_that_has_no_answer_is_told_why(client, signed, address):
    answer = client.get(address)

    assert answer.status_code == 400
    assert "is a number from" in answer.json()["error"]


def test_leaves_open_nothing(client, bridge):
    text = client.get("/record/leaves").content.decode()

    assert "salt" not in text
    assert "Nobody can cross" not in text


def test_exports_can_be_taken_and_no_other_file(client, signed, read, settings):
    path = write_export(now=NOW)
    (settings.RECORD_EXPORT_DIR / "private").write_text("private")

    assert f"/record/exports/{path.name}" in read("/record/")
    answer = client.get(f"/record/exports/{path.name}")
    lines = gzip.decompress(b"".join(answer.streaming_content)).splitlines()
    assert json.loads(lines[-1]) == {"type": "end", "leaves": 6, "checkpoints": 1}
    for name in ("private", "checkpoint", "..%2Fsecret-key", ".record-20260305T090000Z.jsonl.gz.new"):
        assert client.get(f"/record/exports/{name}").status_code == 404


def test_feeds_carry_the_checkpoint_that_covers_them(client, signed):
    sign = Checkpoint.objects.get().note
    publish(ArticleFactory(slug="other"), at=NOW)
    newer = sign_checkpoint(now=NOW).note

    story = feedparser.parse(client.get("/stories/bridge/changes.atom").content)
    newsroom = feedparser.parse(client.get("/corrections.atom").content)

    assert not story.bozo
    assert story.feed["record_checkpoint"] == sign.strip()
    assert newsroom.feed["record_checkpoint"] == newer.strip()
    assert client.get("/stories/bridge/changes.json").json()["_checkpoint"]["note"] == sign


def _run(program, *words):
    return subprocess.run(
        [sys.executable, "-I", str(program), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=program.parent,
    )
