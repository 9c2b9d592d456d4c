"""What every answer tells the browser to refuse, whoever wrote the page (docs/security.md)."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse

#: Of the powers of a browser that a page may ask for, we ask for none. Two are not named, as Chromium on Linux does
#: not know them and calls their names an error on every page: both open a dialog and nothing without an answer.
_POWERS = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
    *(
        "encrypted-media",
        "fullscreen",
        "gamepad",
        "geolocation",
        "gyroscope",
        "hid",
        "identity-credentials-get",
    ),
    *("idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment"),
    *("picture-in-picture", "screen-wake-lock", "serial", "usb", "window-management"),
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(f"{power}=()" for power in _POWERS)
#: Of a file that is opened by itself, such as a drawing: it shows itself and runs nothing.
POLICY_OF_FILES = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'none'"
)


class SafeHeaders:
    """For pages, files and what is answered before a page is made; a view that wants another of these sets it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        if _is_of_file(request, response):
            # A page's style is no secret, and to a page in a sandbox, such as the preview, we are another origin.
            response.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
            response.setdefault(HEADER, POLICY_OF_FILES)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


def _is_of_file(request: HttpRequest, response: HttpResponse) -> bool:
    is_page = response.get("Content-Type", "").startswith("text/html")
    return request.path.startswith(settings.STATIC_URL) and not is_page


class ContentPolicy(CSPMiddleware):
    """The Content-Security-Policy, with a nonce that each page has for itself and no feed or file has."""

    def get_policy_parts(self, request: HttpRequest, response: Any, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        is_page = response.get("Content-Type", "").startswith("text/html")
        parts.nonce = self._make_nonce(request) if is_page else None
        return parts

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """A page that a browser has already keeps the policy that it came with: its nonce is that one's."""
        answered = super().process_response(request, response)
        if answered.status_code == HTTPStatus.NOT_MODIFIED:
            del answered[HEADER]
        return answered
