"""Signed notes and checkpoints as C2SP writes them (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), with Ed25519."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ED25519 = b"\x01"
SEED_BYTES = 32
#: What is said of a note whose signers all are strangers.
BY_STRANGERS = "nobody whose key is known has signed it"


class NoteError(ValueError):
    """The text is no signed note, or no checkpoint, or nobody known has signed it."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name it signs under; written `name+hash+key`."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_encode(ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read `name+hash+key`; NoteError where it is not one, or not of Ed25519."""
        try:
            name, key_id, encoded = text.strip().split("+", 2)
            raw = _decode(encoded)
        except ValueError as error:
            raise NoteError(f"“{text}” is not a verifier key (name+hash+key)") from error
        key = cls(name, raw[1:])
        if raw[:1] != ED25519 or len(key.public) != 32 or key.id.hex() != key_id or not _is_name(name):
            raise NoteError(f"“{text}” is not a verifier key of Ed25519, or a letter of it is wrong")
        return key


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key by its 32 bytes of seed (RFC 8032), and the name it signs under."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> VerifierKey:
        return VerifierKey(self.name, self._private().public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The note: the text, an empty line and the signature line."""
        if not text.endswith("\n") or any(char < " " and char != "\n" for char in text):
            raise NoteError("a note is lines of text without control characters")
        signature = self._private().sign(text.encode())
        return f"{text}\n— {self.name} {_encode(self.verifier.id + signature)}\n"

    def _private(self) -> Ed25519PrivateKey:
        # Loaded late: who only looks at hashes needs nothing but Python itself.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: how many leaves it has, and their root."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{_encode(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read the text of a note; lines that extend it are allowed and left alone."""
        try:
            lines = text.split("\n")
            origin, size, root = lines[0], lines[1], _decode(lines[2])
        except (IndexError, TypeError, ValueError) as error:
            raise NoteError("the text is not a checkpoint") from error
        is_plain = size.isascii() and size.isdecimal() and str(int(size[:20])) == size
        if not (origin and is_plain and len(root) == 32):
            raise NoteError("the text is not a checkpoint")
        return cls(origin, int(size), root)


def open_note(note: str, keys: Iterable[VerifierKey]) -> str:
    """Return the text of a note that one of the keys has signed.

    Raises NoteError where the note is malformed, where none of the keys signed it, or where a signature that says
    it is by one of them is not right. Signatures by others are left alone.
    """
    text, signatures = _split(note)
    known = {(key.name, key.id): key for key in keys}
    found = [(known.get((name, raw[:4])), raw[4:]) for name, raw in signatures]
    ours = [(key, signature) for key, signature in found if key]
    if not ours:
        raise NoteError(BY_STRANGERS)
    for key, signature in ours:
        if not _is_signed(text, signature, key):
            raise NoteError(f"the signature of {key.name} is not right")
    return text


def open_checkpoint(note: str, keys: Iterable[VerifierKey]) -> Checkpoint:
    """The checkpoint in a note that one of the keys has signed; NoteError otherwise."""
    return Checkpoint.parse(open_note(note, keys))


def signer_names(note: str) -> list[str]:
    """Under which names a note says that it is signed; NoteError where it is none."""
    return [name for name, _ in _split(note)[1]]


def signer_ids(note: str) -> frozenset[tuple[str, bytes]]:
    """By which keys, each a name and an id, a note says that it is signed; by none where it is no note."""
    try:
        return frozenset((name, raw[:4]) for name, raw in _split(note)[1])
    except NoteError:
        return frozenset()


def _split(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    if not isinstance(note, str) or not _is_writable(note):  # A damaged database hands out bytes.
        raise NoteError("the text is not a signed note")
    head, separator, tail = note.rpartition("\n\n")
    if not separator or not tail.endswith("\n"):
        raise NoteError("the text is not a signed note")
    return f"{head}\n", [_signature(line) for line in tail[:-1].split("\n")]


def _signature(line: str) -> tuple[str, bytes]:
    try:
        dash, name, encoded = line.split(" ")
        raw = _decode(encoded)
    except ValueError as error:
        raise NoteError("the note has a line that is not a signature") from error
    if dash != "—" or len(raw) < 5 or not _is_name(name):
        raise NoteError("the note has a line that is not a signature")
    return name, raw


def _is_signed(text: str, signature: bytes, key: VerifierKey) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True


def _is_writable(text: str) -> bool:
    """Whether it has no half of a character in it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_name(name: str) -> bool:
    return bool(name) and not any(char.isspace() or char == "+" for char in name)


def _encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decode(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("not base64") from error
    if _encode(raw) != text:
        raise ValueError("not the one spelling in base64")
    return raw
