"""Which addresses are written differently and lead to the same page all the same."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

import idna

__all__ = ["normalise_address"]

_DEFAULT_PORTS = {"http": "80", "https": "443"}
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_UNESCAPED = re.compile(r"[^\x21-\x7e]|[<>\"`{}\\^|]")
# What newsletters, networks and advertisers hang on an address, so as to know whom they sent.
_TRACKING = re.compile(
    r"(?:utm_|mtm_|matomo_|pk_|piwik_|hsa_|__hs|_hs|at_(?:medium|campaign|custom|link|bbc|ptr|format)|guce_).*"
    r"|fbclid|fb_(?:action_ids|action_types|source|ref)|gclid|gclsrc|dclid|gbraid|wbraid|gad_(?:source|campaignid)|srsltid"
    r"|msclkid|yclid|ysclid|twclid|ttclid|tblci|li_fat_id|igshid?|epik|rdt_cid|scclid|s_kwcid|ef_id|irclickid"
    r"|mc_[ce]id|mkt_tok|oly_(?:anon|enc)_id|vero_(?:id|conv)|_openstat|_ga|_gl|hsctatracking|ml_subscriber(?:_hash)?"
    r"|ref_(?:src|url)|cmpid|icid|s_cid|wt_(?:mc|zmc)|xtor|ncid|smid|smtyp|guccounter|spm|scm|rb_clickid|sr_share",
    re.IGNORECASE,
)


def normalise_address(url: str) -> str:
    """`url` as all spellings of the same page come out: two sources with equal results are one.

    Normalised by syntax and by scheme (RFC 3986, sections 6.2.2 and 6.2.3): case, escapes, dot segments, the port
    that goes without saying, an empty path; international names in ASCII (IDNA 2008, UTS 46). Parameters that only
    tell who sent the reader are taken out, and so is the fragment, unless it is a page of its own ("#!"). `www.`, a
    final slash, the order of parameters, and http against https can make a difference, and stay. What is no web
    address is returned as it is, without the space around it.

    Linear.

    >>> normalise_address("HTTPS://Port.Example:443/a/../%7Eb?utm_source=x&id=7#top")
    'https://port.example/~b?id=7'
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host = _normalise_host(parts.hostname or "")
        port = parts.port
    except ValueError:  # idna.IDNAError is one
        return url
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not host:
        return url
    shown_port = f":{port}" if port is not None and str(port) != _DEFAULT_PORTS[scheme] else ""
    path = _remove_dot_segments(_normalise_escapes(parts.path)) or "/"
    query = _without_tracking(parts.query)
    return (
        f"{scheme}://{_user(parts)}{host}{shown_port}{path}{'?' if query else ''}{query}{_page_within(parts)}"
    )


def _normalise_host(host: str) -> str:
    host = host.removesuffix(".").lower()
    if ":" in host:
        return f"[{host}]"
    return host if host.isascii() else idna.encode(idna.uts46_remap(host)).decode("ascii")


def _user(parts: SplitResult) -> str:
    user, at, _ = parts.netloc.rpartition("@")
    return user + at


def _normalise_escapes(text: str) -> str:
    """Escape what an address may not hold as it is, then undo every escape that need not be (6.2.2.2)."""
    escaped = _UNESCAPED.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), text
    )
    return _ESCAPE.sub(_shortest, escaped)


def _shortest(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


def _remove_dot_segments(path: str) -> str:
    """As in RFC 3986, section 5.2.4, for a path that begins with a slash."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments[1:]:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "".join(f"/{segment}" for segment in kept)


def _without_tracking(query: str) -> str:
    parameters = [_normalise_escapes(parameter) for parameter in query.split("&") if parameter]
    return "&".join(each for each in parameters if not _TRACKING.fullmatch(each.partition("=")[0]))


def _page_within(parts: SplitResult) -> str:
    return f"#{_normalise_escapes(parts.fragment)}" if parts.fragment.startswith("!") else ""
