"""One door to each object: what a person may not see does not exist for them."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls.converters import IntConverter
from django.utils.translation import gettext as _

from stories.alerting.account import with_news
from stories.alerting.sight import sight_of
from stories.models import Alert, Article, Citation, Source, User
from stories.models.article import ArticleQuerySet
from stories.models.source import SourceQuerySet


def for_the_newsroom(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turns away whoever has signed in and has no role. Whoever has not signed in is the view's to send to do so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not person_of(request).can_use_desk:
            raise PermissionDenied(
                _(
                    "Your account has no role in the newsroom yet. "
                    "A chief can give you one: reporter, editor or chief."
                )
            )
        return view(request, *args, **kwargs)

    return guarded


def person_of(request: HttpRequest) -> User:
    """Who asks: the pages of the desk let nobody in who is not signed in."""
    return cast(User, request.user)


class KeyConverter(IntConverter):
    """A number in an address that can be the key of a row: no database is asked for a larger one."""

    regex = "[0-9]{1,18}"


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


def visible_sources(user: User, keys: Collection[int]) -> set[int]:
    """Those of these sources whose page the person may open: theirs, and what a story shows that they follow."""
    own = set(sources_of(user).filter(pk__in=keys).values_list("pk", flat=True))
    others = set(keys) - own
    if user.can_publish or not others:
        return own
    shown = {key for story in sight_of(user, others).as_published.values() for key in story.source_ids}
    named = Source.objects.filter(pk__in=others & shown, is_confidential=False)
    return own | set(named.values_list("pk", flat=True))


def source_for(user: User, pk: int) -> Source:
    found = Source.objects.select_related("watch").filter(pk=pk)
    source = (
        found.filter(pk__in=sources_of(user)).first()
        or found.filter(pk__in=visible_sources(user, [pk])).first()
    )
    if source is None:
        raise Http404("No such source.")
    return source
