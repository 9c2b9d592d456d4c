"""What of django-allauth is in use: no sign-up, no addresses of mail beside the account's own, no API.

Its pages are imported when somebody first asks for one: a worker, which only writes their addresses, never does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.utils.module_loading import import_string
from django.views.generic import RedirectView

_ACCOUNT, _FACTORS = "allauth.account.views", "allauth.mfa"
_SIGN_ON = "stories.signing_in.to_provider"


def _late(dotted: str) -> Callable[..., HttpResponseBase]:
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page: HttpResponseBase = import_string(dotted)(request, *args, **kwargs)
        return page

    return view


def _page(route: str, dotted: str, name: str) -> URLPattern:
    return path(route, _late(dotted), name=name)


urlpatterns = [
    _page("login/", f"{_ACCOUNT}.login", "account_login"),
    _page("logout/", f"{_ACCOUNT}.logout", "account_logout"),
    _page("inactive/", f"{_ACCOUNT}.account_inactive", "account_inactive"),
    _page("confirm/", f"{_ACCOUNT}.reauthenticate", "account_reauthenticate"),
    _page("signed-in/", "stories.signing_in.elsewhere.signed_in", "account_signed_in"),
    _page("password/", f"{_ACCOUNT}.password_change", "account_change_password"),
    # Who has none chooses one by a link that is mailed.
    path(
        "password/none/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    _page("password/forgotten/", f"{_ACCOUNT}.password_reset", "account_reset_password"),
    _page("password/forgotten/sent/", f"{_ACCOUNT}.password_reset_done", "account_reset_password_done"),
    _page(
        "password/chosen/",
        f"{_ACCOUNT}.password_reset_from_key_done",
        "account_reset_password_from_key_done",
    ),
    # A key has dashes of its own.
    re_path(
        r"^password/(?P<uidb36>[0-9a-z]+)-(?P<key>[^/]+)/$",
        _late("stories.signing_in.links.choose_password"),
        name="account_reset_password_from_key",
    ),
    _page("two-steps/", "stories.signing_in.pages.account", "mfa_index"),
    _page("two-steps/code/", f"{_FACTORS}.base.views.authenticate", "mfa_authenticate"),
    _page("two-steps/confirm/", f"{_FACTORS}.base.views.reauthenticate", "mfa_reauthenticate"),
    _page("two-steps/app/", f"{_FACTORS}.totp.views.activate_totp", "mfa_activate_totp"),
    _page("two-steps/app/remove/", f"{_FACTORS}.totp.views.deactivate_totp", "mfa_deactivate_totp"),
    _page(
        "two-steps/recovery-codes/",
        f"{_FACTORS}.recovery_codes.views.view_recovery_codes",
        "mfa_view_recovery_codes",
    ),
    _page(
        "two-steps/recovery-codes/new/",
        f"{_FACTORS}.recovery_codes.views.generate_recovery_codes",
        "mfa_generate_recovery_codes",
    ),
    _page("two-steps/keys/", f"{_FACTORS}.webauthn.views.list_webauthn", "mfa_list_webauthn"),
    _page("two-steps/keys/add/", f"{_FACTORS}.webauthn.views.add_webauthn", "mfa_add_webauthn"),
    _page(
        "two-steps/keys/confirm/",
        f"{_FACTORS}.webauthn.views.reauthenticate_webauthn",
        "mfa_reauthenticate_webauthn",
    ),
    _page("two-steps/keys/login/", f"{_FACTORS}.webauthn.views.login_webauthn", "mfa_login_webauthn"),
    _page(
        "two-steps/keys/<int:pk>/remove/", f"{_FACTORS}.webauthn.views.remove_webauthn", "mfa_remove_webauthn"
    ),
    _page("two-steps/keys/<int:pk>/", f"{_FACTORS}.webauthn.views.edit_webauthn", "mfa_edit_webauthn"),
    _page("single-sign-on/<str:provider_id>/", f"{_SIGN_ON}.go", "openid_connect_login"),
    _page("single-sign-on/<str:provider_id>/callback/", f"{_SIGN_ON}.come_back", "openid_connect_callback"),
    _page(
        "single-sign-on-cancelled/",
        "allauth.socialaccount.views.login_cancelled",
        "socialaccount_login_cancelled",
    ),
]
