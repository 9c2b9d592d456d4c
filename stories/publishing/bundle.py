"""The record of one story as a file that a reader can take away: its leaves, what opens them, and their proofs."""

from typing import Any

from django.db.models import Q

from stories.models import Article
from stories.publishing.checkpoints import latest_checkpoint, verifier_keys
from stories.publishing.log_proof import log_entries
from stories.publishing.log_tree import log_tree
from stories.publishing.proof.entry import Entry
from stories.publishing.proof.files import BUNDLE
from stories.publishing.proof.leaf import SCHEMA
from stories.publishing.proof.merkle import Tree


def story_bundle(article: Article) -> dict[str, Any]:
    """What docs/record.md describes; leaves that are newer than the last checkpoint have no proof yet."""
    checkpoint = latest_checkpoint()
    tree = log_tree(size=checkpoint.size if checkpoint else 0)
    notes = [checkpoint.note] if checkpoint else []
    return {
        "format": BUNDLE,
        "schema": SCHEMA,
        "story": article.slug,
        "keys": [str(key) for key in verifier_keys(notes)],
        "checkpoint": checkpoint.note if checkpoint else None,
        "leaves": [_leaf(entry, tree) for entry in log_entries(Q(article=article.pk))],
    }


def _leaf(entry: Entry, tree: Tree) -> dict[str, Any]:
    proof = [node.hex() for node in tree.inclusion(entry.index)] if entry.index < tree.size else None
    return {**{name: getattr(entry, name) for name in Entry.__slots__}, "proof": proof}
