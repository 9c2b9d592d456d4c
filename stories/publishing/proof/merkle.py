"""The Merkle tree of RFC 9162 (Certificate Transparency 2.0): roots, inclusion proofs, consistency proofs."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

#: The root of a tree without leaves (RFC 9162, 2.1.1).
EMPTY_ROOT = sha256(b"").digest()


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

    def append(self, leaf: bytes) -> None:
        """Take in the hash of the next leaf."""
        size, node = self.size, leaf
        while size & 1:
            node = node_hash(self._complete.pop(), node)
            size >>= 1
        self._complete.append(node)
        self.size += 1

    @property
    def root(self) -> bytes:
        if not self._complete:
            return EMPTY_ROOT
        *rest, node = self._complete
        for left in reversed(rest):
            node = node_hash(left, node)
        return node


class Tree:
    """A tree over leaf hashes that answers with proofs; it holds about twice as many hashes as leaves."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        # A last node without a neighbour goes up as it is, which gives the tree that RFC 9162 defines by halves.
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            self._levels.append(list(_level_above(self._levels[-1])))

    @property
    def size(self) -> int:
        return len(self._levels[0])

    @property
    def root(self) -> bytes:
        return self._levels[-1][0] if self.size else EMPTY_ROOT

    def inclusion(self, index: int) -> list[bytes]:
        """The proof of RFC 9162, 2.1.3 that leaf `index` is in the tree; ValueError where there is no such leaf."""
        if not 0 <= index < self.size:
            raise ValueError(f"the tree has no leaf {index}")
        proof = []
        for level in self._levels[:-1]:
            if index ^ 1 < len(level):
                proof.append(level[index ^ 1])
            index >>= 1
        return proof

    def consistency(self, first: int) -> list[bytes]:
        """The proof of RFC 9162, 2.1.4 that the tree of the `first` leaves is a beginning of this one.

        ValueError where this tree has fewer leaves, or `first` is not at least one.
        """
        if not 1 <= first <= self.size:
            raise ValueError(f"the tree has no beginning of {first} leaves")
        return self._subproof(first, 0, self.size, is_whole=True) if first < self.size else []

    def _subproof(self, first: int, start: int, end: int, *, is_whole: bool) -> list[bytes]:
        """SUBPROOF of RFC 9162, 2.1.4.1, for the leaves from `start` to before `end`."""
        if first == end - start:
            return [] if is_whole else [self._root_of(start, end)]
        half = 1 << (end - start - 1).bit_length() - 1
        if first <= half:
            proof = self._subproof(first, start, start + half, is_whole=is_whole)
            return [*proof, self._root_of(start + half, end)]
        proof = self._subproof(first - half, start + half, end, is_whole=False)
        return [*proof, self._root_of(start, start + half)]

    def _root_of(self, start: int, end: int) -> bytes:
        """Every part that a proof asks for is one node: a complete subtree, or all that is right of one."""
        height = (end - start - 1).bit_length()
        return self._levels[height][start >> height]


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


def _level_above(level: Sequence[bytes]) -> Iterator[bytes]:
    for index in range(0, len(level) - 1, 2):
        yield node_hash(level[index], level[index + 1])
    if len(level) & 1:
        yield level[-1]
