"""To publish the text of an old version again: what that changes, and the button that fills the working copy."""

from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.timezone import localtime
from django.utils.translation import gettext, override, pgettext
from django.utils.translation import gettext as _

from stories.admin.attention import look_again
from stories.models import Article, User, Version
from stories.models.words import UpdateKind
from stories.publishing.changelog import compare_contents
from stories.publishing.content import prepare_content
from stories.publishing.errors import PublishRefused
from stories.publishing.revert import take_up_again


def revert_page(request: HttpRequest, version: Version, *, site: AdminSite) -> HttpResponse:
    if request.method == "POST":
        try:
            article = take_up_again(version, by=cast(User, request.user))
        except PublishRefused as refusal:
            messages.error(request, refusal.message)
            return redirect("admin:stories_version_change", version.pk)
        look_again(citation.source for citation in article.citations.select_related("source__watch"))
        messages.success(
            request,
            _("The working copy is as version %(number)s was. Publish it below.")
            % {"number": version.number},
        )
        return redirect(_panel(article, version))
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": gettext("Publish this text again"),
        "version": version,
        "live": version.article.live_version,
        "comparison": _against_working_copy(version),
        "change_url": reverse("admin:stories_article_change", args=[version.article_id]),
    }
    return TemplateResponse(request, "admin/stories/revert.html", context)


def _panel(article: Article, version: Version) -> str:
    when = localtime(version.shown_at)
    # What readers are told, in their language and not in the editor's.
    with override(settings.HOUSE_LANGUAGE):
        day = format_date(when, pgettext("date format", "F j, Y"))
        note = gettext("The story is again as it was published on %(day)s.") % {"day": day}
    said = urlencode({"kind": UpdateKind.CORRECTION.value, "note": note})
    return f"{reverse('admin:stories_article_publish', args=[article.pk])}?{said}"


def _against_working_copy(version: Version) -> Any:
    try:
        now = prepare_content(
            version.article, updates=(), number=version.number, previous_digest="", now=timezone.now()
        )
    except PublishRefused:
        return None
    return compare_contents(now, version.frozen)
