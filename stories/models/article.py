"""A story as its editors have it now: the working copy, which readers never see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stories.models.as_seen import LineField, LinesField, MarkdownField
from stories.models.history import HistoryTrail, Tracked, hold_rows

if TYPE_CHECKING:
    from stories.models.version import Version


#: The key of a story that nobody has saved yet: no row has it.
UNSAVED = 0


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> ArticleQuerySet:
        return self.filter(versions__isnull=False).distinct()

    def of_reporter(self, user: Any) -> ArticleQuerySet:
        return self.filter(reporters=user)

    def keys_of_reporter(self, user: Any) -> frozenset[int]:
        """Of all their stories, for what every page asks: no story is read for it, and none put in order."""
        return frozenset(self._pairs(user).values_list("article_id", flat=True))

    def count_of_reporter(self, user: Any) -> int:
        return self._pairs(user).count()

    def _pairs(self, user: Any) -> models.QuerySet[Any]:
        return self.model.reporters.through._default_manager.filter(user=user)


class Article(Tracked):
    slug = models.SlugField(
        _("address"), max_length=120, unique=True, help_text=_("The last part of the story’s address.")
    )
    headline = LineField(max_length=300)
    dek = LinesField(blank=True, help_text=_("The sentence under the headline."))
    body = MarkdownField(blank=True, help_text=_("Markdown."))
    byline = LineField(max_length=200, blank=True)
    reporters = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="articles",
        help_text=_("Who hears when a source of this story changes."),
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    saved_at = models.DateTimeField(auto_now=True, editable=False)
    #: Counts the saves, so that a form filled in over an older copy is recognised as stale.
    save_count = models.PositiveIntegerField(default=0, editable=False)

    objects = ArticleQuerySet.as_manager()
    history = HistoryTrail(untracked=("created_at", "saved_at", "save_count"), m2m_fields=["reporters"])

    class Meta:
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["-saved_at", "-id"], name="article_by_save")]
        permissions = [("publish_article", "Can publish a version of an article")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(headline=""), name="article_has_a_headline")
        ]

    def __str__(self) -> str:
        return self.headline

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.save_count += 1
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "save_count", "saved_at"}
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Its passages are held before what was found of them, as a look that is written down holds them."""
        with transaction.atomic(using=kwargs.get("using")):
            hold_rows(Article.objects.filter(pk=self.pk))
            hold_rows(self.citations.all())
            return super().delete(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    @classmethod
    def unsaved(cls) -> Article:
        """A story that nobody has saved: it may be asked for all that rests on it, and has none of it."""
        return cls(pk=UNSAVED)

    @property
    def live_version(self) -> Version | None:
        """The version that readers see now; None before the first publication."""
        return self.versions.order_by("-number").first()
