"""What an error of a library means in the words of this room."""

import asyncio
import errno
import socket
import ssl
from collections.abc import Iterator

import aiohttp
from aiohttp.http_exceptions import (
    ContentLengthError,
    HttpProcessingError,
    LineTooLong,
    TransferEncodingError,
)

from stories.web.errors import (
    AddressRefused,
    ConnectionFailed,
    ConnectionRefused,
    ConnectionReset,
    FetchError,
    NameUnresolved,
    ProtocolBroken,
    TimedOut,
    TLSFailed,
    Truncated,
)

# What aiohttp, ssl and the operating system raise at us; aiohttp.InvalidURL is a ValueError as well.
LIBRARY_ERRORS = (
    aiohttp.ClientError,
    HttpProcessingError,
    OSError,
    ssl.CertificateError,
    asyncio.TimeoutError,
)

# Which of the two it is, OpenSSL does not tell: a browser fetches the certificate in between, and sees nothing amiss.
_UNKNOWN_ISSUER = (
    "The site’s certificate is signed by an authority that we do not know, or the site’s server leaves out the "
    "certificates in between."
)
# OpenSSL's verification results (x509_vfy.h).
_CERTIFICATE_FAULTS = {
    9: ("tls_not_yet_valid", "The site’s certificate is not valid yet."),
    10: ("tls_expired", "The site’s certificate has expired."),
    18: ("tls_self_signed", "The site’s certificate is signed by nobody but the site itself."),
    19: ("tls_self_signed", "The site’s certificate is signed by an authority that nobody vouches for."),
    20: ("tls_unknown_issuer", _UNKNOWN_ISSUER),
    21: ("tls_unknown_issuer", _UNKNOWN_ISSUER),
    62: ("tls_wrong_host", "The site’s certificate is made out to another site."),
    64: ("tls_wrong_host", "The site’s certificate is made out to another site."),
}
_NO_TLS = "The site’s server does not speak TLS at this address."
_OUTDATED = "The site’s server only knows ways of securing a connection that are no longer safe."
# OpenSSL's names for what ends a handshake (sslerr.h); a server may say so itself, by an alert.
_HANDSHAKE_FAULTS = {
    "WRONG_VERSION_NUMBER": _NO_TLS,
    "HTTP_REQUEST": _NO_TLS,
    "UNSUPPORTED_PROTOCOL": _OUTDATED,
    "TLSV1_ALERT_PROTOCOL_VERSION": _OUTDATED,
    "DH_KEY_TOO_SMALL": _OUTDATED,
    "UNSAFE_LEGACY_RENEGOTIATION_DISABLED": _OUTDATED,
    "TLSV1_UNRECOGNIZED_NAME": "The site’s server does not know the site by this name.",
}
_RESET = frozenset({errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE})
_UNREACHABLE = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN})


def translate(error: BaseException) -> FetchError:
    """The FetchError that tells best what happened; what lies deepest among the causes knows most."""
    causes = list(_causes(error))[::-1]
    for read in (_read_own, _read_tls, _read_protocol, _read_connection, _read_library):
        for cause in causes:
            if meaning := read(cause):
                return meaning
    return ConnectionFailed("connection_failed")


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        inner = getattr(current, "certificate_error", None) or getattr(current, "os_error", None)
        current = inner or current.__cause__


def _read_own(error: BaseException) -> FetchError | None:
    return error if isinstance(error, FetchError) else None


def _read_tls(error: BaseException) -> FetchError | None:
    match error:
        case ssl.SSLCertVerificationError():
            fault = _CERTIFICATE_FAULTS.get(getattr(error, "verify_code", 0))
            return TLSFailed(*(fault or ("tls_certificate", "The site’s certificate cannot be trusted.")))
        case aiohttp.ServerFingerprintMismatch() | aiohttp.ClientConnectorCertificateError():
            return TLSFailed("tls_certificate", "The site’s certificate cannot be trusted.")
        case ssl.SSLError():
            return TLSFailed("tls_handshake", _HANDSHAKE_FAULTS.get(getattr(error, "reason", ""), ""))
        case aiohttp.ClientSSLError():
            return TLSFailed("tls_handshake")
    return None


def _read_protocol(error: BaseException) -> FetchError | None:
    match error:
        case LineTooLong():
            return ProtocolBroken("headers_too_large", "The site’s server sends more headers than we read.")
        case ContentLengthError() | TransferEncodingError() if "Not enough data" in str(error):
            return Truncated("truncated")
        case HttpProcessingError() if "Too many headers" in str(error):
            return ProtocolBroken("headers_too_large", "The site’s server sends more headers than we read.")
        case HttpProcessingError() if _is_about_length(str(error)):
            return ProtocolBroken(
                "conflicting_length", "The site’s server states the page’s length in two ways."
            )
        case HttpProcessingError():
            return ProtocolBroken("bad_response")
    return None


def _read_connection(error: BaseException) -> FetchError | None:
    match error:
        case socket.gaierror() | aiohttp.ClientConnectorDNSError():
            return NameUnresolved("dns")
        case aiohttp.ServerDisconnectedError():
            return ConnectionReset("no_answer", "The site’s server hung up without an answer.")
        case ConnectionRefusedError():
            return ConnectionRefused("connection_refused")
        case ConnectionResetError() | ConnectionAbortedError() | BrokenPipeError():
            return ConnectionReset("connection_reset")
        case TimeoutError():
            return TimedOut("timeout")
        case OSError(errno=number) if number in _RESET:
            return ConnectionReset("connection_reset")
        case OSError(errno=number) if number in _UNREACHABLE:
            return ConnectionFailed("unreachable", "No way leads to the site’s server at the moment.")
    return None


def _read_library(error: BaseException) -> FetchError | None:
    match error:
        case aiohttp.InvalidURL() | aiohttp.NonHttpUrlClientError():
            return AddressRefused("bad_url", "This is not the complete address of a web page.")
        case aiohttp.ClientPayloadError():
            return Truncated("truncated")
        case aiohttp.ClientResponseError() | aiohttp.RedirectClientError():
            return ProtocolBroken("bad_response")
    return None


def _is_about_length(message: str) -> bool:
    """By the parser's own words: it has one class of error for everything (llhttp)."""
    return "Content-Length" in message and ("Transfer-Encoding" in message or "Duplicate" in message)
