"""What a chat service is to us: what a person fills in to connect it, and how a text gets there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

#: What a person filled in, by the name of the field.
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChatText:
    """One message, in plain text. `key` is the same at each try, `thread` for all that is said of one alert."""

    key: UUID
    title: str
    body: str
    address: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `pattern` matches the whole answer, and `complaint` says what else was expected."""

    name: str
    label: str
    help: str
    pattern: re.Pattern[str]
    complaint: str
    placeholder: str = ""
    is_secret: bool = True
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Service:
    """`send` returns what the service answered, in words, and raises DeliveryFailedError.

    `check` raises AddressRefused where the values lead to a host that we do not write to; None where it is fixed.
    """

    key: str
    label: str
    help: str
    fields: tuple[Field, ...]
    send: Callable[[Values, ChatText], str]
    check: Callable[[Values], object] | None = None

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    def match(self, name: str, values: Values) -> re.Match[str]:
        """The answer taken apart by its pattern. Raises ValueError where it does not match."""
        matched = self.field(name).pattern.fullmatch(values.get(name, ""))
        if matched is None:
            raise ValueError(f"{self.label}: {gettext(self.field(name).complaint)}")
        return matched
