"""The admin site: unfold's looks, under the Content-Security-Policy that its scripts need."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from unfold.sites import UnfoldAdminSite

_ADMIN_POLICY = {"script-src": [SELF, UNSAFE_EVAL, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}


class NewsroomAdminSite(UnfoldAdminSite):
    """Alpine, which unfold is built on, evaluates expressions; only the admin's pages may."""

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        return csp_update(_ADMIN_POLICY)(super().admin_view(view, cacheable))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated and not self.has_permission(request):
            # A second form to sign in would leave a reporter wondering what was wrong with the first.
            messages.error(request, "Editing is for editors. This is your desk.")
            return redirect("desk_inbox")
        page: Callable[..., Any] = csp_update(_ADMIN_POLICY)(super().login)
        return page(request, extra_context)


site = NewsroomAdminSite()
# When unfold starts, it puts a site of its own in this place; ours follows, before anything is registered.
admin.site = admin.sites.site = site
