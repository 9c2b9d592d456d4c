"""The way to the provider of single sign-on, and back: a page also where it does not answer."""

from __future__ import annotations

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView, OAuth2View
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render

from stories.signing_in.asking import ProviderUnusableError
from stories.signing_in.provider import ProviderAnswers


def go(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """A page that leads on at once: no form of ours may end at another site (`form-action`), by a redirect either.

    Nor could we name the site: its door may be at another name than OIDC_ISSUER, and it may send people on itself.
    """
    answer = _answered(OAuth2LoginView, request, provider_id)
    if not isinstance(answer, HttpResponseRedirect):
        return answer
    page = render(request, "socialaccount/on_to_provider.html", {"address": answer.url})
    page["Refresh"] = f"0; url={answer.url}"
    return page


def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    return _answered(OAuth2CallbackView, request, provider_id)


def _answered(view: type[OAuth2View], request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Where it leads is asked of the provider, too, and the library expects an answer to that."""
    page: HttpResponseBase
    try:
        page = view.adapter_view(ProviderAnswers(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except ProviderUnusableError as error:
        provider = get_adapter().get_provider(request, provider_id)
        page = render_authentication_error(request, provider, exception=error)
    return page
