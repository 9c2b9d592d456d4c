"""The Merkle tree of RFC 9162 (Certificate Transparency 2.0): roots, inclusion proofs, consistency proofs."""

from collections.abc import Callable, Sequence
from hashlib import sha256

#: The root of a tree without leaves (RFC 9162, 2.1.1).
EMPTY_ROOT = sha256(b"").digest()
#: Of the tree, this many levels lie between those whose nodes are kept: a tile has 256 (https://c2sp.org/tlog-tiles).
TILE_HEIGHT = 8


def leaf_hash(data: bytes) -> bytes:
    """RFC 9162, 2.1.1: a leaf and a node are told apart by their first byte."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Roots:
    """The root after each leaf, in memory that grows with the tree's height alone."""

    def __init__(self) -> None:
        self.size = 0
        # The roots of the complete subtrees, the largest first: one for each bit set in `size`.
        self._complete: list[bytes] = []

    def append(self, leaf: bytes) -> list[bytes]:
        """Take in the hash of the next leaf; returns the roots of the complete subtrees that it ends, by height."""
        size, completed = self.size, [leaf]
        while size & 1:
            completed.append(node_hash(self._complete.pop(), completed[-1]))
            size >>= 1
        self._complete.append(completed[-1])
        self.size += 1
        return completed

    @property
    def root(self) -> bytes:
        if not self._complete:
            return EMPTY_ROOT
        *rest, node = self._complete
        for left in reversed(rest):
            node = node_hash(left, node)
        return node


class RootsAndNodes(Roots):
    """The inner nodes too that are worth keeping: by level and index, as C2SP’s tlog-tiles counts them.

    Node `index` of level n is the root of the complete subtree of 2^(`height` * n) leaves that has so many such before
    it. None of them ever changes.
    """

    def __init__(self, *, height: int = TILE_HEIGHT) -> None:
        super().__init__()
        self.nodes: dict[tuple[int, int], bytes] = {}
        self._height = height

    def append(self, leaf: bytes) -> list[bytes]:
        completed = super().append(leaf)
        if len(completed) > self._height:
            for level, node in enumerate(completed[self._height :: self._height], 1):
                self.nodes[level, (self.size >> self._height * level) - 1] = node
        return completed


class Tree:
    """A tree of `size` leaves that answers with proofs, from a few of its nodes.

    `node(height, index)` gives the root of the complete subtree over the leaves from `index` * 2^`height` on; it is
    asked of no other.
    """

    def __init__(self, size: int, node: Callable[[int, int], bytes]) -> None:
        self.size = size
        self._node = node

    @property
    def root(self) -> bytes:
        return self._root_of(0, self.size) if self.size else EMPTY_ROOT

    def inclusion(self, index: int) -> list[bytes]:
        """The proof of RFC 9162, 2.1.3 that leaf `index` is in the tree; ValueError where there is no such leaf."""
        if not 0 <= index < self.size:
            raise ValueError(f"the tree has no leaf {index}")
        return self._path(index, 0, self.size)

    def consistency(self, first: int) -> list[bytes]:
        """The proof of RFC 9162, 2.1.4 that the tree of the `first` leaves is a beginning of this one.

        ValueError where this tree has fewer leaves, or `first` is not at least one.
        """
        if not 1 <= first <= self.size:
            raise ValueError(f"the tree has no beginning of {first} leaves")
        return self._subproof(first, 0, self.size, is_whole=True) if first < self.size else []

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        """PATH of RFC 9162, 2.1.3.1, for the leaves from `start` to before `end`."""
        if end - start == 1:
            return []
        half = start + _half(end - start)
        if index < half:
            return [*self._path(index, start, half), self._root_of(half, end)]
        return [*self._path(index, half, end), self._root_of(start, half)]

    def _subproof(self, first: int, start: int, end: int, *, is_whole: bool) -> list[bytes]:
        """SUBPROOF of RFC 9162, 2.1.4.1, for the leaves from `start` to before `end`."""
        if first == end - start:
            return [] if is_whole else [self._root_of(start, end)]
        half = _half(end - start)
        if first <= half:
            proof = self._subproof(first, start, start + half, is_whole=is_whole)
            return [*proof, self._root_of(start + half, end)]
        proof = self._subproof(first - half, start + half, end, is_whole=False)
        return [*proof, self._root_of(start, start + half)]

    def _root_of(self, start: int, end: int) -> bytes:
        """Every part that a proof asks for is a complete subtree, or all that is right of one."""
        width = end - start
        if width.bit_count() == 1:
            height = width.bit_length() - 1
            return self._node(height, start >> height)
        half = start + _half(width)
        return node_hash(self._root_of(start, half), self._root_of(half, end))


def root_of_complete(nodes: Sequence[bytes]) -> bytes:
    """The root over nodes of the same height, of which there are 1, 2, 4, 8 …"""
    while len(nodes) > 1:
        nodes = [node_hash(nodes[at], nodes[at + 1]) for at in range(0, len(nodes), 2)]
    return nodes[0]


def is_included(*, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Verify an inclusion proof, as in RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    at, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(sibling, node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def is_consistent(
    *, first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Verify a consistency proof between trees of `first` and `second` leaves, as in RFC 9162, 2.1.4.2."""
    if not 1 <= first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if not path:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(node, before), node_hash(node, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, node)
        at, last = at >> 1, last >> 1
    return last == 0 and before == first_root and after == second_root


def _half(size: int) -> int:
    """The largest power of two below `size`, at which RFC 9162 parts a tree."""
    return 1 << (size - 1).bit_length() - 1
