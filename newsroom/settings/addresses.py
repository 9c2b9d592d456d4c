"""Addresses of Redis and RabbitMQ: what nobody could reach, or whose certificate nobody would verify, is refused."""

import re
import ssl
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from environs import ValidationError

_SERVER = r"([^/#?\s]*@)?[^/#?@\s]+"
_QUERY = r"(\?\w+=[^#\s]*)?"
REDIS = rf"rediss?://{_SERVER}(/\d*)?{_QUERY}"
RABBITMQ = rf"amqps?://{_SERVER}(/[^@#?\s]*)?{_QUERY}"
#: What an address of Redis may say of certificates, behind its question mark, whoever reads it.
OF_CERTIFICATES = (
    r"ssl_(cert_reqs|check_hostname)=\w+|ssl_(ca_certs|ca_path|certfile|keyfile|password|ciphers)=.*"
)
#: Such as 10, 10.5 or .5.
NUMBER = r"(\d+(\.\d*)?|\.\d+)"
ESCAPES = "in a password / is written %2F, # %23, ? %3F, ; %3B and , %2C"


def servers(
    like: str, *, or_else: str, between: str, asking: str, verifying: str, error: str
) -> Callable[[str], None]:
    """A validator of an address, or of several servers that stand in for each other.

    Each is `like` this, and `between` them is what its reader splits at; `asking` is what may stand behind the
    question mark, and `verifying` what `ssl_cert_reqs` may be. What is `or_else` is none of a server.
    """

    def refuse_others(text: str) -> None:
        if re.fullmatch(or_else, text):
            return
        addresses = re.split(between, text)
        if not all(re.fullmatch(like, address) and _has_host(address) for address in addresses):
            raise ValidationError(error)
        schemes = {urlsplit(address).scheme for address in addresses}
        if len(schemes) > 1:
            raise ValidationError("servers that stand in for each other are all reached in the same way")
        if schemes == {"amqps"} and len(addresses) > 1:
            # kombu would ask each for a certificate of the first one's name.
            raise ValidationError("over amqps:// there is one name, which may be that of several servers")
        for address in addresses:
            _refuse_what_is_not_taken(address, asking)
            _refuse_unverified(address, verifying)
        if any(_of_certificates(address) != _of_certificates(addresses[0]) for address in addresses):
            raise ValidationError("servers that stand in for each other say the same of certificates")

    return refuse_others


#: Of Redis over TLS; whoever answers has to be who was meant. From Python 3.13 on a certificate is refused, too, whose
#: authority does not say what its key is for: many a house's own does not.
VERIFIED: dict[str, Any] = {"ssl_cert_reqs": "required", "ssl_exclude_verify_flags": [ssl.VERIFY_X509_STRICT]}


def without_certificates(text: str, *, between: str) -> str:
    """The same servers, and nothing of what their addresses say of certificates."""
    addresses = (urlsplit(address) for address in text.split(between))
    return between.join(
        parts._replace(query=urlencode(_others(parts.geturl()))).geturl() for parts in addresses
    )


def _has_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # What stands for the port is none, or a bracket is missing.
        return False


def _refuse_what_is_not_taken(address: str, asking: str) -> None:
    """Its reader would stop at it whenever it is to connect. The value is told nobody: it may be of a password."""
    for name, value in _asked(address).items():
        if not re.fullmatch(asking, f"{name}={value}"):
            raise ValidationError(
                f"{name} is not taken here behind the question mark of an address, or not with this value; {ESCAPES}"
            )


def _refuse_unverified(address: str, verifying: str) -> None:
    scheme, asked = urlsplit(address).scheme, _of_certificates(address)
    if scheme.startswith("amqp") and asked:
        raise ValidationError(
            "an authority that RabbitMQ's certificate is verified against is named by SSL_CERT_FILE"
        )
    if asked and scheme == "redis":
        raise ValidationError("what an address says of certificates holds over TLS: it begins with rediss://")
    if not re.fullmatch(verifying, asked.get("ssl_cert_reqs", "required")):
        raise ValidationError("ssl_cert_reqs is required, optional or none")
    _refuse_unreadable(asked)


def _refuse_unreadable(asked: dict[str, str]) -> None:
    """A file that is missing, or that is none of certificates, would keep each process from its server."""
    certificate, key, password = (asked.get(f"ssl_{part}") for part in ("certfile", "keyfile", "password"))
    if (key or password) and not certificate:
        raise ValidationError(
            "ssl_keyfile and ssl_password are those of a certificate, which ssl_certfile names"
        )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        if authorities := asked.get("ssl_ca_certs"):
            context.load_verify_locations(authorities)
        if certificate:
            context.load_cert_chain(certificate, key, password or "")
    except (OSError, ValueError) as error:
        named = " or ".join(
            asked[name] for name in ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile") if name in asked
        )
        raise ValidationError(f"{named} cannot be read as a certificate or its key: {error}") from error
    try:
        context.set_ciphers(asked.get("ssl_ciphers") or "DEFAULT")
    except (OSError, ValueError) as error:
        raise ValidationError("ssl_ciphers names none that OpenSSL knows") from error


def _of_certificates(address: str) -> dict[str, str]:
    return {name: value for name, value in _asked(address).items() if name.startswith("ssl")}


def _others(address: str) -> dict[str, str]:
    return {name: value for name, value in _asked(address).items() if not name.startswith("ssl")}


def _asked(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
