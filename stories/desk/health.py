"""A source's health at a glance: do the passages that stories take from it still stand?"""

from collections.abc import Sequence
from dataclasses import dataclass

from stories.models import Source, Watch
from stories.models.words import Outcome, VerdictWord

_CHANGED = frozenset({VerdictWord.ALTERED, VerdictWord.MISSING})


@dataclass(frozen=True, slots=True)
class Health:
    """`level` is one of good, suspected, ill and unknown; `words` say it."""

    level: str
    words: str


def health_of(source: Source, words: Sequence[str | None]) -> Health:
    """From the last look and the last verdict on each passage; None for a passage not looked for yet."""
    watch: Watch | None = getattr(source, "watch", None)
    if not source.is_watchable:
        return Health("unknown", "Not watched")
    if watch is None or watch.checked_at is None:
        return Health("unknown", "Not read yet")
    if watch.outcome == Outcome.GONE and watch.is_lost:
        return Health("ill", "Gone")
    changed = sum(word in _CHANGED for word in words)
    if changed:
        return Health("ill", f"{changed} of {_passages(len(words))} changed")
    if watch.is_suspected:
        return Health("suspected", "A change is being confirmed")
    if watch.outcome == Outcome.GONE:
        return Health("suspected", "Not found at the last look")
    if watch.outcome in (Outcome.BLOCKED, Outcome.FAILED):
        return Health(
            "suspected", "Not readable for days" if watch.is_lost else "Not readable at the last look"
        )
    standing = sum(word == VerdictWord.VERBATIM for word in words)
    if standing < len(words):
        return Health("unknown", f"{standing} of {_passages(len(words))} verified")
    return Health("good", "As quoted" if words else "Read; nothing is quoted from it")


def _passages(count: int) -> str:
    return "1 passage" if count == 1 else f"{count} passages"
