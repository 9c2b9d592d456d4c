"""Inner nodes of the log's tree are kept as its leaves are added, and put right where they do not agree with them."""

import logging

from stories.models import Node
from stories.publishing.log_tree import contradicting_nodes, last_node_kept, node_from_below, recompute
from stories.publishing.proof.merkle import TILE_HEIGHT

#: Of those that were wrong, in a line of the logs.
_TOLD = 3

logger = logging.getLogger(__name__)


def keep_nodes(*, size: int, height: int = TILE_HEIGHT) -> None:
    """Keep the nodes that the last of `size` leaves completes, and those before them that nobody kept.

    To be called by whoever holds the log, in the transaction that adds the leaf.
    """
    if size & (1 << height) - 1:
        return
    level = 1
    while due := size >> height * level:
        # What was there before its last leaf is of another log, of which a backup brought the nodes alone.
        Node.objects.filter(level=level, index__gte=size - 1 >> height * level).delete()
        for index in range(last_node_kept(level) + 1, due):
            _node(level, index, node_from_below(level, index, height=height)).save(force_insert=True)
        level += 1
    Node.objects.filter(level__gte=level).delete()


def mend_nodes(*, height: int = TILE_HEIGHT) -> None:
    """Put every node right that does not agree with the leaves, which are taken to be right, and log that.

    To be called by whoever holds the log.
    """
    nodes = recompute(height=height).nodes
    wrong = list(contradicting_nodes(nodes, height=height))
    for each in wrong:
        level, index = each.place
        Node.objects.filter(level=level, index=index).delete()
    Node.objects.bulk_create([_node(*each.place, nodes[each.place]) for each in wrong if each.place in nodes])
    if wrong:
        said = "; ".join(map(str, wrong[:_TOLD]))
        logger.warning(
            "Kept nodes of the record worked out anew from its leaves: %s. First: %s.", len(wrong), said
        )


def _node(level: int, index: int, root: bytes) -> Node:
    return Node(level=level, index=index, hash=root.hex())
