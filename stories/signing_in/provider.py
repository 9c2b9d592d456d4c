"""What the provider of single sign-on says of somebody, before anything is made of it (OpenID Connect Core 1.0)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest

#: What an account has of it, and how long it may be. What is longer, or no text for one line, is left out.
_LONGEST = {
    "preferred_username": 150,
    "name": 150,
    "given_name": 150,
    "family_name": 150,
    "email": 254,
}
_LONGEST_SUBJECT = 191


class NewsroomProvider(OpenIDConnectProvider):
    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> Any:
        """Raises OAuth2Error, which is told as a page, where nobody in particular is meant."""
        return super().sociallogin_from_response(request, believed(response))


def believed(told: Mapping[str, Any]) -> dict[str, Any]:
    """The claims that can be used. Raises OAuth2Error unless token and user info are there, of the same subject.

    5.3.2: a user info whose `sub` is not that of the ID token must not be used.
    """
    subjects = [_subject(told.get(part)) for part in ("id_token", "userinfo")]
    if subjects[0] != subjects[1]:
        raise OAuth2Error("The user info is of another than the ID token.")
    return {part: _plain(told[part]) for part in ("id_token", "userinfo")}


def _subject(claims: Any) -> str:
    subject = claims.get("sub") if isinstance(claims, Mapping) else None
    if not _is_line(subject, longest=_LONGEST_SUBJECT):
        raise OAuth2Error("There is no proper subject.")
    return str(subject)


def _plain(claims: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in claims.items()
        if name not in _LONGEST or _is_line(value, longest=_LONGEST[name])
    }


def _is_line(value: Any, *, longest: int) -> bool:
    return isinstance(value, str) and value.isprintable() and 0 < len(value) <= longest
