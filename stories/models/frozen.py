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
    if "citations" in content:
        content["citations"] = [without_traces(citation) for citation in content["citations"]]
    return content


def without_traces(citation: Content) -> Content:
    """A quoted passage without what a confidential source could be found by, of which older versions held all.

    Its number would tell in which other stories it is quoted, a search engine finds the page by what stands around the
    passage, and whoever serves the page knows when we read it. What is frozen goes by the very rule that what is read
    goes by, or a version would seem to differ from itself: a source that has but that name, and no address, as well.
    """
    source = citation["source"]
    if source["title"] != CONFIDENTIAL or source["url"]:
        return citation
    return {**citation, "prefix": "", "suffix": "", "verified_at": None, "source": {**source, "id": None}}


def _from_1(content: Content) -> Content:
    """Schema 2 says whether the text is withdrawn, and why a time was stated after the fact."""
    is_retracted = any(update["kind"] == "retraction" for update in content["updates"])
    return {**content, "schema": 2, "retracted": is_retracted, "stated_because": ""}


_STEPS: dict[int, Callable[[Content], Content]] = {1: _from_1}
