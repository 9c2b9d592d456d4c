"""Two at one story: each page that is open says so, and hears who else is there and whether somebody saved."""

from datetime import datetime, timedelta
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stories.admin.conflict import last_saver, trail_mark
from stories.models import Article, Presence, User

#: How long a page that was opened counts as open where no script says that it still is.
WITHOUT_SCRIPT = timedelta(minutes=5)
#: Three beats of the script: one that is lost on the way is no farewell.
WITH_SCRIPT = timedelta(seconds=90)


def arrive(article: Article, person: User, *, now: datetime) -> list[str]:
    """Note that `person` has opened the story, and say who else has it open."""
    _note(article, person, expires_at=now + WITHOUT_SCRIPT, is_writing=False, now=now)
    return _who_is_there(article, person, now=now)


@require_POST
def presence(request: HttpRequest, pk: int) -> JsonResponse:
    """A beat of the script: answers who else is there, and who saved since the form was opened."""
    article = get_object_or_404(Article, pk=pk)
    person, now = cast(User, request.user), timezone.now()
    if not person.has_perm("stories.change_article"):
        raise PermissionDenied
    if "leaving" in request.POST:
        Presence.objects.filter(article=article, person=person).delete()
        return JsonResponse({})
    is_writing = request.POST.get("writing") == "1"
    _note(article, person, expires_at=now + WITH_SCRIPT, is_writing=is_writing, now=now)
    there = _who_is_there(article, person, now=now)
    return JsonResponse({"there": there, "saved": _who_saved(article, request.POST.get("seen", ""))})


def _note(article: Article, person: User, *, expires_at: datetime, is_writing: bool, now: datetime) -> None:
    said = {"expires_at": expires_at, "is_writing": is_writing}
    here = Presence.objects.filter(article=article, person=person)
    if here.there(now=now).update(**said):
        return
    Presence.objects.filter(article=article).exclude(expires_at__gt=now).delete()
    Presence.objects.get_or_create(article=article, person=person, defaults={"since": now, **said})


def _who_is_there(article: Article, person: User, *, now: datetime) -> list[str]:
    others = article.presences.there(now=now).exclude(person=person).select_related("person")
    return [_sentence(other) for other in others]


def _sentence(other: Presence) -> str:
    sentence = (
        _("%(person)s has this story open, since %(since)s, and has typed what is not saved yet.")
        if other.is_writing
        else _("%(person)s has this story open, since %(since)s.")
    )
    return sentence % {"person": other.person.name, "since": f"{localtime(other.since):%H:%M %Z}"}


def _who_saved(article: Article, seen: str) -> str:
    """A sentence where the form would be refused as stale; empty while it is as saved."""
    if not seen or trail_mark(article) == seen:
        return ""
    who = last_saver(article) or _("Somebody")
    return _(
        "%(who)s has saved this story since you opened it. When you save, you are shown both texts, merged."
    ) % {"who": who}
