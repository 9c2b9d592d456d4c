"""What the provider of single sign-on says, before anything is made of it (OpenID Connect Core 1.0)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import jwt
from allauth.core.internal.datakit import parse_bool_safely
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from jwt.types import Options

from stories.accounts.roles import roles_of_claim
from stories.signing_in.asking import ProviderUnusableError, refuse_other_addresses
from stories.web.limits import KIB

#: What an account has of it, and how long it may be. What is longer, or no text for one line, is left out.
_LONGEST = {
    "preferred_username": 150,
    "name": 150,
    "given_name": 150,
    "family_name": 150,
    "email": 254,
}
_LONGEST_SUBJECT = 191
_LONGEST_TOKEN = 32 * KIB
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")
_WAYS_TO_ASK = "token_endpoint_auth_methods_supported"


class ProviderAnswers(OpenIDConnectOAuth2Adapter):
    """Each raises ProviderUnusableError, which is told as a page, where what it is about cannot be used."""

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        told = super().openid_config
        for name in _ENDPOINTS:
            refuse_other_addresses(told.get(name))
        ways = told.get(_WAYS_TO_ASK)
        return {
            **{name: told[name] for name in _ENDPOINTS},
            "issuer": _line(told.get("issuer")),
            _WAYS_TO_ASK: ways if isinstance(ways, list) else [],
        }

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: OAuth2Client, pkce_code_verifier: str | None = None
    ) -> dict[str, str]:
        told = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return {name: _line(told.get(name)) for name in ("access_token", "id_token")}

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """It came from the provider itself, over TLS, which stands for its signature (3.1.3.7)."""
        checks = Options(verify_signature=False, verify_iss=True, verify_aud=True, verify_exp=True)
        issuer = self.openid_config["issuer"]
        try:
            return jwt.decode(id_token, options=checks, issuer=issuer, audience=app.client_id)
        except (jwt.PyJWTError, TypeError, ValueError, OverflowError, RecursionError) as error:
            raise ProviderUnusableError("Its token is not one that was made for us, or not one.") from error


class NewsroomProvider(OpenIDConnectProvider):
    oauth2_adapter_class = ProviderAnswers

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> Any:
        """Raises ProviderUnusableError where nobody in particular is meant."""
        return super().sociallogin_from_response(request, believed(response))


def believed(told: Mapping[str, Any]) -> dict[str, Any]:
    """The claims that are used, and the roles that they give.

    Raises ProviderUnusableError unless token and user info are of the same subject: 5.3.2.
    """
    subjects = [_subject(told.get(part)) for part in ("id_token", "userinfo")]
    if subjects[0] != subjects[1]:
        raise ProviderUnusableError("The user info is of another than the ID token.")
    parts = told["id_token"], told["userinfo"]
    roles = set().union(*map(roles_of_claim, parts))
    return {"id_token": _used(parts[0]), "userinfo": _used(parts[1]), "roles": sorted(roles)}


def _subject(claims: Any) -> str:
    subject = claims.get("sub") if isinstance(claims, Mapping) else None
    if not _is_line(subject, longest=_LONGEST_SUBJECT):
        raise ProviderUnusableError("There is no proper subject.")
    return str(subject)


def _used(claims: Mapping[str, Any]) -> dict[str, Any]:
    names = {name: claims[name] for name in _LONGEST if _is_line(claims.get(name), longest=_LONGEST[name])}
    return {"sub": claims["sub"], "email_verified": parse_bool_safely(claims.get("email_verified")), **names}


def _line(value: object) -> str:
    if not isinstance(value, str) or not value.isascii() or not _is_line(value, longest=_LONGEST_TOKEN):
        raise ProviderUnusableError("It leaves out what it has to say, or says it in no line of text.")
    return value


def _is_line(value: Any, *, longest: int) -> bool:
    return isinstance(value, str) and value.isprintable() and 0 < len(value) <= longest
