"""The tree from the nodes that are kept: its proofs are those from all leaves, and a wrong node is told."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stories.models import Checkpoint, Leaf, Node
from stories.models.words import LeafKind
from stories.publishing.checkpoints import (
    EXPORTED,
    RecordForked,
    acknowledge,
    contradiction,
    latest_checkpoint,
    leaf_count,
    sign_checkpoint,
)
from stories.publishing.keeping_nodes import keep_nodes, mend_nodes
from stories.publishing.log import add_leaf
from stories.publishing.log_tree import contradicting_nodes, log_tree, recompute
from stories.publishing.proof.leaf import acknowledgement_leaf, hash_of
from stories.publishing.proof.merkle import TILE_HEIGHT
from stories.publishing.record import verify_record
from tests.publishing.proof.whole_tree import WholeTree
from tests.triggers import triggers_lifted

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
#: Tiles of four: what takes 65,536 leaves otherwise takes sixteen.
LOW = 2


def said(index):
    return acknowledgement_leaf(
        index=index, recorded_at="2026-03-02T14:30:00Z", reason="It goes on.", size=0, root=""
    )


def add_leaves(count):
    """As `add_leaf` does, but for the nodes: as a process of before does that knows nothing of them."""
    start = leaf_count()
    data = [said(index) for index in range(start, start + count)]
    kind = LeafKind.ACKNOWLEDGEMENT
    Leaf.objects.bulk_create(
        [Leaf(index=start + at, kind=kind, data=text, hash=hash_of(text)) for at, text in enumerate(data)]
    )


def add_one():
    return add_leaf(lambda index, _previous: said(index), kind=LeafKind.ACKNOWLEDGEMENT)


def kept():
    return {(level, index): text for level, index, text in Node.objects.values_list("level", "index", "hash")}


def recomputed(height=TILE_HEIGHT):
    return {place: node.hex() for place, node in recompute(height=height).nodes.items()}


def whole_tree(size):
    hashes = Leaf.objects.filter(index__lt=size).order_by("index").values_list("hash", flat=True)
    return WholeTree([bytes.fromhex(text) for text in hashes])


def change(statement, *values):
    """As whoever owns the database can."""
    with triggers_lifted(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def log():
    """Of 600 leaves, with the two nodes that those make, signed."""
    add_leaves(511)
    add_one()
    add_leaves(88)
    sign_checkpoint(now=NOW)
    return latest_checkpoint()


# -- what is kept, and by whom


def test_the_leaf_that_completes_a_subtree_brings_its_node():
    add_leaves(254)

    add_one()
    assert kept() == {}
    add_one()

    assert kept() == recomputed() == {(1, 0): whole_tree(256).root.hex()}


def test_every_level_gets_its_nodes_as_the_log_grows():
    for size in range(1, 70):
        add_leaves(1)
        keep_nodes(size=size, height=LOW)
        assert kept() == recomputed(LOW)

    assert {level for level, _ in kept()} == {1, 2, 3}


def test_what_a_process_of_before_left_out_is_made_up_for_by_the_next_who_completes_one():
    add_leaves(64)
    assert kept() == {}

    add_leaves(4)
    keep_nodes(size=68, height=LOW)

    assert kept() == recomputed(LOW)
    assert len(kept()) == 17 + 4 + 1


def test_nodes_that_a_backup_brought_without_their_leaves_are_replaced():
    Node.objects.create(level=1, index=0, hash="ab" * 32)
    Node.objects.create(level=2, index=0, hash="cd" * 32)
    Node.objects.create(level=1, index=7, hash="ef" * 32)

    add_leaves(4)
    keep_nodes(size=4, height=LOW)

    assert kept() == recomputed(LOW)


# -- what is made of it


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(size=st.integers(1, 70), gone=st.sets(st.integers(0, 21)))
def test_proofs_from_kept_nodes_are_those_from_all_leaves(size, gone):
    """With none, some or all of the 22 nodes kept that 70 leaves make."""
    add_leaves(70 - leaf_count())
    nodes = sorted(recompute(height=LOW).nodes.items())
    Node.objects.all().delete()
    Node.objects.bulk_create(
        [Node(level=level, index=index, hash=root.hex()) for (level, index), root in nodes]
    )
    Node.objects.filter(
        pk__in=[pk for at, pk in enumerate(Node.objects.values_list("pk", flat=True)) if at in gone]
    ).delete()

    tree, whole = log_tree(size=size, height=LOW), whole_tree(size)
    assert Node.objects.count() == 22 - len(gone)
    assert tree.root == whole.root
    assert [tree.inclusion(at) for at in range(size)] == [whole.inclusion(at) for at in range(size)]
    firsts = range(1, size + 1)
    assert [tree.consistency(first) for first in firsts] == [whole.consistency(first) for first in firsts]


@pytest.mark.parametrize("size", [1, 255, 256, 257, 511, 512, 513, 600])
def test_they_are_so_around_the_edges_of_real_tiles(log, size):
    tree, whole = log_tree(size=size), whole_tree(size)

    assert tree.root == whole.root
    for index in {0, size // 2, size - 1}:
        assert tree.inclusion(index) == whole.inclusion(index)
        assert tree.consistency(index + 1) == whole.consistency(index + 1)


def test_a_tree_of_no_leaves_has_a_root_and_proves_nothing():
    assert log_tree(size=0).root == WholeTree([]).root
    with pytest.raises(ValueError, match="no leaf"):
        log_tree(size=0).inclusion(0)
    with pytest.raises(ValueError, match="no beginning"):
        log_tree(size=0).consistency(1)


def test_a_proof_reads_a_tile_of_each_level_at_the_leaf_and_at_the_edge(log):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        log_tree(size=600).inclusion(3)

    assert len(asked) == 3  # Leaves 0 to 255, the nodes of 256, and the leaves after the last of these.


def test_readers_are_served_the_same_proofs(client, log):
    for index in (0, 255, 256, 599):
        answer = client.get(f"/record/inclusion?index={index}").json()
        assert answer["proof"] == [node.hex() for node in whole_tree(600).inclusion(index)]
    answer = client.get("/record/consistency?first=257").json()
    assert answer["proof"] == [node.hex() for node in whole_tree(600).consistency(257)]


# -- what whoever owns the database achieves


def test_a_leaf_whose_hash_is_altered_below_a_kept_node_is_told_before_anything_is_signed(log):
    change('UPDATE stories_leaf SET hash = %s WHERE "index" = 3', "ab" * 32)
    add_leaves(1)

    with pytest.raises(RecordForked):
        sign_checkpoint(now=NOW)

    assert latest_checkpoint() == log
    assert "data and hash of leaf 3 do not belong together" in {flaw.what for flaw in verify_record()}


def test_a_leaf_whose_data_and_hash_are_altered_together_is_told_before_anything_is_signed(log):
    data = said(3).replace("goes on", "ends")
    change('UPDATE stories_leaf SET data = %s, hash = %s WHERE "index" = 3', data, hash_of(data))
    add_leaves(1)

    with pytest.raises(RecordForked):
        sign_checkpoint(now=NOW)

    flaws = {flaw.what for flaw in verify_record()}
    assert "the root of its first 600 leaves is not the one that was signed" in flaws
    assert "node 0 of level 1 is not the root of its leaves" in flaws


def test_a_node_that_is_altered_with_its_leaf_hides_nothing(log):
    data = said(3).replace("goes on", "ends")
    change('UPDATE stories_leaf SET data = %s, hash = %s WHERE "index" = 3', data, hash_of(data))
    mend_nodes()
    add_leaves(1)

    with pytest.raises(RecordForked):
        sign_checkpoint(now=NOW)

    assert {flaw.kind for flaw in verify_record()} == {"altered"}


def test_a_leaf_whose_data_alone_is_altered_is_found_by_the_verification(log):
    change('UPDATE stories_leaf SET data = %s WHERE "index" = 3', said(3).replace("goes on", "ends"))

    flaws = {flaw.what for flaw in verify_record()}
    assert "data and hash of leaf 3 do not belong together" in flaws
    assert "node 0 of level 1 is not the root of its leaves" in flaws


def test_what_is_signed_never_comes_from_a_node_and_one_that_is_wrong_is_mended_and_logged(log, caplog):
    Node.objects.filter(level=1, index=0).update(hash="ab" * 32)
    add_leaves(1)

    signed = sign_checkpoint(now=NOW)

    assert signed.size == 601
    assert "First: node 0 of level 1 is not the root of its leaves." in caplog.text
    assert verify_record() == []
    assert kept() == recomputed()


@pytest.mark.parametrize(
    ("damage", "what", "kind"),
    [
        ({"hash": "ab" * 32}, "node 1 of level 1 is not the root of its leaves", "altered"),
        ({"hash": "no hash"}, "node 1 of level 1 is not the root of its leaves", "altered"),
        ({"hash": ""}, "node 1 of level 1 is not the root of its leaves", "altered"),
        ({"index": 2}, "node 2 of level 1 is of more leaves than there are", "altered"),
        ({"level": 2}, "node 1 of level 2 is of more leaves than there are", "altered"),
        ({"level": 2}, "node 1 of level 1 is not kept", "missing"),
        ({"level": 0}, "node 1 of level 0 is of more leaves than there are", "altered"),
        (
            {"index": 2**60, "level": 9},
            f"node {2**60} of level 9 is of more leaves than there are",
            "altered",
        ),
    ],
)
def test_each_column_of_a_node_that_is_altered_is_told_and_mended(log, damage, what, kind):
    Node.objects.filter(level=1, index=1).update(**damage)

    assert (what, kind) in {(flaw.what, flaw.kind) for flaw in verify_record()}

    mend_nodes()
    assert verify_record() == []
    assert kept() == recomputed()


def test_leaves_that_came_while_it_was_recomputed_are_no_contradiction(log):
    before = recompute().nodes
    add_leaves(167)
    add_one()

    assert (1, 2) in kept()
    assert list(contradicting_nodes(before)) == []


def test_a_node_that_is_missing_is_told_and_its_proofs_are_the_same(log):
    Node.objects.filter(level=1, index=0).delete()

    assert [(flaw.what, flaw.kind) for flaw in verify_record()] == [
        ("node 0 of level 1 is not kept", "missing")
    ]
    assert log_tree(size=600).inclusion(599) == whole_tree(600).inclusion(599)


@pytest.mark.parametrize("text", ["", "no hash"])
def test_a_node_that_is_no_hash_is_worked_out_from_its_leaves(log, text):
    Node.objects.filter(level=1, index=0).update(hash=text)

    assert log_tree(size=600).root == whole_tree(600).root


def test_a_log_that_went_another_way_and_was_acknowledged_has_its_nodes_worked_out_anew(log):
    data = said(3).replace("goes on", "ends")
    change('UPDATE stories_leaf SET data = %s, hash = %s WHERE "index" = 3', data, hash_of(data))
    assert json.loads(acknowledge(reason="A mistake.", now=NOW).data)["exported_size"] == 600

    sign_checkpoint(now=NOW)

    assert list(contradicting_nodes(recompute().nodes)) == []
    assert log_tree(size=601).root == whole_tree(601).root


# -- what readers are told


@pytest.mark.parametrize("fate", ["as it was", "went on elsewhere", "behind", "damaged", "of a later day"])
def test_readers_are_told_of_a_contradiction_without_hashing_the_log(client, log, fate, settings):
    note = settings.RECORD_EXPORT_DIR / EXPORTED
    if fate == "went on elsewhere":
        change('UPDATE stories_leaf SET hash = %s WHERE "index" = 599', "ab" * 32)
        change("DELETE FROM stories_checkpoint")
    elif fate == "behind":
        change('DELETE FROM stories_leaf WHERE "index" > 300')
        change("DELETE FROM stories_checkpoint")
    elif fate == "damaged":
        note.write_text("damaged")
    elif fate == "of a later day":
        note.write_text(f"127.0.0.1:8000/record\n{10**30}\n{'A' * 43}=\n")
    told = {
        "as it was": "",
        "went on elsewhere": "The first 600 leaves of the record are not those that were signed.",
        "behind": "The record has 301 leaves, and 600 were signed and exported.",
        "damaged": "The last exported checkpoint cannot be believed",
        "of a later day": "The last exported checkpoint cannot be believed",
    }[fate]

    with CaptureQueriesContext(connection) as asked:
        said = contradiction()

    assert said.startswith(told)
    assert bool(said) is bool(told)
    assert len(asked) <= 6
    assert ("The record is not being signed." in client.get("/record/").content.decode()) is bool(told)


def test_a_leaf_that_is_gone_is_a_contradiction_and_no_error(client, log):
    change('DELETE FROM stories_leaf WHERE "index" = 550')
    change("DELETE FROM stories_checkpoint")

    assert contradiction().startswith("The first 600 leaves of the record are not those")
    assert client.get("/record/inclusion?index=551").status_code == 200
    assert not Checkpoint.objects.exists()
