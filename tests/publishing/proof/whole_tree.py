"""Proofs the plain way, from all leaves at once: what those from a few nodes are held against."""

from collections.abc import Iterator, Sequence

from stories.publishing.proof.merkle import EMPTY_ROOT, node_hash


class WholeTree:
    """A tree over leaf hashes that answers with proofs; it holds about twice as many hashes as leaves."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        # A last node without a neighbour goes up as it is, which gives the tree that RFC 9162 defines by halves.
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            self._levels.append(list(_level_above(self._levels[-1])))

    @property
    def size(self) -> int:
        return len(self._levels[0])

    def node(self, height: int, index: int) -> bytes:
        """The root of a complete subtree."""
        assert (index + 1) << height <= self.size, "there are fewer leaves"
        return self._levels[height][index]

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


def _level_above(level: Sequence[bytes]) -> Iterator[bytes]:
    for index in range(0, len(level) - 1, 2):
        yield node_hash(level[index], level[index + 1])
    if len(level) & 1:
        yield level[-1]
