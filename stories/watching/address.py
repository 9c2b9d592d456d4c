"""Whether the newsroom knows a page by its address already, and whether an address is one that is read here."""

from __future__ import annotations

from urllib.parse import urlsplit

from stories.models import Source
from stories.text.same_address import normalise_address
from stories.watching.limits import allowed_private
from stories.web.guard import check_url

#: Stands in for whatever a name leads to: it is looked up when the page is read.
_SOME_PUBLIC_ADDRESS = "1.1.1.1"


def find_source(url: str) -> Source | None:
    """The source of this very page, however its address is written; the oldest, where there are several."""
    wanted = normalise_address(url)
    exactly = Source.objects.filter(url__in=[url, wanted]).order_by("pk").first()
    return exactly or _find_respelled(wanted)


def refuse_address(url: str) -> None:
    """Raises AddressRefused for what is no address of a page, or not one that is read here. Looks no name up."""
    check_url(url, resolver=lambda _name: [_SOME_PUBLIC_ADDRESS], allowed=allowed_private())


def _find_respelled(wanted: str) -> Source | None:
    try:
        host = urlsplit(wanted).hostname
    except ValueError:
        return None
    if not host:
        return None
    of_host = Source.objects.filter(url__icontains=host).order_by("pk").values_list("pk", "url")
    key = next((key for key, url in of_host if url and normalise_address(url) == wanted), None)
    return None if key is None else Source.objects.get(pk=key)
