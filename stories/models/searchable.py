"""What can be found by its words: one row for each text of the newsroom, written by the database itself.

Triggers on the nouns keep it in step (`stories.searching.index`), so no code saves or deletes a row of it. It has no
history: it says nothing that its noun does not say.
"""

from datetime import UTC, datetime

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

#: What has no time yet comes before all that has one.
MOMENT = Coalesce("at", models.Value(datetime(1, 1, 1, tzinfo=UTC)))


class SearchKind(models.TextChoices):
    """Which noun a text is of; the value is the name of its model."""

    ARTICLE = "article", _("Story")
    CLAIM = "claim", _("Claim")
    CITATION = "citation", _("Quoted passage")
    SOURCE = "source", _("Source")
    UPDATE = "update", _("Update")


class Searchable(models.Model):
    """`about` is what a text belongs to, by which a list finds it too: its story's headline, its source's name.

    An article has two rows where its working copy says other than what readers have: this and the live text (`part`).
    """

    kind = models.CharField(max_length=8, choices=SearchKind)
    key = models.BigIntegerField(help_text=_("Of the row that it is the text of."))
    part = models.CharField(max_length=5, blank=True)
    article_id = models.BigIntegerField(null=True)
    title = models.TextField()
    text = models.TextField()
    about = models.TextField()
    state = models.CharField(max_length=12, help_text=_("In the words of its noun."))
    is_public = models.BooleanField(help_text=_("Readers have this very text."))
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "part"], name="searchable_once_per_text")
        ]
        indexes = [
            models.Index(fields=["article_id"], name="searchable_by_article"),
            # Of a word that very many texts say, the newest are found without reading the others.
            models.Index(MOMENT.desc(), name="searchable_by_time"),
            models.Index(MOMENT.desc(), condition=models.Q(is_public=True), name="searchable_public_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
