"""A passkey without a browser: made and used as an authenticator would (WebAuthn Level 2, sections 6.1 and 6.3)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from stories.models import User

HOST = "testserver"
_SEEN_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass
class Passkey:
    owner: User
    identifier: bytes = b"passkey-of-a-test"
    #: Of the page that asks for it, as the browser tells.
    origin: str = f"http://{HOST}"
    private: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))

    def keep(self) -> Authenticator:
        """As if it had been registered."""
        credential = json.loads(self.registration(websafe_encode(b"challenge")))
        data = {"name": "Key", "credential": credential}
        return Authenticator.objects.create(user=self.owner, type=Authenticator.Type.WEBAUTHN, data=data)

    def registration(self, challenge: str) -> str:
        """What a browser sends when the key is made, as JSON."""
        public = ES256.from_cryptography_key(self.private.public_key())
        data = self._authenticator(AttestedCredentialData.create(b"\0" * 16, self.identifier, public))
        client = CollectedClientData.create("webauthn.create", challenge, f"http://{HOST}")
        made = {"attestationObject": websafe_encode(AttestationObject.create("none", data, {}))}
        properties = {"clientExtensionResults": {"credProps": {"rk": True}}}
        return json.dumps({**self._answer(client, **made), **properties})

    def answer_to(self, challenge: str) -> str:
        """What a browser sends, as JSON."""
        client = CollectedClientData.create("webauthn.get", challenge, self.origin)
        data = self._authenticator()
        told = {
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(self.private.sign(data + client.hash, ECDSA(SHA256()))),
            "userHandle": websafe_encode(self._handle.encode()),
        }
        return json.dumps(self._answer(client, **told))

    @property
    def _handle(self) -> str:
        """Of whom there cannot be the key is told as it is."""
        key: Any = self.owner.pk
        return user_pk_to_url_str(self.owner) if isinstance(key, int) else str(key)

    def _authenticator(self, attested: bytes = b"") -> AuthenticatorData:
        flags = _SEEN_AND_VERIFIED | (AuthenticatorData.FLAG.AT if attested else 0)
        return AuthenticatorData.create(sha256(HOST.encode()).digest(), flags, 0, attested)

    def _answer(self, client: CollectedClientData, **told: str) -> dict[str, Any]:
        name = websafe_encode(self.identifier)
        response = {"clientDataJSON": websafe_encode(client), **told}
        return {"id": name, "rawId": name, "type": "public-key", "response": response}


def sign_in_without_password(client: Client, key: Passkey) -> Any:
    asked = client.get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"}).json()
    return client.post(
        reverse("mfa_login_webauthn"), {"credential": key.answer_to(challenge_in(json.dumps(asked)))}
    )


def enter_with_key(client: Client, key: Passkey) -> Any:
    """As the second step, after the password."""
    page = unescape(client.get(reverse("mfa_authenticate")).content.decode())
    return client.post(reverse("mfa_authenticate"), {"credential": key.answer_to(challenge_in(page))})


def challenge_in(told: str) -> str:
    found = re.search(r'"challenge":\s*"([^"]+)"', told)
    assert found, "Nothing is asked"
    return found[1]
