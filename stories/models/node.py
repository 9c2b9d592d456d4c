"""Inner nodes of the log's tree: a proof is made from a few of them, and not from every leaf."""

from django.db import models


class Node(models.Model):
    """The root of a complete subtree: node `index` of level n is over 256^n leaves, and has as many such before it.

    It is worked out from the leaves, which can be done again at any time: so it has no history, and no trigger guards
    it. Whoever verifies or signs the log holds it against them.
    """

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["level", "index"]
        constraints = [
            models.UniqueConstraint(fields=["level", "index"], name="node_once_per_level_and_index")
        ]

    def __str__(self) -> str:
        return f"node {self.index} of level {self.level}"
