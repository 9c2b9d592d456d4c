"""Where a redirect leads, and whether it is one to follow."""

from urllib.parse import quote, urljoin

from stories.web.errors import AddressRefused, BadRedirect, NameUnresolved
from stories.web.guard import Target

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT_REDIRECTS = frozenset({301, 308})

_PRINTABLE_ASCII = "".join(map(chr, range(0x21, 0x7F)))


def next_url(current: str, location: str) -> str:
    """The address that a Location header means (RFC 9110, section 10.2.2), with what needs it percent-encoded."""
    try:
        return urljoin(current, quote(location.strip(), safe=_PRINTABLE_ASCII))
    except ValueError as error:
        raise BadRedirect(
            "redirect_forbidden", "The site sends us on to something that is no address."
        ) from error


def refuse_downgrade(before: Target, after: Target) -> None:
    if before.scheme == "https" and after.scheme == "http":
        raise BadRedirect("redirect_downgrade", "The site sends us from a secure address to an insecure one.")


def refused_redirect(refusal: AddressRefused) -> AddressRefused | BadRedirect:
    """What a refusal means when it was the site that chose the address; an unknown name stays just that."""
    if isinstance(refusal, NameUnresolved):
        return refusal
    return BadRedirect(
        "redirect_forbidden", f"The site sends us on to where we do not follow. {refusal.message}"
    )
