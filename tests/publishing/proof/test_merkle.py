"""RFC 9162's tree: the roots that Certificate Transparency publishes for its own test data, and every proof."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.publishing.proof.merkle import (
    EMPTY_ROOT,
    Roots,
    RootsAndNodes,
    Tree,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
)
from tests.publishing.proof.whole_tree import WholeTree

#: The leaves of the reference implementation's tests, and the root after each.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
HASHES = [leaf_hash(data) for data in LEAVES]


def tree_over(leaves: list[bytes]) -> Tree:
    return Tree(len(leaves), WholeTree(leaves).node)


def tree_of(size: int) -> Tree:
    return tree_over([leaf_hash(number.to_bytes(2)) for number in range(size)])


def root_as_the_rfc_defines_it(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162, 2.1.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(root_as_the_rfc_defines_it(leaves[:half]), root_as_the_rfc_defines_it(leaves[half:]))


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_certificate_transparency(size):
    roots = Roots()
    for leaf in HASHES[:size]:
        roots.append(leaf)

    assert tree_over(HASHES[:size]).root.hex() == ROOTS[size - 1]
    assert roots.root.hex() == ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert tree_over([]).root == Roots().root == EMPTY_ROOT == sha256(b"").digest()


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70))
def test_the_root_is_the_one_that_the_rfc_defines_by_halves(leaves):
    roots = Roots()
    for leaf in leaves:
        roots.append(leaf)

    assert tree_over(leaves).root == roots.root == root_as_the_rfc_defines_it(leaves)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13, 33])
def test_every_leaf_is_proven_and_no_other_in_its_place(size):
    tree = tree_of(size)

    for index in range(size):
        leaf, proof = leaf_hash(index.to_bytes(2)), tree.inclusion(index)
        proven = {"index": index, "size": size, "proof": proof, "root": tree.root}
        assert is_included(leaf=leaf, **proven)
        assert not is_included(leaf=leaf_hash(b"forged"), **proven)
        assert not is_included(leaf=leaf, **{**proven, "index": index + 1})
        assert not is_included(leaf=leaf, **{**proven, "proof": [*proof, leaf]})
        assert not is_included(leaf=leaf, **{**proven, "root": EMPTY_ROOT})
        if proof:
            assert not is_included(leaf=leaf, **{**proven, "proof": proof[:-1]})


@pytest.mark.parametrize("second", [1, 2, 3, 7, 8, 13, 33])
def test_every_beginning_is_proven_and_no_other_history(second):
    tree = tree_of(second)

    for first in range(1, second + 1):
        proof = tree.consistency(first)
        proven = {
            "first": first,
            "second": second,
            "first_root": tree_of(first).root,
            "second_root": tree.root,
            "proof": proof,
        }
        assert is_consistent(**proven)
        assert not is_consistent(**{**proven, "first_root": leaf_hash(b"forged")})
        assert not is_consistent(**{**proven, "second_root": leaf_hash(b"forged")})
        assert not is_consistent(**{**proven, "proof": [*proof, tree.root]})
        if proof:
            assert not is_consistent(**{**proven, "proof": proof[:-1]})


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 63, 64, 65, 100, 127, 128, 129])
def test_a_proof_by_halves_is_the_one_that_is_read_off_the_whole_tree(size):
    whole = WholeTree([leaf_hash(number.to_bytes(2)) for number in range(size)])
    tree = Tree(size, whole.node)

    assert tree.root == whole.root
    for index in range(size):
        assert tree.inclusion(index) == whole.inclusion(index)
        assert tree.consistency(index + 1) == whole.consistency(index + 1)


def test_the_nodes_that_are_kept_are_the_roots_of_their_leaves():
    leaves = [leaf_hash(number.to_bytes(2)) for number in range(70)]
    tree = RootsAndNodes(height=2)
    for leaf in leaves:
        tree.append(leaf)

    assert tree.nodes == {
        (level, index): root_as_the_rfc_defines_it(leaves[index * 4**level : (index + 1) * 4**level])
        for level in (1, 2, 3)
        for index in range(70 // 4**level)
    }
    assert tree.root == root_as_the_rfc_defines_it(leaves)


def test_what_is_not_in_the_tree_has_no_proof():
    tree = tree_of(5)

    for ask in (lambda: tree.inclusion(5), lambda: tree.inclusion(-1)):
        with pytest.raises(ValueError, match="no leaf"):
            ask()
    for first in (0, 6):
        with pytest.raises(ValueError, match="no beginning"):
            tree.consistency(first)
    assert not is_included(leaf=HASHES[0], index=0, size=0, proof=[], root=EMPTY_ROOT)
    assert not is_consistent(first=2, second=3, first_root=b"", second_root=b"", proof=[])
    assert not is_consistent(first=3, second=2, first_root=b"", second_root=b"", proof=[])
