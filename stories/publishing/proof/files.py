"""The record as files: an export of all of it (JSON Lines), and the bundle of one story (JSON).

docs/record.md describes both. What cannot be read as either raises NotARecord.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from stories.publishing.proof.entry import THE_LOG, Entry, hash_data, read_fields
from stories.publishing.proof.flaw import Flaw
from stories.publishing.proof.leaf import SCHEMA
from stories.publishing.proof.merkle import is_included
from stories.publishing.proof.signed_note import VerifierKey
from stories.publishing.proof.verify import Verification, Verified, open_all, verify_log

EXPORT = "newsroom-record"
BUNDLE = "newsroom-story-record"
#: Of one line, or of one story: more is not held in memory, whatever a file unpacks to.
MOST_BYTES = 2**29
_GZIP = b"\x1f\x8b"
#: Stands for what is lost behind a damaged place in a compressed file; no line of an export.
_DAMAGE = b"\x00"

Line = Mapping[str, Any]


class NotARecord(ValueError):
    """The file is neither an export nor a bundle, or one that this program does not know how to read."""


def verify_file(path: Path, *, keys: Sequence[VerifierKey] = (), notes: Sequence[str] = ()) -> Verified:
    """Verify an export or a bundle, compressed or not.

    `keys` are trusted instead of those that the file itself names; `notes` are checkpoints kept elsewhere, which an
    export must agree with too. Raises NotARecord, and OSError where there is no such file.
    """
    with path.open("rb") as raw:
        start = raw.read(2)
        raw.seek(0)
        lines = _Lines(gzip.open(raw) if start == _GZIP else raw)  # type: ignore[arg-type] # noqa: SIM115
        first = next(iter(lines), None)
        if first is None:
            raise NotARecord("The file is empty, or damaged from its start.")
        header = _parse(first)
        if header is not None and header.get("format") == EXPORT:
            return verify_export(chain([first], lines), keys=keys, notes=notes)
        document = header or _parse(_joined(chain([first], lines)))
    if document is None or document.get("format") != BUNDLE:
        raise NotARecord("The file is neither an export of a record nor the record of a story.")
    return verify_bundle(document, keys=keys, notes=notes)


def verify_export(
    lines: Iterable[bytes], *, keys: Sequence[VerifierKey] = (), notes: Sequence[str] = ()
) -> Verified:
    """Verify the lines of an export; they are read once, and none is kept."""
    export = _Export(iter(lines))
    header = export.header()
    found = verify_log(export.entries(), [*notes, *export.notes()], keys or named_keys(header))
    flaws = [*found.flaws, *export.flaws, *_flaws_of_unsigned(found)]
    return Verified(**{name: getattr(found, name) for name in Verified.__slots__} | {"flaws": flaws})


def verify_bundle(document: Line, *, keys: Sequence[VerifierKey] = (), notes: Sequence[str] = ()) -> Verified:
    """Verify the record of one story: its leaves, their chain, and that the signed log includes each."""
    _refuse_other_schemas(document)
    note = document.get("checkpoint")
    signed, flaws = open_all([note] if isinstance(note, str) else [], keys or named_keys(document))
    told = {note for note in notes if note != document.get("checkpoint")}
    if told:
        flaws.append(
            Flaw(THE_LOG, None, "one story’s record cannot be held against another checkpoint", "unknown")
        )
    verification = Verification()
    items = document.get("leaves")
    rows = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    if rows != (items or []):
        flaws.append(Flaw(THE_LOG, None, "something among its leaves is none", "altered"))
    if not rows:
        flaws.append(Flaw(str(document.get("story")), None, "the file has no leaves", "missing"))
    unsigned, last = 0, -1
    for row in rows:
        entry = _entry(row)
        position = entry.index if isinstance(entry.index, int) and entry.index > last else last + 1
        last = position
        flaws += verification.flaws_of_leaf(entry, position=position)
        flaws += _flaws_of_place(document, row, entry)
        if signed and not _is_included(row, entry, signed[0].size, signed[0].root):
            unsigned += 1
            flaws.append(_not_included(row, entry, document))
        elif not signed:
            unsigned += 1
    if not signed and rows and not isinstance(note, str):
        flaws.append(
            Flaw(str(document.get("story")), None, "no checkpoint has been signed for it yet", "unknown")
        )
    flaws += verification.flaws_left()
    return verification.result(flaws, leaf_count=len(rows), checkpoints=len(signed), unsigned=unsigned)


def _flaws_of_unsigned(found: Verified) -> Iterator[Flaw]:
    """An export is signed as a whole: behind its last checkpoint anybody could have written anything."""
    if not found.leaves:
        yield Flaw(THE_LOG, None, "it has no leaves: there is nothing to verify", "unknown")
    if found.unsigned:
        what = f"no checkpoint that can be believed covers the last {found.unsigned} of its {found.leaves} leaves"
        yield Flaw(THE_LOG, None, what, "unknown")


def named_keys(header: Line) -> list[VerifierKey]:
    """The keys that a file says its checkpoints are signed with."""
    try:
        return [VerifierKey.parse(text) for text in header["keys"]]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NotARecord(f"The file does not say by which key it is signed: {error}.") from error


class _Lines:
    """The lines of a file; where it breaks off inside its compression, they end."""

    def __init__(self, file: BinaryIO) -> None:
        self._lines = self._read(file)

    def __iter__(self) -> Iterator[bytes]:
        return self._lines

    def _read(self, file: BinaryIO) -> Iterator[bytes]:
        try:
            while line := file.readline(MOST_BYTES):
                yield line
        except EOFError:
            return
        except (zlib.error, gzip.BadGzipFile):
            yield _DAMAGE


def _joined(lines: Iterable[bytes]) -> bytes:
    parts, size = list[bytes](), 0
    for line in lines:
        parts.append(line)
        if (size := size + len(line)) > MOST_BYTES:
            raise NotARecord(
                f"The file has more than {MOST_BYTES} bytes, which is more than a story’s record has."
            )
    return b"".join(parts)


class _Export:
    """The lines of an export in their order: header, checkpoints, leaves, end."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self.flaws: list[Flaw] = []
        self._lines = enumerate(lines, start=1)
        self._next: Line | None = None
        self._is_ended = False
        self._counts = {"leaf": 0, "checkpoint": 0}

    def header(self) -> Line:
        header = self._read()
        if header is None or header.get("format") != EXPORT:
            raise NotARecord("The file is not an export of a record.")
        _refuse_other_schemas(header)
        self._next = self._read()
        return header

    def notes(self) -> list[str]:
        return [str(line.get("note")) for line in self._lines_of("checkpoint")]

    def entries(self) -> Iterator[Entry]:
        for line in self._lines_of("leaf"):
            yield _entry(line)
        self._end()

    def _lines_of(self, kind: str) -> Iterator[Line]:
        while self._next is not None and self._next.get("type") == kind:
            self._counts[kind] += 1
            yield self._next
            self._next = self._read()

    def _end(self) -> None:
        end = self._next
        if end is None:
            self._say("the file ends before its last line", kind="missing")
            return
        if end.get("type") != "end":
            self._say("a line has no place in it")
            return
        for kind, name in (("leaf", "leaves"), ("checkpoint", "checkpoints")):
            if end.get(name) != self._counts[kind]:
                self._say(f"it has {self._counts[kind]} {name}, and its last line says {end.get(name)}")
        if self._read() is not None:
            self._say("it goes on after its last line")

    def _read(self) -> Line | None:
        for number, raw in self._lines:
            line = _parse(raw)
            if line is not None:
                return line
            if raw.endswith(b"\n") or raw == _DAMAGE:
                self._say(f"line {number} cannot be read")
            else:
                self._say(f"the file breaks off in line {number}", kind="missing")
        return None

    def _say(self, what: str, *, kind: Any = "altered") -> None:
        self.flaws.append(Flaw("the file", None, what, kind))


def _parse(raw: bytes) -> Line | None:
    """None also where a name stands twice: other programs may read the other."""
    try:
        line = json.loads(raw, object_pairs_hook=_once_each)
    except (ValueError, RecursionError):
        return None
    return line if isinstance(line, dict) else None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse_other_schemas(header: Line) -> None:
    if header.get("schema") != SCHEMA:
        raise NotARecord(f"The file is written in schema {header.get('schema')}, which is not known here.")


def _entry(row: Line) -> Entry:
    return Entry(*(row.get(name) for name in Entry.__slots__))


def _flaws_of_place(document: Line, row: Line, entry: Entry) -> Iterator[Flaw]:
    fields = read_fields(entry.data) or {}
    if fields.get("story") != document.get("story"):
        yield Flaw(
            str(document.get("story")), None, f"leaf {row.get('index')} is of another story", "altered"
        )


def _is_included(row: Line, entry: Entry, size: int, root: bytes) -> bool:
    try:
        proof = [bytes.fromhex(node) for node in row["proof"]]
        index = int(row["index"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return False
    return is_included(leaf=hash_data(entry.data), index=index, size=size, proof=proof, root=root)


def _not_included(row: Line, entry: Entry, document: Line) -> Flaw:
    fields = read_fields(entry.data) or {}
    version = fields.get("version")
    number = version if isinstance(version, int) else None
    if row.get("proof") is None:
        what = f"leaf {row.get('index')} is newer than the checkpoint: ask for the file again in a minute"
        return Flaw(str(document.get("story")), number, what, "unknown")
    what = f"the signed log does not include leaf {row.get('index')}"
    return Flaw(str(document.get("story")), number, what, "altered")
