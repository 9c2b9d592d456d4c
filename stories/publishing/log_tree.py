"""The Merkle tree of the log as the database holds it: its leaves, and the inner nodes that are kept of it.

Kept is each eighth level above the leaves, as in C2SP's tlog-tiles (https://c2sp.org/tlog-tiles): a proof is made from
at most 256 hashes of such a level, however long the log is. What is missing among them is worked out from the leaves,
so that a process which knows nothing of kept nodes may add to the log at the same time.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from stories.models import Leaf, Node
from stories.publishing.proof.flaw import Kind
from stories.publishing.proof.merkle import (
    EMPTY_ROOT,
    TILE_HEIGHT,
    RootsAndNodes,
    Tree,
    root_of_complete,
)

#: A node's level and its index there.
Place = tuple[int, int]
#: Stands for a leaf that is gone, and agrees with no root that was signed.
_GONE = b""


class Recomputed(NamedTuple):
    """The log, hashed from its first leaf on: its size, its roots by size, and every node that should be kept."""

    size: int
    roots: Mapping[int, bytes]
    nodes: Mapping[Place, bytes]


def recompute(*, sizes: Iterable[int] = (), height: int = TILE_HEIGHT) -> Recomputed:
    """Hash all leaves; `roots` are those of `sizes` that the log has reached, and its own now.

    This looks at no kept node, and takes as long as the log is long: it is for signing, and not for readers.
    """
    wanted, tree = set(sizes), RootsAndNodes(height=height)
    roots = {0: EMPTY_ROOT}
    for hexadecimal in Leaf.objects.order_by("index").values_list("hash", flat=True).iterator():
        tree.append(bytes.fromhex(hexadecimal))
        if tree.size in wanted:
            roots[tree.size] = tree.root
    return Recomputed(tree.size, {**roots, tree.size: tree.root}, tree.nodes)


def log_tree(*, size: int, height: int = TILE_HEIGHT) -> Tree:
    """The tree of the first `size` leaves, all of which are there; it reads what is asked of it, and that once."""
    return Tree(size, _Tiles(size, height).root_of_subtree)


class Contradiction(NamedTuple):
    """A place at which what is kept is not what the leaves make it."""

    place: Place
    what: str
    kind: Kind

    def __str__(self) -> str:
        level, index = self.place
        return f"node {index} of level {level} {self.what}"


def contradicting_nodes(
    nodes: Mapping[Place, bytes], *, height: int = TILE_HEIGHT
) -> Iterator[Contradiction]:
    """Hold what is kept against `nodes`, which were recomputed: what is missing, altered, or should not be there.

    Leaves may have been added since, with their nodes: those are not looked at.
    """
    kept = {(level, index): text for level, index, text in Node.objects.values_list("level", "index", "hash")}
    for place in sorted(kept.keys() | nodes.keys()):
        if place not in kept:
            yield Contradiction(place, "is not kept", "missing")
        elif place in nodes and kept[place] != nodes[place].hex():
            yield Contradiction(place, "is not the root of its leaves", "altered")
        elif place not in nodes and not _has_its_leaves(place, height=height):
            yield Contradiction(place, "is of more leaves than there are", "altered")


def _has_its_leaves(place: Place, *, height: int) -> bool:
    level, index = place
    last = (index + 1 << height * level) - 1
    return level > 0 and Leaf.objects.filter(index=last).exists()


def last_node_kept(level: int) -> int:
    """The index of the last node of a level; -1 where none is kept."""
    last = Node.objects.filter(level=level).order_by("-index").values_list("index", flat=True).first()
    return -1 if last is None else last


def node_from_below(level: int, index: int, *, height: int = TILE_HEIGHT) -> bytes:
    """A node worked out from those of the level below, or from its leaves."""
    return root_of_complete(_tile(level - 1, index, height=height))


class _Tiles:
    """A tile is as many hashes of a level as are below one node of the next; each that is asked for is read once."""

    def __init__(self, size: int, height: int) -> None:
        self._size, self._height = size, height
        self._read: dict[Place, list[bytes]] = {}

    def root_of_subtree(self, height: int, index: int) -> bytes:
        level, above = divmod(height, self._height)
        number, first = divmod(index << above, 1 << self._height)
        if (level, number) not in self._read:
            there = self._size >> self._height * level
            self._read[level, number] = _tile(level, number, height=self._height, there=there)
        return root_of_complete(self._read[level, number][first : first + (1 << above)])


def _tile(level: int, number: int, *, height: int, there: int | None = None) -> list[bytes]:
    """The hashes of one tile, of the first that are `there` in its level, or all."""
    start, end = number << height, number + 1 << height
    end = end if there is None else min(end, there)
    within = {"index__gte": start, "index__lt": end}
    if level == 0:
        leaves = dict(Leaf.objects.filter(**within).values_list("index", "hash"))
        return [_read(leaves.get(index)) or _GONE for index in range(start, end)]
    nodes = dict(Node.objects.filter(level=level, **within).values_list("index", "hash"))
    return [
        _read(nodes.get(index)) or node_from_below(level, index, height=height) for index in range(start, end)
    ]


def _read(hexadecimal: str | None) -> bytes | None:
    """None where there is nothing, or nothing that could be a hash."""
    try:
        return bytes.fromhex(hexadecimal or "")
    except ValueError:
        return None
