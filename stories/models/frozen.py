"""What a version froze, as data, whichever schema it was written in: readers of today never meet an old shape.

A version is never rewritten. Each schema that was ever in use keeps a step here to the one after it, and a test
keeps a version that was stored in it. Pages ask the database for some parts by name, so `headline`, `stated_zone`
and `updates` stay where they are.
"""

import json
from collections.abc import Callable
from typing import Any

Content = dict[str, Any]

#: The schema that versions are written in now.
SCHEMA = 2
#: What readers call a source that is not to be known.
CONFIDENTIAL = "A source known to the newsroom"


class SchemaUnknownError(ValueError):
    """A version was written by a newer release than the one that reads it."""


def read_content(written: str) -> Content:
    """The content of a version in today's schema; SchemaUnknownError where a newer release wrote it."""
    content = json.loads(written)
    while (schema := content.get("schema", SCHEMA)) != SCHEMA:
        step = _STEPS.get(schema)
        if step is None:
            raise SchemaUnknownError(
                f"this version is written in schema {schema}, and this release reads up to {SCHEMA}"
            )
        content = step(content)
    return _without_traces(content)


def _without_traces(content: Content) -> Content:
    """Of a confidential source versions held its number once, what stands around the passage, and when it was read."""
    for citation in content.get("citations", ()):
        if citation["source"]["title"] == CONFIDENTIAL and not citation["source"]["url"]:
            citation.update(prefix="", suffix="", verified_at=None, source={**citation["source"], "id": None})
    return content


def _from_1(content: Content) -> Content:
    """Schema 2 says whether the text is withdrawn, and why a time was stated after the fact."""
    is_retracted = any(update["kind"] == "retraction" for update in content["updates"])
    return {**content, "schema": 2, "retracted": is_retracted, "stated_because": ""}


_STEPS: dict[int, Callable[[Content], Content]] = {1: _from_1}
