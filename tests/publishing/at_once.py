"""What most tests of publishing begin with: a story published at a known time."""

from datetime import UTC, datetime, timedelta

from stories.models import Update
from stories.publishing.publish import publish_article
from tests.factories import ArticleFactory

NOW = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)


def publish(article, *notes, now=NOW, by=None, **kwargs):
    updates = [Update(article=article, note=note) for note in notes]
    return publish_article(article, updates=updates, by=by, now=now, **kwargs)


def published(**fields):
    article = ArticleFactory(**fields)
    publish(article)
    return article
