"""The admin site: unfold's looks, under the Content-Security-Policy that its scripts need."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from csp.constants import UNSAFE_EVAL
from csp.decorators import csp_update
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from stories.admin.bulk_views import do_page
from stories.admin.find import find_page, first_hits
from stories.admin.forged import refuse_forged
from stories.admin.glance.page import figure_file, figure_page, glance_for
from stories.admin.kept_text import text_differences
from stories.admin.saved_filters import filter_page, open_filter, save_filter
from stories.searching.query import LONGEST_QUERY

_ADMIN_POLICY = {"script-src": [UNSAFE_EVAL]}

_SIGNED_OUT = _(
    "You had been signed out, so nothing was saved. What you typed is still in your browser: sign in, and the page "
    "offers it again. If it does not, go back with your browser’s button until you see it, and save it again."
)


class NewsroomAdminSite(UnfoldAdminSite):
    """Alpine, which unfold is built on, evaluates expressions; only the admin's pages may."""

    index_title = _("At a glance")
    index_template = "admin/glance/index.html"
    #: As our own columns say it.
    empty_value_display = "–"

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        page = csp_update(_ADMIN_POLICY)(super().admin_view(refuse_forged(view), cacheable))

        @wraps(page)
        def page_or_word(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and not request.user.is_authenticated and _is_by_hand(request):
                messages.warning(request, _SIGNED_OUT)
            _shorten_search(request)
            return page(request, *args, **kwargs)

        return page_or_word

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """The theme's colours are in our style sheet; unfold would write them into each page."""
        return {**super().each_context(request), "colors": {}}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Put together where a page shows it: few do, and all ask for it."""
        return SimpleLazyObject(partial(super().get_app_list, request, app_label))

    def get_urls(self) -> list[Any]:
        differences = path("text-differences/", self.admin_view(text_differences), name="text_differences")
        figures = [
            path("glance/<slug:figure>/", self.admin_view(figure_page), {"site": self}, "glance"),
            path("glance/<slug:figure>.csv", self.admin_view(figure_file), name="glance_file"),
        ]
        find = path("find/", self.admin_view(self.find), name="find")
        do = path("bulk/<slug:name>/", self.admin_view(self.do), name="bulk_do")
        filters = [
            path("filters/<slug:noun>/save/", self.admin_view(self.save_filter), name="saved_filter_save"),
            path("filters/<int:pk>/open/", self.admin_view(self.open_filter), name="saved_filter_open"),
            path("filters/<int:pk>/", self.admin_view(self.filter), name="saved_filter"),
        ]
        return [differences, *figures, *filters, find, do, *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {"glance": glance_for(request), **(extra_context or {})})

    def find(self, request: HttpRequest) -> HttpResponse:
        return find_page(request, site=self)

    def do(self, request: HttpRequest, name: str) -> HttpResponse:
        return do_page(request, name, site=self)

    def save_filter(self, request: HttpRequest, noun: str) -> HttpResponse:
        return save_filter(request, noun, site=self)

    def open_filter(self, request: HttpRequest, pk: int) -> HttpResponse:
        return open_filter(request, pk, site=self)

    def filter(self, request: HttpRequest, pk: int) -> HttpResponse:
        return filter_page(request, pk, site=self)

    def search(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What comes up while somebody types; unfold's own would keep it for minutes, whatever changes meanwhile."""
        words = request.GET.get("s", "").strip()
        if not words:
            return HttpResponse()
        lists = self._search_apps(AdminSite.get_app_list(self, request), words.lower())
        results = Paginator([*first_hits(request, words), *lists], 50).page(1)
        context = {"results": results, "page_obj": results.paginator, "page_counter": 0, "execution_time": 0}
        return TemplateResponse(request, "unfold/helpers/command_results.html", context)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one door, and it asks for the second factor; it comes back here."""
        if not request.user.is_authenticated:
            return redirect_to_login(_next(request), reverse("account_login"))
        if not self.has_permission(request):
            # A second form to sign in would leave a reporter wondering what was wrong with the first.
            messages.error(request, gettext("Editing is for editors. This is your desk."))
            return redirect("desk_inbox")
        return redirect("admin:index")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """By the one door, too; a form that was sent here is sent on as it is (307)."""
        return HttpResponseRedirect(reverse("account_logout"), preserve_request=True)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")


def _shorten_search(request: HttpRequest) -> None:
    """As on the page of search: of a whole text that is pasted a list would ask for each word, in each column."""
    for name in (SEARCH_VAR, "term"):
        if len(typed := request.GET.get(name, "")) > LONGEST_QUERY:
            asked = request.GET.copy()
            asked[name] = typed[:LONGEST_QUERY]
            vars(request).update(GET=asked)


def _next(request: HttpRequest) -> str:
    """Where the door leads to afterwards; it looks itself whether that is ours."""
    return request.GET.get("next") or reverse("admin:index")


def _is_by_hand(request: HttpRequest) -> bool:
    """Whether a page is to come, and not a script's answer (W3C Fetch Metadata); older browsers do not say."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


site = NewsroomAdminSite()
# Whatever registers with Django's own site finds ours.
admin.site = admin.sites.site = site  # noqa: TID251 - this is where it becomes ours
