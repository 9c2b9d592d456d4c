"""A version that the newsroom had to take down: what readers are told, and what the newsroom keeps to itself."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.models.append_only import AppendOnly
from stories.models.as_seen import LineField, LinesField
from stories.models.leaf import Leaf
from stories.models.version import Version

#: What a published update says once its version is taken down.
NOTE_TAKEN_DOWN = "This note was taken down for legal reasons."


class Takedown(AppendOnly):
    """`authority` and `in_the_name_of` are public; `reason` and who did it are not."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="takedown")
    leaf = models.OneToOneField(Leaf, on_delete=models.PROTECT, related_name="takedown")
    authority = LineField(max_length=300, help_text=_("Such as a court and its reference. Readers see it."))
    in_the_name_of = LineField(max_length=300, help_text=_("Who asked for it. Readers see it."))
    reason = LinesField(help_text=_("For the newsroom alone."))
    tombstone = models.TextField(help_text=_("The content from now on."))
    taken_down_at = models.DateTimeField()
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor = models.CharField(max_length=150, help_text=_("Their name, kept when the account goes."))

    class Meta:
        ordering = ["-taken_down_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(authority="") & ~models.Q(in_the_name_of="") & ~models.Q(reason=""),
                name="takedown_says_why",
            )
        ]

    def __str__(self) -> str:
        return gettext("version %(number)s of %(story)s") % {
            "number": self.version.number,
            "story": self.version.article.slug,
        }
