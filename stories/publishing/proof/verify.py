"""The log, recomputed leaf by leaf: every hash, chain, commitment and signed root."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stories.publishing.proof import leaf as leaves
from stories.publishing.proof.chain import Story, flaws_in_story, flaws_left
from stories.publishing.proof.entry import THE_LOG, Entry, Fields, Say, hash_data, misfits, read_fields, sayer
from stories.publishing.proof.flaw import Flaw
from stories.publishing.proof.merkle import Roots
from stories.publishing.proof.signed_note import Checkpoint, NoteError, VerifierKey, open_checkpoint

_COMMIT_TO_NOTHING = {leaves.TAKEDOWN, leaves.ACKNOWLEDGEMENT}


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


class Verification:
    """What was learnt from the leaves so far: a leaf is judged by those before it."""

    def __init__(self) -> None:
        self.roots = Roots()
        self.stories: dict[str, Story] = defaultdict(Story)
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
        say = sayer(fields)
        if entry.hash != hash_data(entry.data).hex():
            yield say(f"data and hash of leaf {position} do not belong together")
        if entry.index != position or fields.get("index") != position:
            yield from _flaws_of_index(entry, fields, position, say)
        if fields.get("schema") != leaves.SCHEMA:
            yield say(f"schema of leaf {position} is one that this program does not know", "unknown")
            return
        if odd := misfits(fields):
            yield say(f"{' and '.join(odd)} of leaf {position} can be that of no leaf")
            return
        self.counts[str(fields.get("kind"))] += 1
        if fields.get("kind") in _COMMIT_TO_NOTHING and (entry.salt != "" or entry.content is not None):
            yield say(f"leaf {position} commits to nothing, and has a salt or a content")
        if fields.get("kind") == leaves.ACKNOWLEDGEMENT:
            return
        yield from flaws_in_story(entry, fields, self.stories[str(fields.get("story"))], say)

    def flaws_left(self) -> Iterator[Flaw]:
        for slug, story in self.stories.items():
            yield from flaws_left(slug, story)


def open_all(notes: Iterable[str], keys: Sequence[VerifierKey]) -> tuple[list[Checkpoint], list[Flaw]]:
    signed, flaws = [], []
    for note in notes:
        try:
            signed.append(open_checkpoint(note, keys))
        except NoteError as error:
            flaws.append(Flaw(THE_LOG, None, f"a checkpoint cannot be believed: {error}", "altered"))
    return signed, flaws


def _flaws_of_index(entry: Entry, fields: Fields, position: int, say: Say) -> Iterator[Flaw]:
    if entry.index == fields.get("index") and isinstance(entry.index, int) and entry.index > position:
        yield Flaw(THE_LOG, None, f"leaf {position} is gone", "missing")
    else:
        yield say(f"index of leaf {position} is another")
