"""What browsers are told to enforce: encryption, cookies, and what a page may load."""

from csp.constants import NONCE, NONE, SELF
from environs import validate

from newsroom.settings.environment import PRODUCTION, env
from newsroom.settings.site import SITE_URL

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", PRODUCTION)
if env.bool("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
_IS_ENCRYPTED = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _IS_ENCRYPTED
if _IS_ENCRYPTED:
    # A browser takes such a cookie over TLS alone, from this very host, for all of it (RFC 6265bis, 4.1.3.2).
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
# What is said to a person after a step is kept with their session, not in a cookie of its own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
YEAR_IN_SECONDS = 31_536_000
SECURE_HSTS_SECONDS = env.int(
    "HSTS_SECONDS",
    YEAR_IN_SECONDS if _IS_ENCRYPTED else 0,
    validate=validate.Range(min=0, max=2 * YEAR_IN_SECONDS),
)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_SUBDOMAINS", False)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
