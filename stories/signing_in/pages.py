"""Pages from which one may be sent to the provider of single sign-on: their forms may lead there, and nowhere else."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.views import LoginView
from allauth.mfa.base.views import IndexView
from allauth.socialaccount.models import SocialAccount
from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from stories.signing_in.owing import is_owed


class _LeadsToProvider:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = super().dispatch  # type: ignore[misc]
        if settings.OIDC_ISSUER:
            page = csp_update({"form-action": [SELF, _origin(settings.OIDC_ISSUER)]})(page)
        response: HttpResponseBase = page(request, *args, **kwargs)
        return response


class SignInView(_LeadsToProvider, LoginView):
    pass


class AccountView(_LeadsToProvider, IndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        joined = SocialAccount.objects.filter(user=self.request.user.pk)
        return {
            **super().get_context_data(**kwargs),
            "owes": is_owed(self.request),
            "is_joined": joined.exists(),
        }


sign_in = SignInView.as_view()
account = AccountView.as_view()


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
