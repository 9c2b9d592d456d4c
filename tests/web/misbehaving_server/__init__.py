"""A server on loopback that breaks one rule per path, byte by byte, so that no library tidies up behind it."""

# Each registers its paths as it is imported.
from tests.web.misbehaving_server import connections, framing, header_lines, honest, sizes  # noqa: F401
from tests.web.misbehaving_server.codings import CODINGS, bare_deflate
from tests.web.misbehaving_server.redirects import redirect_path
from tests.web.misbehaving_server.server import (
    ETAG,
    LAST_MODIFIED,
    PAGE,
    Connection,
    MisbehavingServer,
    Request,
    redirect,
    respond,
)
from tests.web.misbehaving_server.statuses import STATUSES

__all__ = [
    "CODINGS",
    "ETAG",
    "LAST_MODIFIED",
    "PAGE",
    "STATUSES",
    "Connection",
    "MisbehavingServer",
    "Request",
    "bare_deflate",
    "redirect",
    "redirect_path",
    "respond",
]
