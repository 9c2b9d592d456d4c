"""Which language is spoken: readers' pages have the house's, the newsroom's own pages have the person's.

A reader's page is kept by caches and quoted by its address, so it never depends on who asks. Whatever is neither
page nor message (commands, logs, webhooks, the record) stays in English, Django's default here.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

#: Where people work; the preview shows what readers will see, and is not among them.
_OF_THE_NEWSROOM = ("/admin/", "/desk/", "/account/")


class SpeakTheirLanguage:
    """Needs the person, so it stands behind the session and the log-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            return self.get_response(request)


def language_of(request: HttpRequest) -> str:
    if not request.path_info.startswith(_OF_THE_NEWSROOM):
        return settings.HOUSE_LANGUAGE
    return _chosen(request) or next(_asked_by_browser(request), settings.HOUSE_LANGUAGE)


def _chosen(request: HttpRequest) -> str:
    """What the person chose among ours; empty where they did not. It came with the person."""
    chosen = getattr(getattr(request.user, "preferences", None), "language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else ""


def _asked_by_browser(request: HttpRequest) -> Iterator[str]:
    """What the browser asks for (RFC 9110, 12.5.4) and we have, most wanted first."""
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        with suppress(LookupError):
            yield get_supported_language_variant(wanted)
