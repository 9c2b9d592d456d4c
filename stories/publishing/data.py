"""Frozen dataclasses as JSON and back, by their annotations: what is worked out once can be kept."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def as_json(item: Any) -> str:
    """Of a dataclass of texts, numbers, times, enumerations, tuples and dataclasses."""
    return json.dumps(asdict(item), ensure_ascii=False, separators=(",", ":"), default=_plain)


def from_json(kind: type[T], text: str) -> T:
    """What as_json wrote; of alternatives the first that is a dataclass, or an optional one, is meant."""
    return _read(kind, json.loads(text))


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"nobody has said how a {type(value).__name__} is kept")


def _read(kind: Any, data: Any) -> Any:
    if data is None:
        return None
    if get_origin(kind) in (Union, UnionType):
        return _read(next(each for each in get_args(kind) if each is not type(None)), data)
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        return tuple(_read(inner, each) for each in data)
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{name: _read(inner, data[name]) for name, inner in _parts(kind)})
    if kind is datetime:
        return datetime.fromisoformat(data)
    return kind(data) if isinstance(kind, type) and issubclass(kind, Enum) else data


@lru_cache(maxsize=64)
def _parts(kind: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind))
