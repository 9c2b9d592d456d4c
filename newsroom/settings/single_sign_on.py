"""An OpenID Connect provider of the house, whose people sign in there, and which of its groups give which role."""

from django.core.exceptions import ImproperlyConfigured
from environs import ValidationError, validate

from newsroom.settings.environment import PORT_PATTERN, env


def _refuse_other_than_roles(roles: dict[str, str]) -> None:
    if not set(roles.values()) <= {"Reporters", "Editors", "Chiefs"}:
        raise ValidationError("OIDC_ROLES is like desk=Reporters,editing=Editors,masthead=Chiefs")


OIDC_ISSUER = env.str(
    "OIDC_ISSUER",
    "",
    validate=validate.Regexp(
        rf"$|https://[^/\s]+\S*\Z|http://(?:localhost|127\.0\.0\.1)(?::{PORT_PATTERN})?(?:/\S*)?\Z",
        error="OIDC_ISSUER is like https://login.newsroom.example",
    ),
)
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", "")
if OIDC_ISSUER and not OIDC_CLIENT_ID:
    raise ImproperlyConfigured("OIDC_CLIENT_ID is what the provider at OIDC_ISSUER calls this installation.")
OIDC_NAME = env.str("OIDC_NAME", "single sign-on")
OIDC_ROLE_CLAIM = env.str("OIDC_ROLE_CLAIM", "groups")
OIDC_ROLES: dict[str, str] = env.dict("OIDC_ROLES", {}, validate=_refuse_other_than_roles)
OIDC_NEW_PEOPLE = env.bool("OIDC_NEW_PEOPLE", False)
OIDC_LINK_BY_EMAIL = env.bool("OIDC_LINK_BY_EMAIL", False)
OIDC_IS_SECOND_FACTOR = env.bool("OIDC_IS_SECOND_FACTOR", False)

SOCIALACCOUNT_ADAPTER = "stories.signing_in.single_sign_on.NewsroomSingleSignOn"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}
