"""A small OpenID Connect provider on loopback: real HTTP, real keys, and somebody who always says yes."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "newsroom", "between the two of us"


@dataclass(frozen=True)
class Odd:
    """An answer without any sense; `drips` is how long it waits before each byte."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    drips: float = 0


class Provider(ThreadingHTTPServer):
    """`person` is who signs in there, as claims; `claims` overrule what its tokens say otherwise.

    Where it `sends_on`, people are asked at another of its names. While it `is_broken` every answer is an error. What
    is `odd` is answered as it is, by the path that is asked.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.key = _key()
        self.person: dict[str, Any] = {"sub": "1"}
        self.claims: dict[str, Any] = {}
        self.asked: dict[str, dict[str, str]] = {}
        self.tokens: set[str] = set()
        self.sends_on = False
        self.is_broken = False
        self.odd: dict[str, Odd] = {}

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to, with a code."""
        code = secrets.token_urlsafe(8)
        self.asked[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def redeem(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Tokens for a code, once, for the client that it was given to (RFC 6749, RFC 7636)."""
        asked = self.asked.pop(form.get("code", ""), None)
        if asked is None or (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return None
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != asked.get("code_challenge"):
            return None
        token = secrets.token_urlsafe(16)
        self.tokens.add(token)
        return {"access_token": token, "token_type": "Bearer", "id_token": self.sign(), "expires_in": 60}

    def sign(self) -> str:
        now = int(time.time())
        told = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, **self.person, **self.claims}
        return jwt.encode(told, self.key, algorithm="RS256", headers={"kid": "one"})

    def keys(self) -> dict[str, Any]:
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**key, "kid": "one", "alg": "RS256", "use": "sig"}]}


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path in self.server.odd:
            self._answer_oddly(self.server.odd[address.path])
            return
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/authorize":
            is_sent_on = self.server.sends_on and self.headers["Host"].startswith("127.")
            other = f"http://localhost:{self.server.server_port}{self.path}"
            self.send_response(302)
            self.send_header("Location", other if is_sent_on else self.server.authorize(query))
            self.end_headers()
        elif address.path == "/userinfo":
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            self._answer(self.server.person if token in self.server.tokens else None)
        elif address.path == "/jwks":
            self._answer(self.server.keys())
        else:
            self._answer(self.server.configuration())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path in self.server.odd:
            self._answer_oddly(self.server.odd[self.path])
            return
        self._answer(self.server.redeem({name: values[0] for name, values in parse_qs(body).items()}))

    def _answer(self, found: dict[str, Any] | None) -> None:
        """As some do, an error to whoever would rather have a page."""
        is_page_wanted = "html" in self.headers.get("Accept", "")
        found = None if self.server.is_broken or is_page_wanted else found
        body = json.dumps(found or {"error": "invalid_request"}).encode()
        self.send_response(200 if found else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer_oddly(self, odd: Odd) -> None:
        self.send_response(odd.status)
        for name, value in odd.headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            for byte in odd.body if odd.drips else ():
                time.sleep(odd.drips)
                self.wfile.write(bytes([byte]))
            self.wfile.write(b"" if odd.drips else odd.body)

    def log_message(self, *_args: Any) -> None:
        pass


@contextmanager
def running_provider() -> Iterator[Provider]:
    with Provider() as provider:
        thread = Thread(target=provider.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            provider.shutdown()
            thread.join()
