"""A leaf as it is stored, read with care: whatever has become of it, it can be told what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from stories.publishing.canonical import canonical_json
from stories.publishing.proof.flaw import Flaw, Kind
from stories.publishing.proof.merkle import leaf_hash

#: Where a flaw is of no story.
THE_LOG = "the log"

Fields = Mapping[str, Any]
_TOLD_APART_BY: Mapping[str, type] = {"kind": str, "story": str, "version": int, "update": int}
#: What somebody says against a leaf, with the story and the version that it names.
Say = Callable[..., Flaw]


@dataclass(frozen=True, slots=True)
class Entry:
    """A leaf as it is stored, with what opens its commitment: `salt` and `content`, empty and None once deleted."""

    index: Any
    data: Any
    hash: Any
    salt: Any
    content: Any


def read_fields(data: Any) -> Fields | None:
    """A leaf's data as fields; None where it is not the canonical JSON of any."""
    try:
        fields = json.loads(data)
        return fields if isinstance(fields, dict) and canonical_json(fields) == data else None
    except (TypeError, ValueError, RecursionError):
        return None


def hash_data(data: Any) -> bytes:
    """A leaf's hash, whatever has become of its data."""
    if isinstance(data, bytes):
        return leaf_hash(data)
    text = data if isinstance(data, str) else ""
    try:
        return leaf_hash(text.encode(errors="surrogateescape"))
    except UnicodeEncodeError:
        return leaf_hash(text.encode(errors="surrogatepass"))


def misfits(fields: Fields) -> list[str]:
    """Which of the fields by which leaves are told apart hold what no leaf has there: for Python true is 1."""
    return [name for name, kind in _TOLD_APART_BY.items() if type(fields.get(name, kind())) is not kind]


def updates_in(content: Fields) -> list[Fields]:
    """The updates that a version's content holds, as far as they can be read."""
    updates = content.get("updates")
    if not isinstance(updates, list):
        return []
    return [each for each in updates if isinstance(each, dict) and isinstance(each.get("id"), int)]


def sayer(fields: Fields) -> Say:
    story, version = fields.get("story"), fields.get("version")

    def say(what: str, kind: Kind = "altered") -> Flaw:
        number = version if isinstance(version, int) else None
        return Flaw(story if isinstance(story, str) else THE_LOG, number, what, kind)

    return say
