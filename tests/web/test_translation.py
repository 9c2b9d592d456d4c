"""Every error class of the libraries has a meaning here, and the right one."""

import errno
import inspect
import socket
import ssl

import aiohttp
import pytest
from aiohttp import client_exceptions, http_exceptions
from aiohttp.client_reqrep import ConnectionKey
from yarl import URL

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
from stories.web.translation import LIBRARY_ERRORS, translate

REQUEST = aiohttp.RequestInfo(URL("http://site.example/"), "GET", {}, URL("http://site.example/"))
KEY = ConnectionKey("site.example", 443, True, True, None, None, None)


def _certificate_error(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    error.verify_message = ""
    return error


def _response_error(kind: type[aiohttp.ClientResponseError]) -> aiohttp.ClientResponseError:
    return kind(REQUEST, (), status=400, message="broken")


MEANINGS: list[tuple[BaseException, type[FetchError]]] = [
    (aiohttp.ClientError(), ConnectionFailed),
    (aiohttp.ClientConnectionError("Connector is closed."), ConnectionFailed),
    (aiohttp.ClientConnectionResetError("Cannot write to closing transport"), ConnectionReset),
    (aiohttp.ClientOSError(errno.ECONNRESET, "reset"), ConnectionReset),
    (aiohttp.ClientOSError(errno.EPIPE, "pipe"), ConnectionReset),
    (aiohttp.ClientConnectorError(KEY, ConnectionRefusedError(errno.ECONNREFUSED, "no")), ConnectionRefused),
    (aiohttp.ClientConnectorError(KEY, OSError(errno.ENETUNREACH, "no way")), ConnectionFailed),
    (aiohttp.ClientConnectorError(KEY, OSError("several things")), ConnectionFailed),
    (aiohttp.ClientConnectorDNSError(KEY, OSError("no such name")), NameUnresolved),
    (aiohttp.ClientProxyConnectionError(KEY, OSError("no proxy")), ConnectionFailed),
    (client_exceptions.UnixClientConnectorError("/run/x", KEY, OSError("no socket")), ConnectionFailed),
    (aiohttp.ServerConnectionError(), ConnectionFailed),
    (aiohttp.ServerDisconnectedError(), ConnectionReset),
    (aiohttp.ServerTimeoutError(), TimedOut),
    (aiohttp.ConnectionTimeoutError(), TimedOut),
    (aiohttp.SocketTimeoutError(), TimedOut),
    (aiohttp.ServerFingerprintMismatch(b"a", b"b", "site.example", 443), TLSFailed),
    (aiohttp.ClientPayloadError("not completed"), Truncated),
    (client_exceptions.UploadAbortedError(), ConnectionFailed),
    (aiohttp.InvalidURL("http://["), AddressRefused),
    (aiohttp.InvalidUrlClientError("http://["), AddressRefused),
    (aiohttp.InvalidUrlRedirectClientError("http://["), AddressRefused),
    (aiohttp.NonHttpUrlClientError("ftp://x"), AddressRefused),
    (aiohttp.NonHttpUrlRedirectClientError("ftp://x"), AddressRefused),
    (aiohttp.RedirectClientError("x"), ProtocolBroken),
    (client_exceptions.ClientSSLError(KEY, OSError("tls")), TLSFailed),
    (aiohttp.ClientConnectorSSLError(KEY, ssl.SSLError("tls")), TLSFailed),
    (aiohttp.ClientConnectorCertificateError(KEY, _certificate_error(10)), TLSFailed),
    (_response_error(aiohttp.ClientResponseError), ProtocolBroken),
    (_response_error(aiohttp.ContentTypeError), ProtocolBroken),
    (_response_error(aiohttp.WSServerHandshakeError), ProtocolBroken),
    (_response_error(aiohttp.ClientHttpProxyError), ProtocolBroken),
    (_response_error(aiohttp.TooManyRedirects), ProtocolBroken),
    (http_exceptions.HttpProcessingError(), ProtocolBroken),
    (http_exceptions.BadHttpMessage("bad"), ProtocolBroken),
    (http_exceptions.HttpBadRequest("bad"), ProtocolBroken),
    (http_exceptions.PayloadEncodingError("bad"), ProtocolBroken),
    (http_exceptions.ContentEncodingError("bad"), ProtocolBroken),
    (http_exceptions.TransferEncodingError("Not enough data to satisfy transfer length header."), Truncated),
    (http_exceptions.TransferEncodingError("bad chunk"), ProtocolBroken),
    (http_exceptions.ContentLengthError("Not enough data to satisfy content length header."), Truncated),
    (http_exceptions.DecompressSizeError("large"), ProtocolBroken),
    (http_exceptions.LineTooLong("x", 10), ProtocolBroken),
    (http_exceptions.InvalidHeader("x"), ProtocolBroken),
    (http_exceptions.BadStatusLine("x"), ProtocolBroken),
    (http_exceptions.BadHttpMethod("x"), ProtocolBroken),
    (http_exceptions.InvalidURLError("x"), ProtocolBroken),
    (ssl.SSLError(1, "wrong version number"), TLSFailed),
    (ssl.SSLZeroReturnError(), TLSFailed),
    (ssl.SSLWantReadError(), TLSFailed),
    (ssl.SSLWantWriteError(), TLSFailed),
    (ssl.SSLSyscallError(), TLSFailed),
    (ssl.SSLEOFError(), TLSFailed),
    (_certificate_error(0), TLSFailed),
    (socket.gaierror(socket.EAI_NONAME, "unknown"), NameUnresolved),
    (TimeoutError(), TimedOut),
    (TimeoutError(errno.ETIMEDOUT, "late"), TimedOut),
    (ConnectionRefusedError(), ConnectionRefused),
    (ConnectionResetError(), ConnectionReset),
    (ConnectionAbortedError(), ConnectionReset),
    (BrokenPipeError(), ConnectionReset),
    (OSError(errno.EHOSTUNREACH, "no way"), ConnectionFailed),
    (OSError(errno.EMFILE, "too many open files"), ConnectionFailed),
]


def _classes(module: object, base: type) -> set[type]:
    return {kind for _, kind in inspect.getmembers(module, inspect.isclass) if issubclass(kind, base)}


def _error_classes() -> set[type]:
    return (
        _classes(client_exceptions, aiohttp.ClientError)
        | _classes(http_exceptions, http_exceptions.HttpProcessingError)
        | _classes(ssl, ssl.SSLError)
    )


def test_each_error_class_of_the_libraries_is_in_the_table() -> None:
    assert _error_classes() <= {type(error) for error, _ in MEANINGS}


def test_each_error_class_of_the_libraries_is_caught() -> None:
    assert [kind for kind in _error_classes() if not issubclass(kind, LIBRARY_ERRORS)] == []


@pytest.mark.parametrize(
    ("error", "kind"),
    MEANINGS,
    ids=[f"{type(error).__name__}-{number}" for number, (error, _) in enumerate(MEANINGS)],
)
def test_a_library_error_has_a_meaning(error: BaseException, kind: type[FetchError]) -> None:
    meaning = translate(error)

    assert type(meaning) is kind
    assert meaning.reason
    assert meaning.message.endswith(".")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (9, "tls_not_yet_valid"),
        (10, "tls_expired"),
        (18, "tls_self_signed"),
        (19, "tls_self_signed"),
        (20, "tls_unknown_issuer"),
        (21, "tls_unknown_issuer"),
        (62, "tls_wrong_host"),
        (64, "tls_wrong_host"),
        (23, "tls_certificate"),
    ],
)
def test_a_certificate_error_says_what_is_wrong(code: int, reason: str) -> None:
    meaning = translate(aiohttp.ClientConnectorCertificateError(KEY, _certificate_error(code)))

    assert meaning.reason == reason


def test_the_deepest_cause_knows_most() -> None:
    outer, middle = (
        _response_error(aiohttp.ClientResponseError),
        http_exceptions.HttpProcessingError(code=400),
    )
    outer.__cause__, middle.__cause__ = middle, http_exceptions.LineTooLong("x", 10)

    assert translate(outer).reason == "headers_too_large"


def test_our_own_error_keeps_its_meaning() -> None:
    own = AddressRefused("not_checked")
    outer = aiohttp.ClientError()
    outer.__cause__ = own

    assert translate(outer) is own


def test_causes_that_go_round_in_a_circle_end() -> None:
    first, second = OSError("first"), OSError("second")
    first.__cause__, second.__cause__ = second, first

    assert type(translate(first)) is ConnectionFailed
