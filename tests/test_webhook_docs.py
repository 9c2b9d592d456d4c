"""What docs/webhooks.md tells a receiver to do is what verifies our messages."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stories.alerting.channels.signature import new_secret, signed_headers

DOCS = (Path(__file__).resolve().parent.parent / "docs" / "webhooks.md").read_text(encoding="utf-8")


def test_the_example_verifies_what_is_ours_and_nothing_else() -> None:
    [example] = re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL)
    names: dict[str, Any] = {}
    exec(example, names)
    secret, body = new_secret(), b'{"type": "test"}'
    headers = signed_headers(secret, key="1", at=datetime(2026, 5, 4, tzinfo=UTC), body=body)

    assert names["is_ours"](secret, headers, body)
    assert not names["is_ours"](secret, headers, body + b" ")
    assert not names["is_ours"](new_secret(), headers, body)
