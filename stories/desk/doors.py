"""One door to each object: what a person may not see does not exist for them."""

from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from stories.alerting.account import with_news
from stories.models import Alert, Article, Citation, Source, User
from stories.models.article import ArticleQuerySet
from stories.models.source import SourceQuerySet


def person_of(request: HttpRequest) -> User:
    """Who asks: the pages of the desk let nobody in who is not signed in."""
    return cast(User, request.user)


def is_key(text: str) -> bool:
    """True where text from outside can be the key of a row."""
    return text.isascii() and text.isdecimal() and len(text) < 19


def alert_for(user: User, pk: int) -> Alert:
    """The alert with its news. Raises Http404 where it is not this person's to see."""
    return get_object_or_404(with_news(Alert.objects.visible_to(user)).select_related("source__watch"), pk=pk)


def articles_of(user: User) -> ArticleQuerySet:
    """The stories that a person works on: an editor on every one, anybody else on those that they report."""
    return Article.objects.all() if user.can_publish else Article.objects.of_reporter(user)


def sources_of(user: User) -> SourceQuerySet:
    """An editor sees every source, anybody else those that their own stories cite."""
    if user.can_publish:
        return Source.objects.all()
    cited = Citation.objects.filter(article__reporters=user, source__isnull=False)
    return Source.objects.filter(pk__in=cited.values("source"))


def source_for(user: User, pk: int) -> Source:
    source = sources_of(user).select_related("watch").filter(pk=pk).first()
    if source is None:
        raise Http404("No such source.")
    return source
