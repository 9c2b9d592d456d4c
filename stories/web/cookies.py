"""What a site wants remembered from one redirect to the next, as sites do that will not show a page without."""

from aiohttp import CookieJar
from yarl import URL

from stories.web.header_fields import HeaderFields


class Cookies:
    """Those of one journey (RFC 6265), which are forgotten with it."""

    def __init__(self) -> None:
        self._jar: CookieJar | None = None

    def take(self, fields: HeaderFields, url: str) -> None:
        """Keep what was set with the answer of this address. Called, like all here, in the event loop."""
        wanted = [value for name, value in fields if name == "set-cookie"]
        if not wanted:
            return
        if self._jar is None:
            self._jar = CookieJar(unsafe=True, quote_cookie=False)
        self._jar.update_cookies_from_headers(wanted, URL(url, encoded=True))

    def header_for(self, url: str) -> str:
        """The Cookie header to send to this address; empty where there is nothing to remind it of."""
        if self._jar is None:
            return ""
        kept = self._jar.filter_cookies(URL(url, encoded=True)).values()
        pairs = (f"{cookie.key}={cookie.value}" for cookie in kept)
        return "; ".join(pair for pair in pairs if pair.isascii() and pair.isprintable())
