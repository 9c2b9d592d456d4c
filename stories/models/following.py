"""What a person wants to hear of beside their own stories: a story, a source, or the whole desk."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from stories.models.article import Article
from stories.models.source import Source


class Following(models.Model):
    """Neither article nor source: the desk, which is every alert that the person may see."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followings")
    article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.CASCADE, related_name="followings"
    )
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.CASCADE, related_name="followings"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article__isnull=True) | models.Q(source__isnull=True),
                name="following_is_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["person", "article"],
                condition=models.Q(article__isnull=False),
                name="following_article_once",
            ),
            models.UniqueConstraint(
                fields=["person", "source"],
                condition=models.Q(source__isnull=False),
                name="following_source_once",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(article__isnull=True, source__isnull=True),
                name="following_desk_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} follows {self.article or self.source or 'the desk'}"

    @property
    def is_of_the_desk(self) -> bool:
        return self.article_id is None and self.source_id is None
