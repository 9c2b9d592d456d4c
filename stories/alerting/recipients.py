"""Who hears of a source: the reporters of each story that cites it, whoever follows, and editors on duty.

Nobody who has left, or may not use the desk any more, hears anything; nobody who only follows hears of what readers
do not have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from stories.alerting.gravity import gravity_of_check, gravity_of_verdict
from stories.alerting.published import PublishedStory, published_stories
from stories.alerting.sight import Sight
from stories.models import Article, Check, Citation, Following, Preferences, Source, User, Verdict
from stories.models.words import Gravity

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(slots=True)
class Share:
    """What of one source's news concerns a person.

    All of it in the stories `in_full` and, as far as readers have them, `as_published`; in those `if_grave` what is
    grave and what eases it; what becomes of the page itself where they follow the source.
    """

    in_full: set[int] = field(default_factory=set)
    as_published: dict[int, PublishedStory] = field(default_factory=dict)
    if_grave: set[int] = field(default_factory=set)
    follows_source: bool = False

    @property
    def sight(self) -> Sight:
        return Sight(self.in_full | self.if_grave, self.as_published)

    @property
    def is_empty(self) -> bool:
        return not (self.in_full or self.as_published or self.if_grave or self.follows_source)

    def has_story(self, article_id: int) -> bool:
        return article_id in self.in_full or article_id in self.if_grave or article_id in self.as_published

    def has_verdict(self, verdict: Verdict) -> bool:
        article_id = verdict.citation.article_id
        if article_id in self.in_full:
            return True
        if article_id in self.if_grave:
            return gravity_of_verdict(verdict) != Gravity.NORMAL
        return self.sight.shows(verdict)

    def has_check(self, check: Check) -> bool:
        if self.in_full or self.as_published or self.follows_source:
            return True
        return bool(self.if_grave) and gravity_of_check(check) != Gravity.NORMAL


class Audience:
    """Everybody who may hear of some sources, read at once for all of them."""

    def __init__(self, sources: Collection[Source], citing: Mapping[int, set[int]]) -> None:
        """`citing` are the keys of the stories that rest on each source."""
        self._citing = citing
        articles = set().union(*citing.values())
        self._reporters = _active_reporters(articles)
        self._editors = {editor.pk: editor for editor in _active_editors()}
        on_duty = Preferences.objects.filter(is_on_duty=True, person__in=self._editors)
        self._on_duty = set(on_duty.values_list("person_id", flat=True))
        self._followings = _followings({source.pk for source in sources}, articles)
        self._published = published_stories(self._followed_articles())
        followers = {following.person_id for following in self._followings}
        people = set().union(followers, *self._reporters.values()) - set(self._editors)
        self._people = {**User.objects.in_bulk(people), **self._editors}

    def of(self, source: Source) -> dict[User, Share]:
        """Each person who should hear of this source, with what of it concerns them."""
        citing = self._citing[source.pk]
        shares: dict[int, Share] = defaultdict(Share)
        for article in citing:
            for person in self._reporters.get(article, ()):
                shares[person].in_full.add(article)
        orphaned = {article for article in citing if article not in self._reporters}
        for editor in self._on_duty or self._editors if orphaned else ():
            shares[editor].in_full |= orphaned
        for following in self._followings:
            self._follow(following, source, citing, shares)
        for editor in self._on_duty:
            shares[editor].if_grave = citing - shares[editor].in_full
        return {self._people[pk]: share for pk, share in shares.items() if not share.is_empty}

    def _follow(
        self, following: Following, source: Source, citing: set[int], shares: Mapping[int, Share]
    ) -> None:
        if following.source_id not in (None, source.pk):
            return
        articles = citing if following.article_id is None else citing & {following.article_id}
        is_editor = following.person_id in self._editors
        if not is_editor and source.is_confidential:
            return
        share = shares[following.person_id]
        share.follows_source |= following.source_id == source.pk
        if is_editor:
            share.in_full |= articles
            return
        for article in articles - share.in_full:
            story = self._published.get(article)
            if story and source.pk in story.source_ids:
                share.as_published[article] = story

    def _followed_articles(self) -> set[int]:
        """That somebody follows who is no editor, in one way or another."""
        found: set[int] = set()
        for following in self._followings:
            if following.person_id in self._editors:
                continue
            if following.article_id:
                found.add(following.article_id)
            elif following.source_id:
                found |= self._citing[following.source_id]
            else:
                return set().union(*self._citing.values())
        return found


def share_of(person: User, source: Source) -> Share:
    """What of this source's news concerns the person now; empty where nothing does any more."""
    return shares_of(person, [source])[source.pk]


def shares_of(person: User, sources: Collection[Source]) -> dict[int, Share]:
    """Likewise of each of these sources, by its key."""
    citing: dict[int, set[int]] = {source.pk: set() for source in sources}
    pairs = Citation.objects.filter(source__in=citing).order_by().values_list("source_id", "article_id")
    for source_id, article_id in pairs:
        if source_id:
            citing[source_id].add(article_id)
    audience = Audience(sources, citing)
    return {source.pk: audience.of(source).get(person, Share()) for source in sources}


def articles_heard_of_by(user: User) -> frozenset[int] | None:
    """The articles that a person may see in full; None stands for all of them."""
    return None if user.can_publish else Article.objects.keys_of_reporter(user)


def _active_editors() -> QuerySet[User]:
    """Whoever may publish, as `User.can_publish` has it, by whatever group or right."""
    return User.objects.with_perm("stories.publish_article", backend=MODEL_BACKEND)


def _at_the_desk() -> QuerySet[User]:
    """Who has not left, and still has a role that lets them see what they would hear of."""
    return User.objects.with_perm("stories.use_desk", backend=MODEL_BACKEND).only("pk")


def _active_reporters(article_ids: set[int]) -> dict[int, set[int]]:
    """Of each story that has any."""
    people: dict[int, set[int]] = defaultdict(set)
    pairs = Article.reporters.through.objects.filter(article_id__in=article_ids, user__in=_at_the_desk())
    for user_id, article_id in pairs.values_list("user_id", "article_id"):
        people[article_id].add(user_id)
    return dict(people)


def _followings(source_ids: set[int], article_ids: set[int]) -> list[Following]:
    of_the_desk = Q(article__isnull=True, source__isnull=True)
    wanted = of_the_desk | Q(source__in=source_ids) | Q(article__in=article_ids)
    return list(Following.objects.filter(wanted, person__in=_at_the_desk()).order_by("pk"))
