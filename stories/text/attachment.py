"""Which of a story's attached passages each quotation of its text is, word for word or since reworded in the text."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from stories.text.normalise import normalise

#: From this likeness on (0 to 100), a quotation is taken for a passage that was reworded in the text.
LEAST_LIKENESS = 75.0


def match_passages(quoted: Sequence[str], attached: Sequence[str]) -> list[int | None]:
    """For each quotation the index of its attached passage; each passage is given once, to the likest.

    Typography does not matter. A quotation that holds a passage, or is part of it, is that passage.

    >>> match_passages(["We open on Monday", "Nobody knows"], ["We close on Monday", "We open on Monday."])
    [1, None]
    """
    ours, theirs = ([normalise(text).tight.strip(" .,;:") for text in texts] for texts in (quoted, attached))
    free = {index: text for index, text in enumerate(theirs) if text}
    found: list[int | None] = [None] * len(ours)
    for is_same in (_is_equal, _is_part):
        for place, text in enumerate(ours):
            if found[place] is None and text:
                found[place] = next((index for index, each in free.items() if is_same(text, each)), None)
                free.pop(found[place], None)  # type: ignore[arg-type]
    for place, text in enumerate(ours):
        if found[place] is None and free and text:
            likest = process.extractOne(text, free, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
            found[place] = likest[2] if likest else None
            free.pop(found[place], None)  # type: ignore[arg-type]
    return found


def _is_equal(one: str, other: str) -> bool:
    return one == other


def _is_part(one: str, other: str) -> bool:
    return one in other or other in one
