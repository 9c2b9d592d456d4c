"""Two databases say the same: every table has as many rows, and the same rows, whatever order they come in."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import models

from stories.models import Leaf
from stories.operating.moving.tables import rows_of
from stories.publishing.proof.merkle import Roots

_MODULUS = 2**256


class Sum(NamedTuple):
    """How many rows, and the sum of their digests: the order of text differs from one database to another."""

    rows: int
    digest: int


def sum_of(model: type[models.Model], *, using: str, on_row: Callable[[], None] = lambda: None) -> Sum:
    count = total = 0
    for row in rows_of(model, using=using):
        count += 1
        total = (total + _digest(row)) % _MODULUS
        on_row()
    return Sum(count, total)


def root_of_log(*, using: str) -> bytes:
    """The root of the record (RFC 9162), as any checkpoint would sign it."""
    roots = Roots()
    for hexadecimal in Leaf.objects.using(using).order_by("index").values_list("hash", flat=True).iterator():
        roots.append(bytes.fromhex(hexadecimal))
    return roots.root


def _digest(row: tuple[Any, ...]) -> int:
    written = json.dumps([_plain(value) for value in row], sort_keys=True, separators=(",", ":"))
    return int.from_bytes(sha256(written.encode()).digest())


def _plain(value: Any) -> Any:
    """One spelling for what each database gives in a type of its own; with the type, so that 1 is not “1”."""
    if isinstance(value, bytes | bytearray | memoryview):
        return ["bytes", bytes(value).hex()]
    if isinstance(value, datetime):
        return ["time", value.astimezone(UTC).isoformat()]
    if value is None or isinstance(value, str | int | float | bool | dict | list):
        return value
    return [type(value).__name__, str(value)]
