"""The log as the database holds it, held against its checkpoints and against the rows that its leaves are about."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q

from stories.models import Article, Checkpoint
from stories.models.words import LeafKind
from stories.publishing.canonical import canonical_json
from stories.publishing.checkpoints import exported_note, verifier_keys
from stories.publishing.log_tree import Place, contradicting_nodes
from stories.publishing.proof import signed_note
from stories.publishing.proof.entry import THE_LOG, Entry, hash_data, read_fields, updates_in
from stories.publishing.proof.flaw import Flaw, Kind
from stories.publishing.proof.merkle import RootsAndNodes
from stories.publishing.proof.signed_note import NoteError
from stories.publishing.proof.verify import verify_log
from stories.publishing.rows import (
    LeafRow,
    leaf_rows,
    leaves_of_lost_updates,
    leaves_of_moved_updates,
    takedown_rows,
    takedowns_without_leaf,
)

_ALL = Q()


def flaws_of_log(
    articles: Sequence[Article] | None,
    *,
    notes: Sequence[str] = (),
    on_progress: Callable[[int], object] = lambda _count: None,
) -> list[Flaw]:
    """What does not agree in the log; of these articles and of the log itself, or all.

    The whole log is recomputed in either case: a root is of all its leaves. `on_progress` is told of each.
    """
    kept = list(dict.fromkeys([*notes, *_exported(), *_stored()]))
    of_columns: list[Flaw] = []
    tree = RootsAndNodes()
    entries = _told(_entries(of_columns), on_progress)
    found = verify_log(_hashed(entries, tree), kept, verifier_keys(kept))
    flaws = [*found.flaws, *of_columns, *_flaws_of_checkpoints(), *_flaws_of_nodes(tree.nodes)]
    flaws += [*_flaws_of_takedowns(), *_flaws_of_lost_updates()]
    if articles is None:
        return flaws
    named = {article.slug for article in articles} | {THE_LOG}
    return [flaw for flaw in flaws if flaw.article in named]


def log_entries(chosen: Q = _ALL) -> Iterator[Entry]:
    """Leaves with what opens their commitments, in the log's order; nothing where that was deleted."""
    yield from _entries([], chosen)


def _entries(flaws: list[Flaw], chosen: Q = _ALL) -> Iterator[Entry]:
    """The entries; what the columns of a leaf and its data disagree in is added to `flaws`."""
    updates: Mapping[Any, str] = {}
    of_version: int | None = None
    for row in leaf_rows(chosen):
        flaws += _flaws_of_columns(row)
        content = row.content
        if row.kind == LeafKind.VERSION:
            of_version, updates = row.version_id, _updates_of(content)
        elif row.kind == LeafKind.UPDATE and row.version_id == of_version:
            content = updates.get(row.update_id)
        yield Entry(row.index, row.data, row.hash, row.salt, content)


def _told(entries: Iterable[Entry], on_progress: Callable[[int], object]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        on_progress(1)


def _hashed(entries: Iterable[Entry], tree: RootsAndNodes) -> Iterator[Entry]:
    """The entries, each of which has been taken into the tree by what it says, and not by the hash beside it."""
    for entry in entries:
        tree.append(hash_data(entry.data))
        yield entry


def _updates_of(content: Any) -> dict[Any, str]:
    try:
        return {each["id"]: canonical_json(each) for each in updates_in(json.loads(content))}
    except (TypeError, ValueError, AttributeError, RecursionError):
        return {}


def _flaws_of_columns(row: LeafRow) -> Iterator[Flaw]:
    fields = read_fields(row.data)
    if fields is None:
        return
    told = {
        "kind": (row.kind, fields.get("kind")),
        "article": (row.story, fields.get("story")),
        "version": (row.number, fields.get("version")),
        "update": (row.update_id, fields.get("update")),
    }
    if row.number is None and row.version_id:
        del told["version"]  # The version is gone, which is told of it.
    for name, (column, said) in told.items():
        if column != said:
            yield _flaw(fields, f"{name} of leaf {row.index} and its data disagree")


def _flaws_of_checkpoints() -> Iterator[Flaw]:
    for size, note in Checkpoint.objects.values_list("size", "note"):
        claimed = _read(note)
        if claimed and claimed.size != size:
            yield Flaw(THE_LOG, None, f"size of checkpoint {size} and its note disagree", "altered")


def _flaws_of_nodes(nodes: Mapping[Place, bytes]) -> Iterator[Flaw]:
    for each in contradicting_nodes(nodes):
        yield Flaw(THE_LOG, None, str(each), each.kind)


def _flaws_of_takedowns() -> Iterator[Flaw]:
    for row in takedown_rows():
        fields = read_fields(row.data) or {}
        if row.takedown_id is None:
            yield _flaw(fields, "its takedown is in the log, and who asked for it is gone", "missing")
            continue
        if row.takedown_of != row.version_id:
            yield _flaw(fields, "the takedown names another version than its leaf")
        if (row.authority, row.in_the_name_of) != (fields.get("authority"), fields.get("in_the_name_of")):
            yield _flaw(fields, "authority or in_the_name_of of the takedown and its leaf disagree")
        if row.taken_down_at != fields.get("recorded_at"):
            yield _flaw(fields, "taken_down_at of the takedown and recorded_at of its leaf disagree")
        if row.tombstone != row.content:
            yield _flaw(fields, "tombstone of the takedown and the content disagree")
    for number in takedowns_without_leaf():
        yield Flaw(THE_LOG, None, f"takedown {number} has a leaf that is none", "altered")


def _flaws_of_lost_updates() -> Iterator[Flaw]:
    for data in leaves_of_lost_updates():
        fields = read_fields(data) or {}
        yield _flaw(fields, f"update {fields.get('update')}, which it published, is gone", "missing")
    for data, named in leaves_of_moved_updates():
        fields = read_fields(data) or {}
        # In the words of who holds the rows against the version, so that it is told once.
        yield _flaw(fields, f"{named} of update {fields.get('update')} names another")


def _exported() -> Iterator[str]:
    if note := exported_note():
        yield note


def _stored() -> Iterable[str]:
    return Checkpoint.objects.order_by("size").values_list("note", flat=True)


def _read(note: str) -> signed_note.Checkpoint | None:
    try:
        return signed_note.Checkpoint.parse(note)
    except NoteError:
        return None


def _flaw(fields: Mapping[str, Any], what: str, kind: Kind = "altered") -> Flaw:
    story, version = fields.get("story"), fields.get("version")
    number = version if isinstance(version, int) else None
    return Flaw(story if isinstance(story, str) else THE_LOG, number, what, kind)
