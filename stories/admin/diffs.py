"""Two texts as the admin shows their difference: by words, with long stretches that are the same cut short."""

from stories.text.diff import WordChange, diff_words
from stories.text.diffs.runs import Budget

#: Characters of an unchanged stretch that stay on either side of a change.
KEPT = 90


def excerpt(before: str, after: str, *, budget: Budget | None = None) -> list[WordChange]:
    """`budget` is what the differences of several pairs may take together."""
    changes = list(diff_words(before, after, budget=budget))
    last = len(changes) - 1
    return [
        _shortened(change, is_first=index == 0, is_last=index == last) for index, change in enumerate(changes)
    ]


def _shortened(change: WordChange, *, is_first: bool, is_last: bool) -> WordChange:
    text = change.text
    if change.operation != "equal" or len(text) <= 2 * KEPT + 20:
        return change
    start = "" if is_first else text[:KEPT].rsplit(" ", 1)[0]
    end = "" if is_last else text[-KEPT:].split(" ", 1)[-1]
    return WordChange("equal", f"{start} … {end}")
