"""The log of the public record: one leaf for each version, update and takedown, in the order of publication."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.append_only import AppendOnly
from stories.models.article import Article
from stories.models.update import Update
from stories.models.version import Version
from stories.models.words import LeafKind


class Leaf(AppendOnly):
    """`data` is canonical JSON, `hash` its leaf hash (RFC 9162), `salt` what opens its commitment to the content."""

    index = models.PositiveBigIntegerField(primary_key=True, help_text=_("Counted from 0, without a gap."))
    kind = models.CharField(max_length=16, choices=LeafKind)
    article = models.ForeignKey(Article, null=True, on_delete=models.PROTECT, related_name="leaves")
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="leaves")
    update = models.OneToOneField(Update, null=True, on_delete=models.PROTECT, related_name="leaf")
    data = models.TextField()
    hash = models.CharField(max_length=64)
    salt = models.CharField(max_length=64, blank=True, help_text=_("Deleted by a takedown."))

    class Meta:
        ordering = ["index"]
        verbose_name_plural = _("leaves")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind"],
                condition=models.Q(update=None),
                name="leaf_once_per_version_and_kind",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=LeafKind.values), name="leaf_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"leaf {self.index}: {self.get_kind_display()}"
