"""Who signs in, where, with what, and what a password has to be."""

from ipaddress import ip_network

from environs import ValidationError, validate

from newsroom.settings.environment import each, env
from newsroom.settings.site import NEWSROOM_NAME, SITE_URL


def _refuse_other_than_networks(texts: list[str]) -> None:
    try:
        for text in texts:
            ip_network(text.strip())
    except ValueError as error:
        raise ValidationError(f"TRUSTED_PROXIES is like 10.0.0.0/8,127.0.0.1: {error}") from error


AUTH_USER_MODEL = "stories.User"
AUTHENTICATION_BACKENDS = ["stories.signing_in.backend.NewsroomBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk_inbox"
LOGOUT_REDIRECT_URL = "front_page"
# The first makes new hashes; what the others made is checked, and made anew when its person signs in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# How long a link to choose a password works, from an invitation or on request.
PASSWORD_RESET_TIMEOUT = 3600 * env.int("PASSWORD_LINK_HOURS", 48, validate=validate.Range(min=1, max=720))
SESSION_COOKIE_AGE = 3600 * env.int("SIGNED_IN_HOURS", 12, validate=validate.Range(min=1, max=720))
SESSION_ENGINE = "stories.signing_in.kept_sessions"
#: Whose X-Forwarded-For is believed.
TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", [], validate=_refuse_other_than_networks)

ACCOUNT_ADAPTER = "stories.signing_in.adapter.NewsroomAccounts"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
# An account has the one address of mail that its row has.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_FORMS = {
    "change_password": "stories.signing_in.forms.ChangeOwnPasswordForm",
    "login": "stories.signing_in.forms.SignInForm",
    "reset_password": "stories.signing_in.forms.AskForLinkForm",
    "reset_password_from_key": "stories.signing_in.forms.ChoosePasswordForm",
}
# Guesses are slowed down by stories.accounts.patience, whose counts every process shares.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "change_password": None}

MFA_ADAPTER = "stories.signing_in.second_factor.NewsroomFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = NEWSROOM_NAME
MFA_TOTP_TOLERANCE = 1
# By plain HTTP browsers take no other host than "localhost" for safe.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_URL.startswith("http://")
MFA_FORMS = {
    "add_webauthn": "stories.signing_in.key_forms.AddKeyForm",
    "authenticate_webauthn": "stories.signing_in.key_forms.KeyAsSecondStepForm",
    "login_webauthn": "stories.signing_in.key_forms.PasskeyForm",
    "reauthenticate_webauthn": "stories.signing_in.key_forms.ConfirmByKeyForm",
    "authenticate": "stories.signing_in.second_factor.CodeForm",
    "reauthenticate": "stories.signing_in.second_factor.ConfirmCodeForm",
}
SECOND_FACTOR_ROLES: list[str] = env.list(
    "SECOND_FACTOR_ROLES",
    [],
    validate=each(
        "(?:Reporters|Editors|Chiefs|Superusers)$",
        "SECOND_FACTOR_ROLES is like Editors,Chiefs,Superusers",
    ),
)
SECOND_FACTOR_ROLES = [role.strip() for role in SECOND_FACTOR_ROLES]
