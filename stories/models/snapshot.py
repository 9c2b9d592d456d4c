"""One fetched copy of a source: content-addressed, compressed, immutable."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models.append_only import AppendOnly
from stories.models.blob import Blob, DamagedCopyError
from stories.models.source import Source


class Snapshot(AppendOnly):
    """The bytes as a server sent them, decoded from their transfer, once for each address and digest.

    The digest stands here too: what a copy claims to be does not hang on where its bytes are kept.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="snapshots")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="snapshots")
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of the bytes, in hexadecimal."))
    size = models.PositiveIntegerField(help_text=_("Bytes before compression."))
    content_type = models.CharField(max_length=200, blank=True)
    status = models.PositiveSmallIntegerField()
    url = models.URLField(_("address"), max_length=2000)
    final_url = models.URLField(_("address after redirects"), max_length=2000)
    headers = models.JSONField(default=list, help_text=_("Pairs of name and value, as received."))
    exchanges = models.JSONField(
        default=list,
        help_text=_(
            "Each request as it was sent, with the head of its answer: redirects first. Empty in old rows."
        ),
    )
    fetched_at = models.DateTimeField()
    extractor_version = models.CharField(max_length=40)
    text_digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text=_(
            "SHA-256 of the text that this extractor saw in it; empty where the page was heavy, or in old rows."
        ),
    )
    packed_text = models.BinaryField(
        null=True,
        help_text=_("That text, packed beside the bytes; empty where the page was heavy, or in old rows."),
    )

    class Meta:
        ordering = ["-fetched_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "url", "digest"], name="snapshot_once_per_address_and_digest"
            )
        ]
        # A list offers each status that there is, and shows the newest of one.
        indexes = [models.Index(fields=["status", "-id"], name="snapshot_by_status")]

    def __str__(self) -> str:
        return gettext("%(source)s as of %(when)s") % {
            "source": self.source,
            "when": f"{self.fetched_at:%Y-%m-%d %H:%M} UTC",
        }

    @property
    def body(self) -> bytes:
        """The bytes as they were fetched. Raises DamagedCopyError where they are not that any more."""
        if self.blob.digest != self.digest:
            raise DamagedCopyError(self.digest)
        return self.blob.body
