"""One fetched copy of a source: content-addressed, compressed, immutable."""

from typing import Self

from backports import zstd
from django.db import models

from stories.models.append_only import AppendOnly
from stories.models.source import Source

COMPRESSION_LEVEL = 10


class Snapshot(AppendOnly):
    """The bytes as a server sent them, decoded from their transfer, once for each address and digest."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="snapshots")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes, in hexadecimal.")
    compressed = models.BinaryField(help_text="The bytes, compressed with zstd.")
    size = models.PositiveIntegerField(help_text="Bytes before compression.")
    content_type = models.CharField(max_length=200, blank=True)
    status = models.PositiveSmallIntegerField()
    url = models.URLField("address", max_length=2000)
    final_url = models.URLField("address after redirects", max_length=2000)
    headers = models.JSONField(default=list, help_text="Pairs of name and value, as received.")
    fetched_at = models.DateTimeField()
    extractor_version = models.CharField(max_length=40)

    class Meta:
        ordering = ["-fetched_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "url", "digest"], name="snapshot_once_per_address_and_digest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} as of {self.fetched_at:%Y-%m-%d %H:%M} UTC"

    @classmethod
    def of_bytes(cls, body: bytes, **fields: object) -> Self:
        """Return an unsaved snapshot that holds `body`."""
        return cls(compressed=zstd.compress(body, COMPRESSION_LEVEL), size=len(body), **fields)

    @property
    def body(self) -> bytes:
        return zstd.decompress(bytes(self.compressed))
