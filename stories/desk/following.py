"""What a person follows, and what they may: their own stories, and those of others as readers have them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from stories.alerting.follow import Followed
from stories.desk.doors import articles_of, sources_of, visible_sources
from stories.models import Article, Following, Source, User, Version
from stories.text.told import is_key

MOST_FOUND = 20
#: Read for a search, of which a part has the words in its headline.
_MOST_READ = 200
_MOST_WORDS = 10
NOT_PUBLIC = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be followed. `key` names it in forms; `since` is empty while it is not followed."""

    key: str
    title: str
    address: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Followings:
    desk: Thing
    articles: list[Thing]
    sources: list[Thing]


def followings_of(person: User) -> Followings:
    rows = Following.objects.filter(person=person).select_related("article", "source").defer("article__body")
    articles = [row for row in rows if row.article_id]
    titles = _titles(person, [row.article for row in articles if row.article])
    visible = visible_sources(person, [row.source_id for row in rows if row.source_id])
    desk = next((row.created_at for row in rows if row.is_of_the_desk), None)
    return Followings(
        desk=Thing("desk", _("The whole desk"), since=desk),
        articles=[
            _story(row.article, titles.get(row.article.pk, NOT_PUBLIC), row.created_at)
            for row in articles
            if row.article
        ],
        sources=[
            _source(row.source, row.created_at, is_visible=row.source.pk in visible)
            for row in rows
            if row.source
        ],
    )


def search(person: User, words: str) -> list[Thing]:
    """Stories and sources with all these words in their headline or name; those last saved or published first."""
    wanted = words.lower().split()[:_MOST_WORDS]
    if not wanted:
        return []
    followed = {
        (row.article_id, row.source_id): row.created_at for row in Following.objects.filter(person=person)
    }
    stories = [
        _story(article, title, followed.get((article.pk, None)))
        for article, title in _stories_with(person, wanted)
    ]
    sources = [_source(source, followed.get((None, source.pk))) for source in _sources_with(person, wanted)]
    return [*stories, *sources]


def followed_by(person: User, key: str) -> Followed:
    """What `key` names. Raises Http404 for what is not this person's to follow; what they do follow is theirs."""
    kind, _, number = key.partition("-")
    if key == "desk":
        return None
    found = _thing(person, kind, int(number)) if is_key(number) else None
    if found is None:
        raise Http404("There is nothing of that kind to follow.")
    return found


def _thing(person: User, kind: str, pk: int) -> Article | Source | None:
    if kind == "story":
        article = Article.objects.filter(pk=pk).first()
        return (
            article if article and (_titles(person, [article]) or _is_followed(person, article=pk)) else None
        )
    if kind == "source":
        source = Source.objects.filter(pk=pk).first()
        return (
            source if source and (visible_sources(person, [pk]) or _is_followed(person, source=pk)) else None
        )
    return None


def _is_followed(person: User, **thing: int) -> bool:
    return Following.objects.filter(person=person, **thing).exists()


def _titles(person: User, articles: Iterable[Article]) -> dict[int, str]:
    """By key, what the person may call each: an own story what it is called now, another what readers call it."""
    headlines = {article.pk: article.headline for article in articles}
    own = set(articles_of(person).filter(pk__in=headlines).values_list("pk", flat=True))
    others = _live().filter(article__in=set(headlines) - own)
    return {pk: title for pk, title in headlines.items() if pk in own} | {
        version.article_id: version.headline for version in others if not version.tombstone
    }


def _live() -> QuerySet[Version]:
    """The versions that readers have now."""
    newest = Version.objects.filter(article=OuterRef("article")).order_by("-number").values("pk")[:1]
    return Version.objects.filter(pk=Subquery(newest)).select_related("article").defer("article__body")


def _stories_with(person: User, words: list[str]) -> list[tuple[Article, str]]:
    own = articles_of(person).order_by("-saved_at", "pk").defer("body")
    for word in words:
        own = own.filter(headline__icontains=word)
    found = [(article, article.headline) for article in own[:MOST_FOUND]]
    if person.can_publish:
        return found
    known = {article.pk for article, _ in found}
    return [*found, *(pair for pair in _published_with(words) if pair[0].pk not in known)][:MOST_FOUND]


def _published_with(words: list[str]) -> list[tuple[Article, str]]:
    live = _live()
    for word in words:
        live = live.filter(content__icontains=word)
    return [
        (version.article, version.headline)
        for version in live.order_by("-recorded_at")[:_MOST_READ]
        if not version.tombstone and all(word in version.headline.lower() for word in words)
    ]


def _sources_with(person: User, words: list[str]) -> list[Source]:
    found = sources_of(person).order_by("title", "pk")
    for word in words:
        found = found.filter(title__icontains=word)
    return list(found[:MOST_FOUND])


def _story(article: Article, title: str, since: datetime | None = None) -> Thing:
    is_public = title != NOT_PUBLIC
    name = title or _("A story that has no readers any more")
    return Thing(f"story-{article.pk}", name, article.get_absolute_url() if is_public else "", since)


def _source(source: Source, since: datetime | None = None, *, is_visible: bool = True) -> Thing:
    title = source.title if is_visible else _("A source that no story of yours cites any more")
    address = reverse("desk_source", args=[source.pk]) if is_visible else ""
    return Thing(f"source-{source.pk}", title, address, since)
