"""Addresses of Redis and RabbitMQ: what nobody could reach, or whose certificate nobody would verify, is refused."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from environs import ValidationError

_SERVER = r"([^/#?\s]*@)?[^/#?@\s]+"
_QUERY = r"(\?\w+=[^#\s]*)?"
REDIS = rf"rediss?://{_SERVER}(/\d*)?{_QUERY}"
RABBITMQ = rf"amqps?://{_SERVER}(/[^@#?\s]*)?{_QUERY}"
ESCAPES = "in a password / is written %2F, # %23, ? %3F, ; %3B and , %2C"


def servers(like: str, *, or_else: str, between: str, verifying: str, error: str) -> Callable[[str], None]:
    """A validator of an address, or of several servers that stand in for each other.

    Each is `like` this, and `between` them is what its reader splits at; `verifying` is what `ssl_cert_reqs` may be.
    What is `or_else` is none of a server.
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
            _refuse_unverified(address, verifying)

    return refuse_others


def _has_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # What stands for the port is none, or a bracket is missing.
        return False


def _refuse_unverified(address: str, verifying: str) -> None:
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    if parts.scheme.startswith("amqp") and any(name.startswith("ssl") for name in asked):
        raise ValidationError(
            "an authority that RabbitMQ's certificate is verified against is named by SSL_CERT_FILE"
        )
    if not re.fullmatch(verifying, asked.get("ssl_cert_reqs", "required")):
        raise ValidationError("ssl_cert_reqs is required, optional or none")
