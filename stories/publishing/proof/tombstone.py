"""What stands where a version was taken down: when, by what authority, in whose name, and nothing of the text."""

from collections.abc import Mapping
from typing import Any

HEADLINE = "Taken down for legal reasons"

#: What says nothing of the text: how the version is found, dated and chained.
_KEPT = frozenset(
    {
        "schema",
        "article",
        "number",
        "previous_digest",
        "recorded_at",
        "stated_at",
        "stated_zone",
        "minor",
        "renderer",
    }
)


def tombstone_of(
    content: Mapping[str, Any], *, taken_down_at: str, authority: str, in_the_name_of: str
) -> dict[str, Any]:
    """The content of a version with all that could tell of its text emptied, in the same shape.

    Pages, feeds and comparisons read it as they read any other.
    """
    emptied = {name: value if name in _KEPT else _empty(value) for name, value in content.items()}
    said = {"taken_down_at": taken_down_at, "authority": authority, "in_the_name_of": in_the_name_of}
    return {**emptied, "headline": HEADLINE, "tombstone": said}


def _empty(value: Any) -> Any:
    if isinstance(value, bool):
        return False
    return type(value)() if isinstance(value, str | list | dict) else None
