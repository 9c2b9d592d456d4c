"""The bytes of snapshots, each content once: whole, or as the difference from a keyframe."""

from __future__ import annotations

import hashlib

from backports import zstd
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models.append_only import AppendOnly
from stories.models.packing import may_be_near, pack, unpack


class DamagedCopyError(Exception):
    """What is stored is not what was fetched: the disk, or somebody, changed it. It says so in a sentence."""

    def __init__(self, digest: str) -> None:
        super().__init__(digest)
        self.digest = digest

    def __str__(self) -> str:
        return gettext(
            "The stored copy %(digest)s is damaged: its bytes do not have this SHA-256 any more. Whoever runs the "
            "newsroom can restore it from a backup (the tables stories_blob and stories_snapshot)."
        ) % {"digest": self.digest}


class Blob(AppendOnly):
    """One content, whoever has it: the same bytes at two addresses are stored once.

    A keyframe is stored whole; what leans on one is its difference from it, so that reading takes one hop.
    """

    digest = models.CharField(
        max_length=64, unique=True, help_text=_("SHA-256 of the bytes, in hexadecimal.")
    )
    packed = models.BinaryField(help_text=_("The bytes, compressed with zstd."))
    size = models.PositiveIntegerField(help_text=_("Bytes before compression."))
    keyframe = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="leaning",
        help_text=_("What the packed bytes are the difference from; empty where they are whole."),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(keyframe__isnull=True) | ~models.Q(keyframe=models.F("id")),
                name="blob_leans_on_another",
            )
        ]

    def __str__(self) -> str:
        return self.digest

    @classmethod
    def of_bytes(cls, body: bytes, *, near: Blob | None = None, digest: str = "") -> Blob:
        """An unsaved blob of `body`, leaning on `near` or its keyframe where that makes it much smaller."""
        blob = cls(digest=digest or digest_of(body), size=len(body))
        keyframe = near and (near.keyframe or near)
        beside = keyframe._sound_body() if keyframe and may_be_near(keyframe.size, body) else None
        if beside:
            delta = pack(body, near=beside)
            # No page that people write shrinks to a fortieth by itself; only in doubt are both ways tried.
            if len(delta) <= len(body) / 20 or len(delta) <= len(pack(body)) / 2:
                blob.packed, blob.keyframe = delta, keyframe
                return blob
        blob.packed = pack(body)
        return blob

    @property
    def body(self) -> bytes:
        """The bytes as they were fetched. Raises DamagedCopyError where they are not that any more."""
        try:
            body = self._unpacked()
        except (zstd.ZstdError, ValueError) as error:
            # No other bytes can lean on what is left of a damaged keyframe where that is too short.
            raise DamagedCopyError(self.digest) from error
        if digest_of(body) != self.digest:
            raise DamagedCopyError(self.digest)
        return body

    def _unpacked(self) -> bytes:
        near = unpack(bytes(self.keyframe.packed)) if self.keyframe else None
        return unpack(bytes(self.packed), near=near)

    def _sound_body(self) -> bytes | None:
        """None where it is damaged: nothing may lean on what will be restored to something else."""
        try:
            return self.body
        except DamagedCopyError:
            return None


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
