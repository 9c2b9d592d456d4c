"""The history of a story, with that of its parts and with what readers saw, on one page."""

from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stories.admin.timeline import happenings, tell
from stories.models import Article

ROWS_A_PAGE = 50
CHOICES = (("", _("Everything")), ("private", _("Private saves")), ("public", _("Public versions")))


def timeline_page(request: HttpRequest, article: Article, *, site: AdminSite) -> HttpResponse:
    shown = request.GET.get("show", "")
    shown = shown if shown in dict(CHOICES) else ""
    page = Paginator(happenings(article, shown=shown), ROWS_A_PAGE).get_page(request.GET.get("p"))
    context = {
        **site.each_context(request),
        "title": gettext("History"),
        "article": article,
        "entries": tell(article, page.object_list),
        "page": page,
        "shown": shown,
        "choices": CHOICES,
    }
    return TemplateResponse(request, "admin/stories/timeline.html", context)
