"""Answers of the test's client, whole, with whatever file they came from closed."""

from typing import Any


def body_of(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    let_go(response)
    return body.decode(errors="replace")


def let_go(response: Any) -> None:
    """Closes its file alone: `close()` would end the request, and with it the test's connection to the database."""
    for close in response._resource_closers if response.streaming else ():
        close()
