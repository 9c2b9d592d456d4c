"""The log, recomputed leaf by leaf: every hash, chain, commitment and signed root."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stories.publishing.canonical import canonical_json
from stories.publishing.proof import leaf as leaves
from stories.publishing.proof.flaw import Flaw, Kind
from stories.publishing.proof.merkle import Roots, leaf_hash
from stories.publishing.proof.signed_note import Checkpoint, NoteError, VerifierKey, open_checkpoint

#: Where a flaw is of no story.
THE_LOG = "the log"

_COMMIT_TO_NOTHING = {leaves.TAKEDOWN, leaves.ACKNOWLEDGEMENT}

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A leaf as it is stored, with what opens its commitment: `salt` and `content`, empty and None once deleted."""

    index: Any
    data: Any
    hash: Any
    salt: Any
    content: Any


@dataclass(frozen=True, slots=True)
class Verified:
    """What was recomputed, and what does not agree; `unsigned` leaves are newer than the last checkpoint."""

    flaws: Sequence[Flaw]
    leaves: int
    stories: int
    versions: int
    updates: int
    takedowns: int
    checkpoints: int
    unsigned: int


@dataclass(slots=True)
class _Story:
    """How far one story's chain has come."""

    last_leaf: str = ""
    last_number: int = 0
    #: What the next version must name as the digest before it; None where nobody can tell any more.
    last_digest: str | None = ""
    #: The updates that versions hold and whose leaves are still to come, by version and id.
    expected: dict[tuple[int, Any], str] = field(default_factory=dict)
    #: The versions whose content is there, and those whose salt is gone, with what stands in its place.
    opened: set[int] = field(default_factory=set)
    closed: dict[int, Any] = field(default_factory=dict)
    closed_updates: set[int] = field(default_factory=set)
    taken_down: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)


def verify_log(entries: Iterable[Entry], notes: Iterable[str], keys: Sequence[VerifierKey]) -> Verified:
    """Recompute a whole log from its first leaf, and hold it against signed checkpoints.

    Entries are read once, in their order; `notes` are checkpoints as signed notes, each of which one of `keys` must
    have signed.
    """
    verification = Verification()
    signed, flaws = open_all(notes, keys)
    flaws += verification.read(entries, signed)
    size = verification.roots.size
    unsigned = max(0, size - max((each.size for each in signed), default=0))
    return verification.result(flaws, leaf_count=size, checkpoints=len(signed), unsigned=unsigned)


def read_fields(data: Any) -> Fields | None:
    """A leaf's data as fields; None where it is not the canonical JSON of any."""
    try:
        fields = json.loads(data)
        return fields if isinstance(fields, dict) and canonical_json(fields) == data else None
    except (TypeError, ValueError, RecursionError):
        return None


class Verification:
    """What was learnt from the leaves so far: a leaf is judged by those before it."""

    def __init__(self) -> None:
        self.roots = Roots()
        self.stories: dict[str, _Story] = defaultdict(_Story)
        self.counts: dict[str, int] = defaultdict(int)

    def read(self, entries: Iterable[Entry], signed: Sequence[Checkpoint]) -> list[Flaw]:
        to_come = sorted(signed, key=lambda each: each.size)
        flaws = list(self._flaws_of_roots(to_come))
        for entry in entries:
            flaws += self._flaws_of(entry)
            flaws += self._flaws_of_roots(to_come)
        flaws += [
            Flaw(THE_LOG, None, f"it has {self.roots.size} leaves, and {each.size} were signed", "missing")
            for each in to_come
        ]
        return flaws + list(self.flaws_left())

    def result(self, flaws: Sequence[Flaw], *, leaf_count: int, checkpoints: int, unsigned: int) -> Verified:
        return Verified(
            flaws=flaws,
            leaves=leaf_count,
            stories=len(self.stories),
            versions=self.counts[leaves.VERSION],
            updates=self.counts[leaves.UPDATE],
            takedowns=self.counts[leaves.TAKEDOWN],
            checkpoints=checkpoints,
            unsigned=unsigned,
        )

    def _flaws_of_roots(self, to_come: list[Checkpoint]) -> Iterator[Flaw]:
        while to_come and to_come[0].size <= self.roots.size:
            checkpoint = to_come.pop(0)
            if checkpoint.size != self.roots.size or checkpoint.root != self.roots.root:
                what = f"the root of its first {checkpoint.size} leaves is not the one that was signed"
                yield Flaw(THE_LOG, None, what, "altered")

    def _flaws_of(self, entry: Entry) -> Iterator[Flaw]:
        position = self.roots.size
        self.roots.append(hash_data(entry.data))
        yield from self.flaws_of_leaf(entry, position=position)

    def flaws_of_leaf(self, entry: Entry, *, position: int) -> Iterator[Flaw]:
        fields = read_fields(entry.data)
        if fields is None:
            yield Flaw(
                THE_LOG, None, f"data of leaf {position} is not the canonical JSON of a leaf", "altered"
            )
            return
        say = _sayer(fields)
        if entry.hash != hash_data(entry.data).hex():
            yield say(f"data and hash of leaf {position} do not belong together")
        if entry.index != position or fields.get("index") != position:
            yield from _flaws_of_index(entry, fields, position, say)
        if fields.get("schema") != leaves.SCHEMA:
            yield say(f"schema of leaf {position} is one that this program does not know", "unknown")
            return
        self.counts[str(fields.get("kind"))] += 1
        if fields.get("kind") in _COMMIT_TO_NOTHING and (entry.salt != "" or entry.content is not None):
            yield say(f"leaf {position} commits to nothing, and has a salt or a content")
        if fields.get("kind") == leaves.ACKNOWLEDGEMENT:
            return
        yield from self._flaws_in_story(entry, fields, say)

    def _flaws_in_story(self, entry: Entry, fields: Fields, say: _Say) -> Iterator[Flaw]:
        story = self.stories[str(fields.get("story"))]
        if fields.get("previous_leaf") != story.last_leaf:
            yield say(
                "previous_leaf is not the hash of the story’s leaf before: one was dropped, put in or moved"
            )
        story.last_leaf = hash_data(entry.data).hex()
        match fields.get("kind"):
            case leaves.VERSION:
                yield from _flaws_of_version(entry, fields, story, say)
            case leaves.UPDATE:
                yield from _flaws_of_update(entry, fields, story, say)
            case leaves.TAKEDOWN:
                yield from _flaws_of_takedown(fields, story, say)
            case kind:
                yield say(f"kind “{kind}” is none of a leaf")

    def flaws_left(self) -> Iterator[Flaw]:
        for slug, story in self.stories.items():
            for version, update in story.expected:
                yield Flaw(slug, version, f"update {update}, which it published, has no leaf", "missing")
            for version in sorted((story.closed.keys() | story.closed_updates) - story.taken_down):
                yield Flaw(slug, version, "content and salt are gone, and it was never taken down", "missing")


_Say = Callable[..., Flaw]


def _sayer(fields: Fields) -> _Say:
    story, version = fields.get("story"), fields.get("version")

    def say(what: str, kind: Kind = "altered") -> Flaw:
        number = version if isinstance(version, int) else None
        return Flaw(story if isinstance(story, str) else THE_LOG, number, what, kind)

    return say


def open_all(notes: Iterable[str], keys: Sequence[VerifierKey]) -> tuple[list[Checkpoint], list[Flaw]]:
    signed, flaws = [], []
    for note in notes:
        try:
            signed.append(open_checkpoint(note, keys))
        except NoteError as error:
            flaws.append(Flaw(THE_LOG, None, f"a checkpoint cannot be believed: {error}", "altered"))
    return signed, flaws


def hash_data(data: Any) -> bytes:
    """A leaf's hash, whatever has become of its data."""
    raw = data if isinstance(data, bytes) else str(data).encode(errors="surrogateescape")
    return leaf_hash(raw)


def _flaws_of_index(entry: Entry, fields: Fields, position: int, say: _Say) -> Iterator[Flaw]:
    if entry.index == fields.get("index") and isinstance(entry.index, int) and entry.index > position:
        yield Flaw(THE_LOG, None, f"leaf {position} is gone", "missing")
    else:
        yield say(f"index of leaf {position} is another")


def flaws_of_content(entry: Entry, fields: Fields, say: _Say) -> Iterator[Flaw]:
    """Whether content and salt open the commitment."""
    which = f" of update {fields.get('update')}" if fields.get("kind") == leaves.UPDATE else ""
    if entry.content is None:
        yield say(f"the content{which} is gone, and it was not taken down", "missing")
        return
    try:
        is_open = leaves.commit(entry.content, salt=entry.salt) == fields.get("commitment")
        is_open = is_open and len(entry.salt) == 2 * leaves.SALT_BYTES and entry.salt == entry.salt.lower()
    except (AttributeError, TypeError, ValueError):
        is_open = False
    if not is_open:
        yield say(f"content, salt and commitment{which} do not belong together")


def _flaws_of_version(entry: Entry, fields: Fields, story: _Story, say: _Say) -> Iterator[Flaw]:
    number = fields.get("version")
    yield from _flaws_of_number(number, story, say)
    before = story.last_digest
    # One that is older than the log has a digest that can be told from its content alone.
    story.last_digest = None if fields.get("backfilled") else fields.get("commitment")
    if entry.salt == "":
        if isinstance(number, int):
            story.closed[number] = entry.content
        return
    yield from flaws_of_content(entry, fields, say)
    if entry.content is None:
        if isinstance(number, int):
            story.lost.add(number)
        return
    content = read_fields(entry.content)
    if content is None:
        yield say("content is not canonical JSON")
        return
    if fields.get("backfilled"):
        story.last_digest = leaves.plain_digest(entry.content)
    yield from _flaws_of_metadata(fields, content, say)
    if before is not None and content.get("previous_digest") != before:
        yield say("previous_digest is not the digest of the version before")
    if isinstance(number, int):
        story.opened.add(number)
        story.expected |= {(number, each["id"]): canonical_json(each) for each in updates_in(content)}


def _flaws_of_number(number: Any, story: _Story, say: _Say) -> Iterator[Flaw]:
    due = story.last_number + 1
    if not isinstance(number, int) or number < due:
        yield say("version is not the number that follows")
        return
    if number > due:
        yield say(f"version {due}, which comes before it, is gone", "missing")
    story.last_number = number


def _flaws_of_metadata(fields: Fields, content: Fields, say: _Say) -> Iterator[Flaw]:
    names = {"story": "article", "version": "number"} | {name: name for name in leaves.SHARED_WITH_CONTENT}
    for name, in_content in names.items():
        if name not in fields or fields[name] != content.get(in_content):
            yield say(f"{name} of the leaf and the content disagree")


def _flaws_of_update(entry: Entry, fields: Fields, story: _Story, say: _Say) -> Iterator[Flaw]:
    number, update = fields.get("version"), fields.get("update")
    if entry.salt == "":
        if isinstance(number, int):
            story.closed_updates.add(number)
        if entry.content is not None:
            yield say(f"salt of update {update} is gone, and its content is not")
        return
    yield from flaws_of_content(entry, fields, say)
    if entry.content is None or number in story.lost:
        return
    content = read_fields(entry.content) or {}
    for name, in_content in (("update", "id"), ("update_kind", "kind"), ("recorded_at", "recorded_at")):
        if fields.get(name) != content.get(in_content):
            yield say(f"{name} of the leaf and the content of update {update} disagree")
    if not isinstance(number, int):
        return
    expected = story.expected.pop((number, update), None)
    if number in story.closed:
        yield say(f"it was taken down, and the content and salt of update {update} are still there")
    elif expected is None:
        yield say(f"update {update} has a leaf, and no version published it")
    elif expected != entry.content:
        yield say(f"content of update {update} and the content of the version disagree")


def _flaws_of_takedown(fields: Fields, story: _Story, say: _Say) -> Iterator[Flaw]:
    number = fields.get("version")
    if not isinstance(number, int) or number in story.taken_down:
        yield say("it was taken down twice")
        return
    story.taken_down.add(number)
    story.expected = {key: text for key, text in story.expected.items() if key[0] != number}
    if number in story.opened:
        yield say("it was taken down, and its content and salt are still there")
    elif number not in story.closed and number not in story.lost:
        yield say("it was taken down, and was never published")
    elif number in story.closed:
        content = story.closed[number]
        if not isinstance(content, str) or leaves.plain_digest(content) != fields.get("tombstone"):
            yield say("content is not the tombstone that the takedown names")


def updates_in(content: Fields) -> list[Fields]:
    """The updates that a version's content holds, as far as they can be read."""
    updates = content.get("updates")
    if not isinstance(updates, list):
        return []
    return [each for each in updates if isinstance(each, dict) and isinstance(each.get("id"), int)]
