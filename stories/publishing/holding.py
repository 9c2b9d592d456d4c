"""Who changes what readers will see of a story holds it until the transaction ends.

Always the story first, then its publications, then the log: so that of two at the same story one waits for the
other, and never each for the other.
"""

from stories.models import Article, Publication
from stories.publishing.errors import WorkingCopyStale


def hold_working_copy(article: Article) -> Article:
    """The story as it is in the database; WorkingCopyStale where it is not the one at hand any more."""
    held = Article.objects.select_for_update().get(pk=article.pk)
    if held.save_count != article.save_count:
        raise WorkingCopyStale("The story was saved meanwhile. Look at it as it is now, then publish.")
    return held


def hold_publication(publication: Publication) -> Publication:
    """The publication as it is in the database, and its story with it."""
    article = Article.objects.select_for_update().get(pk=publication.article_id)
    held = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    held.article = article
    return held
