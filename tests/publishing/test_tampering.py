"""Every kind of tampering is found, in an export as in the database: a table of each, and a test of each row."""

import gzip
import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from shutil import copytree

import pytest
from django.db import connection
from django.test import override_settings

from stories.models import Article, Leaf, Update, Version
from stories.publishing.bundle import story_bundle
from stories.publishing.canonical import canonical_json
from stories.publishing.checkpoints import RecordForked, exported_note, sign_checkpoint, signing_key
from stories.publishing.exports import write_export
from stories.publishing.proof.files import NotARecord, verify_bundle, verify_export, verify_file
from stories.publishing.proof.flaw import exit_status
from stories.publishing.proof.leaf import acknowledgement_leaf, commit, hash_of, new_salt
from stories.publishing.proof.merkle import Roots
from stories.publishing.proof.signed_note import Checkpoint as Signed
from stories.publishing.proof.signed_note import SigningKey
from stories.publishing.publish import publish_article
from stories.publishing.record import verify_record
from stories.publishing.takedown import take_down
from tests.factories import ArticleFactory, make_editor
from tests.rows_of_a_file import made_once
from tests.triggers import triggers_lifted

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
ALTERED, MISSING, CANNOT_TELL = 1, 2, 3


@pytest.fixture(scope="module")
def signed_twice(django_db_setup, django_db_blocker, tmp_path_factory):
    """The record, the files of it, and the folder of what was signed: made once, and never changed."""
    folder = tmp_path_factory.mktemp("exports")
    with override_settings(RECORD_EXPORT_DIR=folder), made_once(_make, django_db_blocker) as made:
        yield {**made, "folder": folder}


@pytest.fixture
def record(signed_twice, settings):
    """Two stories; bridge: versions 1 to 4, each but the first with a note, the third taken down. Signed twice."""
    copytree(signed_twice["folder"], settings.RECORD_EXPORT_DIR)
    return Article.objects.get(slug="bridge")


@pytest.fixture
def lines(signed_twice):
    return deepcopy(signed_twice["lines"])


@pytest.fixture
def bundle(signed_twice):
    return deepcopy(signed_twice["bundle"])


def _make():
    bridge = _publish_two_stories()
    export = write_export(now=NOW)
    plain = gzip.decompress(export.read_bytes())
    export.unlink()
    return {"lines": [json.loads(line) for line in plain.splitlines()], "bundle": story_bundle(bridge)}


def _publish_two_stories():
    bridge, tunnel = ArticleFactory(slug="bridge"), ArticleFactory(slug="tunnel")
    publish_article(bridge, by=None, now=NOW)
    publish_article(tunnel, by=None, now=NOW)
    for number in (2, 3):
        _publish(bridge, f"Note {number}.", number)
    sign_checkpoint(now=NOW)
    said = {"authority": "A court", "in_the_name_of": "A person", "reason": "An order"}
    take_down([bridge.versions.get(number=3)], **said, by=make_editor(), now=NOW)
    _publish(bridge, "Note 4.", 4)
    sign_checkpoint(now=NOW)
    return bridge


def _publish(article, note, hours):
    update = Update(article=article, note=note, stated_at=NOW, stated_zone="UTC")
    publish_article(article, updates=[update], by=None, now=NOW + timedelta(hours=hours))


def verify(lines, **options):
    return verify_export([json.dumps(line).encode() + b"\n" for line in lines], **options).flaws


def leaves_of(lines):
    return [line for line in lines if line["type"] == "leaf"]


def flip(text):
    """Another character in the middle."""
    place = len(text) // 2
    return text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :]


def test_the_record_that_is_tampered_with_below_was_sound(record, lines):
    assert verify(lines) == []
    assert verify_record() == []
    assert verify_bundle(story_bundle(record)).flaws == []
    assert [json.loads(line["data"])["kind"] for line in leaves_of(lines)] == [
        "version",
        "version",
        "version",
        "update",
        "version",
        "update",
        "takedown",
        "version",
        "update",
    ]


# --- An export --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("index", range(9))
@pytest.mark.parametrize("field", ["data", "hash", "salt", "content"])
def test_a_byte_changed_in_any_field_of_any_leaf_is_found_and_the_story_named(lines, index, field):
    leaf = leaves_of(lines)[index]

    leaf[field] = flip(leaf[field]) if leaf[field] else "ab"

    flaws = verify(lines)
    assert exit_status(flaws) in {ALTERED, MISSING}
    assert flaws[0].article in {"bridge", "tunnel", "the log"}
    if field in {"salt", "content"}:
        assert flaws[0].article == ("tunnel" if index == 1 else "bridge")
        assert "content" in flaws[0].what


@pytest.mark.parametrize(
    "name", ["story", "version", "recorded_at", "commitment", "previous_leaf", "kind", "schema", "index"]
)
def test_a_field_of_the_metadata_written_anew_with_its_hash_is_found(lines, name):
    leaf = leaves_of(lines)[2]
    fields = json.loads(leaf["data"])

    fields[name] = flip(fields[name]) if isinstance(fields[name], str) else fields[name] + 5
    leaf["data"] = canonical_json(fields)
    leaf["hash"] = hash_of(leaf["data"])

    assert exit_status(verify(lines)) == ALTERED


@pytest.mark.parametrize("index", range(9))
def test_a_leaf_that_is_dropped_is_found(lines, index):
    lines.remove(leaves_of(lines)[index])

    assert exit_status(verify(lines)) in {ALTERED, MISSING}
    assert any(flaw.kind == "missing" for flaw in verify(lines))


@pytest.mark.parametrize("index", range(9))
def test_a_leaf_that_is_put_in_twice_is_found(lines, index):
    leaf = leaves_of(lines)[index]

    lines.insert(lines.index(leaf), deepcopy(leaf))

    assert exit_status(verify(lines)) == ALTERED


@pytest.mark.parametrize("index", range(8))
def test_leaves_that_change_places_are_found(lines, index):
    leaf, following = (lines.index(each) for each in leaves_of(lines)[index : index + 2])

    lines[leaf], lines[following] = lines[following], lines[leaf]

    assert exit_status(verify(lines)) == ALTERED


@pytest.mark.parametrize("count", range(1, 11))
def test_an_export_that_is_cut_off_is_found(lines, count):
    assert exit_status(verify(lines[:-count])) == MISSING


def test_an_export_whose_bytes_are_cut_off_is_found(lines, tmp_path):
    plain = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    whole = gzip.compress(plain)
    path = tmp_path / "cut"

    for cut in (whole[: len(whole) // 2], plain[: len(plain) // 2], plain[:-1]):
        path.write_bytes(cut)
        assert exit_status(verify_file(path).flaws) == (0 if cut == plain[:-1] else MISSING)


def test_leaves_that_no_checkpoint_covers_are_not_called_sound(lines):
    """Whoever drops the last checkpoint, or all, may write what follows the one before as they like."""
    _forge_last(lines)
    for left in (1, 0):
        dropped = [line for line in lines if line["type"] != "checkpoint"]
        dropped[1:1] = [line for line in lines if line["type"] == "checkpoint"][:left]
        dropped[-1] = {**lines[-1], "checkpoints": left}

        assert exit_status(verify(dropped, keys=[signing_key().verifier])) == CANNOT_TELL


def test_a_checkpoint_that_is_changed_or_dropped_is_found(lines):
    first = next(line for line in lines if line["type"] == "checkpoint")
    changed, dropped = deepcopy(lines), [line for line in lines if line is not first]
    changed[lines.index(first)]["note"] = first["note"].replace("\n6\n", "\n5\n")

    assert exit_status(verify(changed)) == ALTERED
    assert exit_status(verify(dropped)) == ALTERED


def test_the_last_version_written_anew_with_all_that_belongs_to_it_is_found(lines):
    """The forger makes a new salt, commitment, leaf and hash; what he cannot make is the signature."""
    _forge_last(lines)

    flaws = verify(lines)
    assert "root of its first 9 leaves is not the one that was signed" in " ".join(map(str, flaws))
    assert exit_status(flaws) == ALTERED


def test_the_whole_chain_written_anew_and_signed_by_another_is_found_by_who_has_the_key(lines):
    forger = SigningKey(signing_key().name, bytes(range(32)))
    _forge_last(lines)
    _sign_anew(lines, forger)

    assert verify(lines) == []  # By the key that the file itself names it is sound.
    assert exit_status(verify(lines, keys=[signing_key().verifier])) == ALTERED


def test_the_whole_chain_written_anew_with_the_stolen_key_is_found_by_who_kept_a_checkpoint(lines):
    kept = [line["note"] for line in lines if line["type"] == "checkpoint"][-1]
    _forge_last(lines)
    _sign_anew(lines, signing_key())

    assert verify(lines) == []
    assert exit_status(verify(lines, notes=[kept])) == ALTERED


def test_what_was_taken_down_cannot_come_back(lines):
    leaf = leaves_of(lines)[4]
    leaf["salt"], leaf["content"] = new_salt(), leaf["content"].replace('"body":""', '"body":"Invented."')

    assert exit_status(verify(lines)) == ALTERED


def test_a_text_cannot_be_deleted_as_if_it_were_taken_down(lines):
    version, update = leaves_of(lines)[2:4]
    version["salt"] = update["salt"] = ""
    update["content"] = None

    assert exit_status(verify(lines)) == MISSING


def test_an_end_or_a_line_that_says_something_else_is_found(lines):
    for damage in ({"type": "end", "leaves": 8, "checkpoints": 2}, {"type": "surprise"}):
        assert exit_status(verify([*lines[:-1], damage])) == ALTERED
    assert exit_status(verify([*lines, {"type": "leaf"}])) == ALTERED


@pytest.mark.parametrize(
    "damage",
    [b"", b"\x1f\x8b", b"[]\n", b"{}\n", b"not json\n", b'{"format":"newsroom-record","schema":9}\n'],
)
def test_a_file_that_is_no_record_cannot_be_told(tmp_path, damage):
    path = tmp_path / "file"
    path.write_bytes(damage)

    with pytest.raises(NotARecord):
        verify_file(path)


# --- One story's record -----------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["data", "hash", "salt", "content"])
@pytest.mark.parametrize("place", range(8))
def test_a_byte_changed_in_a_storys_record_is_found(bundle, place, field):
    leaf = bundle["leaves"][place]

    leaf[field] = flip(leaf[field]) if leaf[field] else "ab"

    assert exit_status(verify_bundle(bundle).flaws) in {ALTERED, MISSING}


@pytest.mark.parametrize("place", range(7))
def test_a_leaf_dropped_from_between_others_is_found_in_a_storys_record(bundle, place):
    del bundle["leaves"][place]

    assert exit_status(verify_bundle(bundle).flaws) in {ALTERED, MISSING}


def test_leaves_swapped_taken_from_another_story_or_without_their_proof_are_found(bundle):
    swapped, foreign, bare, proofless = (deepcopy(bundle) for _ in range(4))
    swapped["leaves"][0], swapped["leaves"][1] = swapped["leaves"][1], swapped["leaves"][0]
    foreign["story"] = "tunnel"
    bare["leaves"] = []
    proofless["leaves"][3]["proof"] = proofless["leaves"][2]["proof"]

    assert exit_status(verify_bundle(swapped).flaws) == ALTERED
    assert exit_status(verify_bundle(foreign).flaws) == ALTERED
    assert exit_status(verify_bundle(bare).flaws) == MISSING
    assert exit_status(verify_bundle(proofless).flaws) == ALTERED


@pytest.mark.parametrize("note", [None, 5, {}, ["x"], True])
def test_a_storys_record_without_a_checkpoint_is_not_called_sound(bundle, note):
    bundle["checkpoint"] = note

    assert exit_status(verify_bundle(bundle).flaws) in {ALTERED, CANNOT_TELL}


def test_a_storys_record_that_somebody_else_signed_is_found_by_who_has_the_key(bundle):
    forger = SigningKey(signing_key().name, bytes(range(32)))
    bundle["checkpoint"] = forger.sign(bundle["checkpoint"].partition("\n\n")[0] + "\n")

    assert exit_status(verify_bundle(bundle).flaws) == ALTERED
    bundle["keys"] = [str(forger.verifier)]
    assert exit_status(verify_bundle(bundle, keys=[signing_key().verifier]).flaws) == ALTERED


# --- The database -----------------------------------------------------------------------------------------


def behind_its_back(sql, *parameters):
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


@pytest.mark.parametrize("index", range(9))
@pytest.mark.parametrize("column", ["data", "hash", "salt"])
def test_a_byte_changed_in_any_column_of_any_leaf_is_found(record, index, column):
    value = Leaf.objects.values_list(column, flat=True).get(index=index)

    behind_its_back(
        f'UPDATE stories_leaf SET {column} = %s WHERE "index" = %s', flip(value) if value else "ab", index
    )

    assert exit_status(verify_record()) in {ALTERED, MISSING}


@pytest.mark.parametrize(
    ("column", "value"),
    [("kind", "'update'"), ("article_id", "NULL"), ("version_id", "NULL"), ("index", "77")],
)
def test_a_leaf_that_is_given_to_something_else_is_found(record, column, value):
    behind_its_back(f'UPDATE stories_leaf SET "{column}" = {value} WHERE "index" = 7')

    assert exit_status(verify_record()) == ALTERED


@pytest.mark.parametrize("index", range(9))
def test_a_leaf_that_is_gone_is_found(record, index):
    behind_its_back("DELETE FROM stories_takedown")
    behind_its_back('DELETE FROM stories_leaf WHERE "index" = %s', index)

    assert any(flaw.kind == "missing" for flaw in verify_record())


def test_a_version_rewritten_with_a_fresh_digest_and_salt_is_found(record):
    version = Version.objects.get(article=record, number=4)
    content, salt = version.content.replace("Monday", "Sunday"), new_salt()

    behind_its_back(
        "UPDATE stories_version SET content = %s, digest = %s WHERE id = %s",
        content,
        commit(content, salt=salt),
        version.pk,
    )
    behind_its_back('UPDATE stories_leaf SET salt = %s WHERE "index" = 7', salt)

    flaws = verify_record()
    assert exit_status(flaws) == ALTERED
    assert {(flaw.article, flaw.version) for flaw in flaws} == {("bridge", 4)}


@pytest.mark.parametrize("column", ["note", "size"])
def test_a_checkpoint_that_is_changed_is_found(record, column):
    value = "'not a note'" if column == "note" else "size + 1"

    behind_its_back(f"UPDATE stories_checkpoint SET {column} = {value} WHERE size = 6")

    assert exit_status(verify_record()) == ALTERED


def test_the_whole_log_rewritten_without_its_checkpoints_is_found_by_the_exported_one(record):
    leaf = Leaf.objects.get(index=8)
    data = canonical_json({**json.loads(leaf.data), "recorded_at": "2026-03-02T20:30:00Z"})
    behind_its_back("DELETE FROM stories_checkpoint")
    behind_its_back('UPDATE stories_leaf SET data = %s, hash = %s WHERE "index" = 8', data, hash_of(data))

    assert "is not the one that was signed" in " ".join(map(str, verify_record()))


def test_the_takedown_that_is_changed_is_found(record):
    for column in ("authority", "in_the_name_of", "tombstone"):
        behind_its_back(f"UPDATE stories_takedown SET {column} = {column} || 'x'")
        assert exit_status(verify_record()) == ALTERED
        behind_its_back(f"UPDATE stories_takedown SET {column} = substr({column}, 1, length({column}) - 1)")
    assert verify_record() == []


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM stories_takedown",
        "UPDATE stories_takedown SET version_id = (SELECT id FROM stories_version WHERE number = 4)",
        "UPDATE stories_takedown SET taken_down_at = '2026-01-01 00:00:00'",
        "UPDATE stories_takedown SET leaf_id = 5",
    ],
)
def test_a_takedown_that_is_deleted_or_given_to_something_else_is_found(record, sql):
    """By its row readers are told of it, and the newsroom's corrections leave its notes out."""
    behind_its_back(sql)

    assert exit_status(verify_record()) in {ALTERED, MISSING}


def test_an_update_that_was_taken_down_and_is_gone_is_found(record):
    with connection.constraint_checks_disabled():
        gone = Leaf.objects.get(index=5).update_id
        behind_its_back('UPDATE stories_leaf SET update_id = NULL WHERE "index" = 5')
        behind_its_back("DELETE FROM stories_update WHERE id = %s", gone)

    assert exit_status(verify_record()) in {ALTERED, MISSING}


def test_a_salt_in_other_letters_is_found(record, lines):
    leaf = leaves_of(lines)[0]
    behind_its_back('UPDATE stories_leaf SET salt = upper(salt) WHERE "index" = 0')
    leaf["salt"] = leaf["salt"].upper()

    assert exit_status(verify_record()) == exit_status(verify(lines)) == ALTERED


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL holds no bytes where text belongs")
def test_a_checkpoint_of_bytes_is_told_and_not_a_crash(record):
    behind_its_back("UPDATE stories_checkpoint SET note = x'fffe' WHERE size = 6")

    assert exit_status(verify_record()) == ALTERED


def test_an_acknowledgement_put_in_by_sql_frees_no_rewritten_log(record):
    """Whoever can write to the database can write a leaf, too; the operator's file he cannot set aside."""
    _rewrite_log_with_acknowledgement()

    assert exit_status(verify_record()) == ALTERED
    with pytest.raises(RecordForked):
        sign_checkpoint(now=NOW)


def test_the_exported_checkpoint_cannot_be_rolled_back_by_a_forged_row(record):
    newest = exported_note()
    behind_its_back("DELETE FROM stories_checkpoint WHERE size = 9")
    behind_its_back("UPDATE stories_checkpoint SET size = 9 WHERE size = 6")

    sign_checkpoint(now=NOW)

    assert exported_note() == newest


def test_the_tombstone_that_is_changed_is_found(record):
    behind_its_back(
        "UPDATE stories_version SET content = replace(content, 'A court', 'No court') WHERE number = 3"
    )

    assert exit_status(verify_record()) == ALTERED


def _rewrite_log_with_acknowledgement():
    """Another time for the last leaf, no stored checkpoint, and a leaf that excuses the exported one."""
    exported = Signed.parse(exported_note())
    leaf = Leaf.objects.get(index=8)
    data = canonical_json({**json.loads(leaf.data), "recorded_at": "2026-03-02T20:30:00Z"})
    excuse = acknowledgement_leaf(
        index=9, recorded_at="2026-03-02T20:30:00Z", reason="-", size=9, root=exported.root.hex()
    )
    behind_its_back("DELETE FROM stories_checkpoint")
    behind_its_back('UPDATE stories_leaf SET data = %s, hash = %s WHERE "index" = 8', data, hash_of(data))
    Leaf.objects.create(index=9, kind="acknowledgement", data=excuse, hash=hash_of(excuse))


def _forge_last(lines):
    """Another text for version 4 of bridge, with salt, commitment, leaves and hashes that fit."""
    version, update = leaves_of(lines)[7:]
    version["content"], version["salt"] = version["content"].replace("Monday", "Sunday"), new_salt()
    fields = {**json.loads(version["data"]), "commitment": commit(version["content"], salt=version["salt"])}
    version["data"] = canonical_json(fields)
    version["hash"] = hash_of(version["data"])
    update["data"] = canonical_json({**json.loads(update["data"]), "previous_leaf": version["hash"]})
    update["hash"] = hash_of(update["data"])


def _sign_anew(lines, key):
    roots = Roots()
    signed = {}
    for leaf in leaves_of(lines):
        roots.append(bytes.fromhex(leaf["hash"]))
        signed[roots.size] = key.sign(str(Signed(key.name, roots.size, roots.root)))
    for line in lines:
        if line["type"] == "checkpoint":
            line["note"] = signed[int(line["note"].split("\n")[1])]
    lines[0]["keys"] = [str(key.verifier)]
