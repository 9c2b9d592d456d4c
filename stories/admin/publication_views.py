"""One version on its way: what was asked, what it would change, and the buttons of those who may decide."""

from typing import cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from stories.admin.kept_text import tell_saved
from stories.models import Publication, User, Version
from stories.publishing.changelog import Comparison, compare_contents
from stories.publishing.errors import PublishRefused
from stories.publishing.publication import approve_publication, cancel_publication, refuse_publication
from stories.publishing.wish import mark_of


def publication_page(request: HttpRequest, publication: Publication, *, site: AdminSite) -> HttpResponse:
    person, problem = cast(User, request.user), ""
    if request.method == "POST":
        try:
            told = _decide(request, publication, by=person)
        except PublishRefused as refusal:
            problem = refusal.message
        else:
            messages.success(request, told)
            return tell_saved(request, redirect(publication))
    publication = _with_all(publication.pk)
    live = publication.article.live_version
    context = {
        **site.each_context(request),
        "title": "Publication",
        "publication": publication,
        "article": publication.article,
        "live": live,
        "comparison": _comparison(publication, live),
        "is_stale": publication.is_on_its_way and mark_of(publication.article, live) != publication.mark,
        "may_decide": publication.may_be_approved_by(person),
        "may_cancel": publication.is_on_its_way
        and (person.can_publish or person.pk == publication.asked_by_id),
        "is_asker": person.pk == publication.asked_by_id,
        "problem": problem,
        "reason": request.POST.get("reason", ""),
    }
    return TemplateResponse(request, "admin/stories/publication.html", context)


def _decide(request: HttpRequest, publication: Publication, *, by: User) -> str:
    now, reason = timezone.now(), request.POST.get("reason", "")
    if "_approve" in request.POST:
        approved = approve_publication(publication, by=by, now=now)
        return _("It is published.") if approved.version else _("It is approved, and waits for its time.")
    if "_refuse" in request.POST:
        refuse_publication(publication, by=by, reason=reason, now=now)
        return _("It is refused. What readers see is as it was.")
    cancel_publication(publication, by=by, reason=reason, now=now)
    return _("It is cancelled. What readers see is as it was.")


def _with_all(key: int) -> Publication:
    return Publication.objects.select_related("article", "version__article").get(pk=key)


def _comparison(publication: Publication, live: Version | None) -> Comparison | None:
    """Between what readers see and what they would; of a published one, the changelog tells."""
    asked = publication.frozen
    if publication.version or asked is None:
        return None
    return compare_contents(live.frozen if live else None, asked)
