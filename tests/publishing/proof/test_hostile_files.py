"""A record that somebody made to mislead whoever verifies it at home: always an answer, and never that it is sound."""

from __future__ import annotations

import copy
import gzip
import json
import math
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from stories.publishing.canonical import canonical_json
from stories.publishing.proof import files
from stories.publishing.proof.__main__ import main
from stories.publishing.proof.files import BUNDLE, EXPORT
from stories.publishing.proof.flaw import ALTERED, CANNOT_TELL, SOUND
from stories.publishing.proof.leaf import SCHEMA, commit, hash_of, plain_digest
from stories.publishing.proof.signed_note import Checkpoint, SigningKey
from tests.publishing.proof.whole_tree import WholeTree

KEY, ANOTHER = SigningKey("news.example", b"k" * 32), SigningKey("news.example", b"a" * 32)
TIMES = {
    "recorded_at": "2026-03-02T14:30:00Z",
    "stated_at": "2026-03-02T14:30:00Z",
    "stated_zone": "UTC",
    "minor": False,
}
NOTE = {"id": 1, "kind": "update", "recorded_at": TIMES["recorded_at"], "body": "It opens."}
SALT = "5a" * 32
#: What none of the places of a record takes.
ODD: tuple[Any, ...] = (
    *(None, True, -1, 10**15, 2**63, 10**4000, 1.5, math.nan, math.inf),
    *("", "x", "\ud800", "\udc80", "\x00", "\x1b[2K\r", "x\nThe record is sound: all of it.", "é" * 1000),
    *([], {}, [[]], {"a": []}, [None, 5, "x", {}]),
)


class Log:
    """Two versions of a story, the first of which was taken down, and the second with an update."""

    def __init__(self, **said: Any) -> None:
        self.rows: list[dict[str, Any]] = []
        self.said = said
        first = self._version(1, "")
        tombstone = canonical_json({"headline": "Taken down"})
        self._version(2, first, updates=[NOTE])
        self._add(
            {"kind": "update", "version": 2, "update": 1, "update_kind": "update"}, canonical_json(NOTE)
        )
        taken = {"kind": "takedown", "version": 1, "authority": "Court", "in_the_name_of": "R."}
        self._add({**taken, "tombstone": plain_digest(tombstone)}, None, salt="")
        self.rows[0] |= {"salt": "", "content": tombstone}

    def _version(self, number: int, before: str, **more: Any) -> str:
        content = {
            "article": "bridge",
            "number": number,
            "previous_digest": before,
            **TIMES,
            "body": "x",
            **more,
        }
        self._add({"kind": "version", "version": number, **TIMES}, canonical_json(content))
        return commit(canonical_json(content), salt=SALT)

    def _add(self, fields: dict[str, Any], content: str | None, *, salt: str = SALT) -> None:
        index = len(self.rows)
        chained = {"index": index, "previous_leaf": self.rows[-1]["hash"] if self.rows else ""}
        told = {"schema": SCHEMA, "story": "bridge", "recorded_at": TIMES["recorded_at"], **chained, **fields}
        if content is not None:
            told |= {"commitment": commit(content, salt=salt), "backfilled": False}
        data = canonical_json({**told, **self.said})
        self.rows.append(
            {"index": index, "data": data, "hash": hash_of(data), "salt": salt, "content": content}
        )

    def checkpoint(self, key: SigningKey = KEY) -> str:
        tree = WholeTree([bytes.fromhex(row["hash"]) for row in self.rows])
        return key.sign(str(Checkpoint(key.name, tree.size, tree.root)))

    def bundle(self) -> dict[str, Any]:
        tree = WholeTree([bytes.fromhex(row["hash"]) for row in self.rows])
        proofs = [[node.hex() for node in tree.inclusion(row["index"])] for row in self.rows]
        leaves = [{**row, "proof": proof} for row, proof in zip(self.rows, proofs, strict=True)]
        told = {"format": BUNDLE, "schema": SCHEMA, "story": "bridge", "keys": [str(KEY.verifier)]}
        return {**told, "checkpoint": self.checkpoint(), "leaves": leaves}

    def export(self) -> list[dict[str, Any]]:
        header = {"format": EXPORT, "schema": SCHEMA, "keys": [str(KEY.verifier)]}
        leaves = [{"type": "leaf", **row} for row in self.rows]
        end = {"type": "end", "leaves": len(leaves), "checkpoints": 1}
        return [header, {"type": "checkpoint", "note": self.checkpoint()}, *leaves, end]


class Verifier:
    """The program that readers take home, in this process; what it says goes through a terminal's encoding."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._path, self._capsys = path, capsys

    def says(self, file: bytes | dict[str, Any] | list[dict[str, Any]], *options: str) -> tuple[int, str]:
        self._path.write_bytes(file if isinstance(file, bytes) else written(file))
        status = main([str(self._path), *options])
        return status, self._capsys.readouterr().out


@pytest.fixture
def verifier(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Verifier:
    return Verifier(tmp_path / "record", capsys)


def written(file: dict[str, Any] | list[dict[str, Any]]) -> bytes:
    lines = [file] if isinstance(file, dict) else file
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def places(of: Any) -> Iterator[tuple[list[Any], Any]]:
    """All that stands in a file, each with the keys that lead there."""
    steps = of.items() if isinstance(of, dict) else enumerate(of) if isinstance(of, list) else ()
    for key, value in steps:
        yield [key], value
        yield from (([key, *rest], inner) for rest, inner in places(value))


def put(file: Any, place: list[Any], value: Any) -> Any:
    changed = copy.deepcopy(file)
    at = changed
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = value
    return changed


def is_told_in_plain_lines(said: str) -> bool:
    lines = said.removesuffix("\n").split("\n")
    first = ("ALTERED ", "MISSING ", "CANNOT TELL", "The record is sound: ", "The key is the one ")
    return all(line.isprintable() and line.startswith(first) and line.isprintable() for line in lines)


def test_untouched_they_are_sound(verifier: Verifier) -> None:
    for file in (Log().bundle(), Log().export()):
        assert verifier.says(file, "--key", str(KEY.verifier))[0] == SOUND


@pytest.mark.parametrize("kind", ["bundle", "export"])
def test_nothing_odd_in_any_place_passes(kind: str, verifier: Verifier) -> None:
    file = getattr(Log(), kind)()
    for place, before in places(file):
        # For Python true is 1, and nobody is misled by it.
        for value in (each for each in ODD if each != before):
            status, said = verifier.says(put(file, place, value))

            assert is_told_in_plain_lines(said), (place, value, said)
            assert status != SOUND, (place, value, said)


@pytest.mark.parametrize("name", list(json.loads(Log().rows[2]["data"])))
def test_nothing_odd_that_was_signed_is_without_an_answer(name: str, verifier: Verifier) -> None:
    for value in ODD:
        with suppress(TypeError, ValueError):
            log = Log(**{name: value})
            for file in (log.bundle(), log.export()):
                assert is_told_in_plain_lines(verifier.says(file)[1]), value


def test_leaves_that_are_moved_doubled_or_left_out_are_told(verifier: Verifier) -> None:
    bundle, export = Log().bundle(), Log().export()
    for one, other in permutations(range(4), 2):
        leaves, lines = list(bundle["leaves"]), list(export)
        leaves[one], lines[one + 2] = leaves[other], lines[other + 2]

        assert verifier.says({**bundle, "leaves": leaves})[0] == ALTERED
        assert verifier.says(lines)[0] == ALTERED
        leaves[other], lines[other + 2] = bundle["leaves"][one], export[one + 2]
        assert verifier.says({**bundle, "leaves": leaves})[0] == ALTERED
        assert verifier.says(lines)[0] == ALTERED
    for one in range(4):
        assert verifier.says(export[: one + 2] + export[one + 3 :])[0] != SOUND


def test_where_nothing_is_left_nothing_is_sound(verifier: Verifier) -> None:
    header, *_rest = Log().export()

    assert verifier.says([header, {"type": "end", "leaves": 0, "checkpoints": 0}])[0] == CANNOT_TELL


def test_what_another_key_has_signed_is_not_believed(verifier: Verifier) -> None:
    log = Log()
    note, trusted = log.checkpoint(ANOTHER), ("--key", str(KEY.verifier))
    named = [str(ANOTHER.verifier)]
    lines = [{**log.export()[0], "keys": named}, {"type": "checkpoint", "note": note}, *log.export()[2:]]

    assert verifier.says({**log.bundle(), "keys": named, "checkpoint": note}, *trusted)[0] == ALTERED
    assert verifier.says(lines, *trusted)[0] == ALTERED
    assert verifier.says({**log.bundle(), "checkpoint": note})[0] == ALTERED


@pytest.mark.parametrize("name", ["content", "data", "proof", "story"])
def test_a_name_that_stands_twice_is_not_read_as_either(name: str, verifier: Verifier) -> None:
    """Other programs may show the one that this one leaves alone."""
    for file in (Log().bundle(), Log().export()):
        text = written(file)
        twice = text.replace(f'"{name}":'.encode(), f'"{name}": "Another.", "{name}":'.encode())

        assert twice == text or verifier.says(twice)[0] != SOUND


# Without the time, by which each process that runs tests would give them another name.
zipped = partial(gzip.compress, mtime=0)


@pytest.mark.parametrize(
    "raw",
    [
        *(
            b"",
            b"\n",
            b"[" * 10**6,
            b'{"a":' * 10**6,
            b"\x00" * 100,
            b"\xff\xfe",
            b"\xef\xbb\xbf{}",
            b"{}",
            b"null",
        ),
        *(b"\x1f\x8b", zipped(b""), zipped(b"{}")[:-5], zipped(b"x" * 100)[:15]),
        *('{"format": "\\ud800"}'.encode("utf-16"), b"9" * 10_000, b'{"format": ' + b"9" * 10_000 + b"}"),
    ],
)
def test_what_is_no_record_is_told_as_none(raw: bytes, verifier: Verifier) -> None:
    status, said = verifier.says(raw)

    assert status == CANNOT_TELL
    assert is_told_in_plain_lines(said)


def test_what_unpacks_to_no_end_is_not_held(verifier: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 10_000)
    export = written(Log().export())

    assert verifier.says(gzip.compress(b" " * 10_001))[0] == CANNOT_TELL
    status, said = verifier.says(gzip.compress(export + b" " * 100_000 + b"\n"))
    assert status != SOUND
    assert "it goes on after its last line" in said or "cannot be read" in said


def test_a_terminal_that_knows_few_letters_is_told_too(tmp_path: Path) -> None:
    path = tmp_path / "record"
    path.write_bytes(written(put(Log().bundle(), ["story"], "моста \U0001f600")))
    command = [sys.executable, "-m", "stories.publishing.proof", str(path)]

    ended = subprocess.run(command, env={"PYTHONIOENCODING": "ascii"}, capture_output=True, check=False)

    assert (ended.returncode, ended.stderr) == (ALTERED, b"")
    assert ended.stdout.startswith(b"ALTERED ")
