"""What a person may be shown: stories in full, and others only as their readers have them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from stories.alerting.published import PublishedStory, published_stories
from stories.models import Article, Citation, Following, User, Verdict


@dataclass(frozen=True, slots=True)
class Sight:
    """`in_full` are the stories with drafts and all (None: every story), beside those seen as published.

    A passage, a claim or a headline that readers do not have is not in the latter (DESIGN invariant 5).
    """

    in_full: Collection[int] | None = ()
    as_published: Mapping[int, PublishedStory] = field(default_factory=dict)

    def is_full_of(self, article_id: int) -> bool:
        return self.in_full is None or article_id in self.in_full

    def shows(self, verdict: Verdict) -> bool:
        """Whether the person may know that this passage is quoted."""
        article_id = verdict.citation.article_id
        if self.is_full_of(article_id):
            return True
        story = self.as_published.get(article_id)
        return story is not None and story.quotes_in(verdict.citation, verdict.passage)

    def shows_citation(self, citation: Citation) -> bool:
        """Whether the person may know that the story rests on the source."""
        if self.is_full_of(citation.article_id):
            return True
        story = self.as_published.get(citation.article_id)
        return story is not None and citation.pk in story.quotes


def sight_of(person: User, source_ids: Collection[int]) -> Sight:
    """What the person may be shown about these sources.

    An editor every story, anybody else those that they report, and those that they follow as far as readers have
    them. A confidential source is named to nobody who only follows.
    """
    if person.can_publish:
        return Sight(in_full=None)
    own = Article.objects.keys_of_reporter(person)
    return Sight(own, published_stories(_followed(person, source_ids) - own))


def _followed(person: User, source_ids: Collection[int]) -> set[int]:
    followings = list(Following.objects.filter(person=person))
    if not followings:
        return set()
    citing = Citation.objects.filter(source__in=source_ids, source__is_confidential=False).order_by()
    articles = {following.article_id for following in followings}
    sources = {following.source_id for following in followings}
    follows_desk = any(following.is_of_the_desk for following in followings)
    pairs = set(citing.values_list("article_id", "source_id"))
    return {article for article, source in pairs if follows_desk or article in articles or source in sources}
