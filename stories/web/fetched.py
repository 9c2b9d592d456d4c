"""What a server answered."""

import hashlib
from dataclasses import dataclass, field

from stories.web.header_fields import HeaderFields, header
from stories.web.redirects import PERMANENT_REDIRECTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """One request as it was sent, and the head of its answer."""

    url: str
    request_line: str
    request_headers: HeaderFields
    status_line: str
    headers: HeaderFields


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer, whatever its status: 304, 404 and 503 are answers too.

    `headers` are pairs in the order sent, names in lower case. `body` is decoded. `redirects` holds each hop's
    status and the address it led to, so that the last of them is `final_url`. `exchanges` holds what was said on
    the way: each redirect, and last the exchange that brought the body. `digest` is the SHA-256 of the body.
    """

    url: str
    final_url: str
    status: int
    headers: HeaderFields
    # asyncio.run writes down what comes of it, to no use: of a page that took five times its size.
    body: bytes = field(repr=False)
    redirects: tuple[tuple[int, str], ...]
    elapsed_ms: int
    exchanges: tuple[Exchanged, ...] = ()
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", hashlib.sha256(self.body).hexdigest())

    @property
    def content_type(self) -> str:
        return header(self.headers, "content-type")

    @property
    def etag(self) -> str:
        return header(self.headers, "etag")

    @property
    def last_modified(self) -> str:
        return header(self.headers, "last-modified")

    @property
    def retry_after(self) -> str:
        """As sent: seconds or a date (RFC 9110, section 10.2.3), or anything."""
        return header(self.headers, "retry-after")

    @property
    def not_modified(self) -> bool:
        return self.status == 304

    @property
    def is_permanently_moved(self) -> bool:
        """Whether every hop said that it is for good (301 and 308)."""
        return bool(self.redirects) and all(status in PERMANENT_REDIRECTS for status, _ in self.redirects)
