"""Signing in at the house's own OpenID Connect provider, whose groups give the roles (OpenID Connect Core 1.0)."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from stories.accounts.roles import give_roles
from stories.auditing.entries import write_entry
from stories.models import Act, User

KIND, NAME = "openid_connect", "oidc"
_log = logging.getLogger(__name__)


class NewsroomSingleSignOn(DefaultSocialAccountAdapter):
    """The one provider is that of the settings. Its library is imported when somebody first goes there."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        is_ours = provider in (None, KIND, NAME) and client_id in (None, settings.OIDC_CLIENT_ID)
        return [_app()] if settings.OIDC_ISSUER and is_ours else []

    def list_providers(self, request: HttpRequest) -> list[Any]:
        return [self.get_provider(request, NAME)] if settings.OIDC_ISSUER else []

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        from stories.signing_in.provider import NewsroomProvider

        return NewsroomProvider(request, app=self.get_app(request, provider, client_id))

    def get_requests_session(self) -> Any:
        from stories.signing_in.asking import open_session

        return open_session()

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, **_more: Any
    ) -> None:
        """The page sends whoever reads it to the operator, who finds in the log what was the matter."""
        from stories.signing_in.asking import ProviderUnusableError

        if isinstance(exception, ProviderUnusableError):
            _log.warning("Nobody can sign in at %s: %s", settings.OIDC_ISSUER, exception)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("mfa_index")

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """To whom the newsroom does not know: where the settings say so, and a group gives them a role.

        Whoever has an account with that address joins the two from inside.
        """
        is_known = (
            bool(_email_of(sociallogin))
            and User.objects.filter(email__iexact=_email_of(sociallogin)).exists()
        )
        return bool(settings.OIDC_NEW_PEOPLE and _roles(sociallogin) and not is_known)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Whoever is known has from now on the roles that the provider says."""
        if sociallogin.is_existing and isinstance(sociallogin.user, User):
            give_roles(sociallogin.user, _roles(sociallogin))

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        person: User = super().save_user(request, sociallogin, form)
        # The address of mail is the account's own.
        EmailAddress.objects.filter(user=person).delete()
        write_entry(Act.PERSON_MADE, on=person, actor=settings.OIDC_NAME)
        give_roles(person, _roles(sociallogin))
        return person


def _app() -> SocialApp:
    return SocialApp(
        provider=KIND,
        provider_id=NAME,
        name=settings.OIDC_NAME,
        client_id=settings.OIDC_CLIENT_ID,
        secret=settings.OIDC_CLIENT_SECRET,
        settings={
            # OpenID Connect Discovery 1.0, 4.1: a slash at its end is left out.
            "server_url": settings.OIDC_ISSUER.rstrip("/"),
            "email_authentication": settings.OIDC_LINK_BY_EMAIL,
        },
    )


def _email_of(sociallogin: SocialLogin) -> str:
    return str(getattr(sociallogin.user, "email", "") or "")


def _roles(sociallogin: SocialLogin) -> set[str]:
    return set(sociallogin.account.extra_data["roles"])
