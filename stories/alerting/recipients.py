"""Who hears of a story's sources: the people who report it, and where nobody does, the editors."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from stories.models import Article, User

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


def recipients_of(article_ids: Iterable[int]) -> dict[User, set[int]]:
    """Each person who should hear, with those of the articles that make them hear.

    The active reporters of each article; the active editors for one that has none. Nobody who has left.
    """
    wanted = set(article_ids)
    people = _active_reporters(wanted)
    orphaned = wanted - set().union(*people.values())
    recipients = {user: people[user.pk] for user in User.objects.in_bulk(people).values()}
    if orphaned:
        for editor in _active_editors():
            recipients[editor] = recipients.get(editor, set()) | orphaned
    return recipients


def articles_heard_of_by(user: User) -> set[int] | None:
    """The articles whose passages may be named to a person; None stands for all of them."""
    return None if user.can_publish else set(Article.objects.of_reporter(user).values_list("pk", flat=True))


def _active_editors() -> QuerySet[User]:
    """Whoever may publish, as `User.can_publish` has it, by whatever group or right."""
    return User.objects.with_perm("stories.publish_article", backend=MODEL_BACKEND)


def _active_reporters(article_ids: set[int]) -> dict[int, set[int]]:
    people: dict[int, set[int]] = defaultdict(set)
    pairs = Article.reporters.through.objects.filter(article_id__in=article_ids, user__is_active=True)
    for user_id, article_id in pairs.values_list("user_id", "article_id"):
        people[user_id].add(article_id)
    return people
