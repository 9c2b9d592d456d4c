"""The publish panel: what readers will see change, what they are told, when, and who has to be asked."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from stories.admin.kept_text import tell_saved
from stories.admin.proposal import Proposal, send_proposal
from stories.admin.publish_form import PublishForm, time_of_draft
from stories.admin.source_change import SourceChange, note_about, note_about_page, source_changes
from stories.models import Alert, Article, Publication, Update, User
from stories.models.words import AlertState, PublicationKind, PublicationState, UpdateKind
from stories.publishing.errors import PublishRefused
from stories.publishing.publication import ask_for_approval, ask_to_publish
from stories.publishing.suggested_note import suggest_note
from stories.text.told import is_key

MOST_CAUSES = 5
_ASKS = {"_publish": ask_to_publish, "_ask": ask_for_approval}
_SENT = {
    PublicationState.SCHEDULED: gettext_lazy(
        "It is scheduled. Readers see nothing of it before, and you can cancel it here."
    ),
    PublicationState.AWAITING: gettext_lazy("It waits for a second person, who finds it under Publications."),
    PublicationState.PROPOSED: gettext_lazy("It waits for an editor, who finds it under Publications."),
}


def preview_page(request: HttpRequest, article: Article, *, site: AdminSite) -> HttpResponse:
    """What publishing would change, and the story as readers would read it."""
    proposal = Proposal(article, now=timezone.now())
    return _render(request, site, article, "admin/stories/preview.html", {"proposal": proposal})


def publish_page(request: HttpRequest, article: Article, *, site: AdminSite) -> HttpResponse:
    person = cast(User, request.user)
    alert = _alert(request)
    changes = source_changes(alert, article) if alert else []
    form = PublishForm(
        request.POST or None,
        is_first=article.live_version is None,
        changes=changes,
        initial=_offered(request, article, changes, alert),
    )
    ask = next((ask for button, ask in _ASKS.items() if button in request.POST), None)
    if request.method == "POST" and ask and form.is_valid() and _is_known(form, article, changes):
        try:
            sent = send_proposal(article, form=form, changes=changes, alert=alert, by=person, ask=ask)
        except PublishRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            return tell_saved(request, _show(request, sent))
    article = Article.objects.get(pk=article.pk)
    proposal = Proposal(article, now=timezone.now(), form=form, changes=changes, by=person)
    causes = [] if alert else _possible_causes(article, person)
    context = {"proposal": proposal, "form": form, "alert": alert, "changes": changes, "causes": causes}
    if alert:
        # Whoever saves there and goes on comes back to the same reason.
        context["change_url"] = f"{_change_url(article)}?alert={alert.pk}"
    return _render(request, site, article, "admin/stories/publish.html", context)


def _is_known(form: PublishForm, article: Article, changes: list[SourceChange]) -> bool:
    """Passages that are not on their pages are published knowingly, or not."""
    proposal = Proposal(article, now=timezone.now(), form=form, changes=changes)
    if not proposal.doubtful or form.cleaned_data["knowingly"]:
        return True
    form.add_error(
        "knowingly", gettext("Some quoted passages are not on their pages: tick that you know, or mend them.")
    )
    return False


def _offered(
    request: HttpRequest, article: Article, changes: list[SourceChange], alert: Alert | None
) -> dict[str, Any]:
    """What the panel is filled in with: from the alert, from a draft, or from what the editor chose to do."""
    draft = None if changes else article.updates.waiting(after=article.live_version).first()
    about_source = note_about(changes) or (note_about_page(alert) if alert else "")
    return {
        "kind": _kind(request, article, draft, changes),
        "note": draft.note if draft else about_source or request.GET.get("note", "") or _note(article),
        "take": [str(change.citation.pk) for change in changes if change.is_takeable],
        **(time_of_draft(draft, now=timezone.now()) if draft else {}),
    }


def _note(article: Article) -> str:
    comparison = Proposal(article, now=timezone.now()).comparison if article.live_version else None
    return suggest_note(comparison) if comparison else ""


def _kind(request: HttpRequest, article: Article, draft: Update | None, changes: list[SourceChange]) -> str:
    wanted = request.GET.get("kind", "")
    if wanted in UpdateKind.values:
        return wanted
    if draft:
        return draft.kind
    return UpdateKind.UPDATE if article.live_version or changes else PublicationKind.FIRST


def _show(request: HttpRequest, sent: Publication) -> HttpResponseRedirect:
    if sent.version:
        told = _("Version %(number)s of “%(headline)s” is published.") % {
            "number": sent.version.number,
            "headline": sent.version.headline,
        }
        messages.success(request, told)
        return redirect("changelog", slug=sent.article.slug)
    messages.success(request, _SENT[PublicationState(sent.state)])
    return redirect(sent)


def _alert(request: HttpRequest) -> Alert | None:
    key = request.GET.get("alert", "")
    if not is_key(key):
        return None
    visible = Alert.objects.visible_to(cast(User, request.user)).select_related("source", "answered_by")
    return visible.filter(pk=key).first()


def _possible_causes(article: Article, person: User) -> list[Alert]:
    """What was heard of the story's sources and is not settled: each change once, the latest first.

    Each of a change's recipients has an alert of it; the person's own goes before a colleague's.
    """
    told = Update.objects.published().filter(article=article, caused_by__isnull=False).values("caused_by")
    latest = Max("verdicts", filter=Q(verdicts__citation__article=article))
    unsettled = Alert.objects.visible_to(person).filter(state__in=(AlertState.OPEN, AlertState.NEEDS_UPDATE))
    heard = unsettled.annotate(latest=latest).filter(latest__isnull=False).exclude(latest__in=told)
    causes: dict[int, Alert] = {}
    for alert in heard.select_related("source").order_by("-developed_at", "pk"):
        if alert.latest not in causes or alert.recipient_id == person.pk:
            causes[alert.latest] = alert
    return list(causes.values())[:MOST_CAUSES]


def _change_url(article: Article) -> str:
    return reverse("admin:stories_article_change", args=[article.pk])


def _render(
    request: HttpRequest, site: AdminSite, article: Article, template: str, context: dict[str, Any]
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": gettext("Publish") if "form" in context else gettext("Preview changes"),
        "article": article,
        "change_url": _change_url(article),
        **context,
    }
    return TemplateResponse(request, template, context)
