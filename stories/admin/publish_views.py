"""The publish panel: what readers will see change, what they are told, and the button."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from stories.admin.proposal import Proposal, publish_proposal
from stories.admin.publish_form import FIRST, PublishForm
from stories.admin.source_change import note_about, source_changes
from stories.models import Alert, Article, User
from stories.models.words import UpdateKind
from stories.publishing.errors import PublishRefused


def preview_page(request: HttpRequest, article: Article, *, site: AdminSite) -> HttpResponse:
    """What publishing would change, and the story as readers would read it."""
    proposal = Proposal(article, now=timezone.now())
    return _render(request, site, article, "admin/stories/preview.html", {"proposal": proposal})


def publish_page(request: HttpRequest, article: Article, *, site: AdminSite) -> HttpResponse:
    alert = _alert(request)
    changes = source_changes(alert, article) if alert else []
    draft = None if changes else article.updates.drafts().order_by("pk").first()
    form = PublishForm(
        request.POST or None,
        is_first=article.live_version is None,
        changes=changes,
        initial={
            "kind": draft.kind if draft else UpdateKind.UPDATE if article.live_version or changes else FIRST,
            "note": draft.note if draft else note_about(changes),
            "take": [str(change.citation.pk) for change in changes if change.is_takeable],
        },
    )
    if request.method == "POST" and form.is_valid() and "_publish" in request.POST:
        try:
            version = publish_proposal(
                article, form=form, changes=changes, alert=alert, by=cast(User, request.user)
            )
        except PublishRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request, f"Version {version.number} is published. This is what readers see of it."
            )
            return redirect("changelog", slug=article.slug)
    article = Article.objects.get(pk=article.pk)
    proposal = Proposal(article, now=timezone.now(), form=form, changes=changes, by=cast(User, request.user))
    context = {"proposal": proposal, "form": form, "alert": alert, "changes": changes}
    return _render(request, site, article, "admin/stories/publish.html", context)


def _alert(request: HttpRequest) -> Alert | None:
    key = request.GET.get("alert", "")
    if not key.isdecimal():
        return None
    visible = Alert.objects.visible_to(cast(User, request.user)).select_related("source")
    return visible.filter(pk=key).first()


def _render(
    request: HttpRequest, site: AdminSite, article: Article, template: str, context: dict[str, Any]
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": "Publish" if "form" in context else "Preview changes",
        "article": article,
        "change_url": reverse("admin:stories_article_change", args=[article.pk]),
        **context,
    }
    return TemplateResponse(request, template, context)
