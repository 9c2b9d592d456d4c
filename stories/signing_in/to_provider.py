"""The way to the provider of single sign-on, and back: a page also where it does not answer."""

from __future__ import annotations

from collections.abc import Callable

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from requests import RequestException


def go(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    return _answered(views.login, request, provider_id)


def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    return _answered(views.callback, request, provider_id)


def _answered(
    view: Callable[[HttpRequest, str], HttpResponseBase], request: HttpRequest, provider_id: str
) -> HttpResponseBase:
    """Where it leads is asked of the provider, too, and the library expects an answer to that."""
    try:
        return view(request, provider_id)
    except RequestException as error:
        provider = get_adapter().get_provider(request, provider_id)
        page: HttpResponseBase = render_authentication_error(request, provider, exception=error)
        return page
